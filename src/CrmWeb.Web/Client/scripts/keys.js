// Which key of the keyboard was pressed, by itself: a letter of another script counts as the Latin one on the same key.
export const keyOf = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return '';
  if (event.key <= '~') return event.key.toLowerCase();
  return /^(Key|Digit)/.test(event.code) ? event.code.at(-1).toLowerCase() : '';
};

export const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio|button|submit)$/.test(element.type);
