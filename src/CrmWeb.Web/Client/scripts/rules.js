// A tree of conditions by keys: Alt with an arrow moves the part that has the focus or (left, right) groups it, Alt+Enter adds one, Alt+Delete removes it.
const keys = { ArrowUp: 'up', ArrowDown: 'down', Delete: 'remove', Backspace: 'remove', Enter: 'add', ArrowRight: 'wrap', ArrowLeft: 'unwrap' };

function buttonOf(target, act) {
  const part = target.closest('[data-rule-part]');
  // of the part itself, not of what stands inside it
  const own = part && [...part.querySelectorAll(`[data-rule-act="${act}"]`)].find((each) => each.closest('[data-rule-part]') === part && each.closest('.crm-rule-add') === null);
  return own ?? (act === 'add' ? target.closest('.crm-rule-group')?.querySelector(':scope > .crm-rule-add [data-rule-act="add"]') : null);
}

function onKey(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || !keys[event.key] || !event.target.closest?.('.crm-rule')) return;
  const button = buttonOf(event.target, keys[event.key]);
  if (!button) return;
  event.preventDefault();
  // a list of values would take the key for its own
  event.stopPropagation();
  button.click();
}

export function start() {
  document.addEventListener('keydown', onKey, true);
  // the numbers beside follow an act as they follow what is typed
  document.addEventListener('htmx:after:swap', (event) => {
    const { sourceElement: source, target } = event.detail.ctx ?? {};
    if (source?.matches('[hx-post]') && target?.closest?.('.crm-rule')) {
      if (source.id && document.activeElement === document.body) document.getElementById(source.id)?.focus();
      document.querySelector('[data-rule-frame]')?.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
}
