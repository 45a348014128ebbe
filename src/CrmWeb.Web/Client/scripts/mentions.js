// Naming a colleague in a text: after "@" a list opens, the arrow keys choose, Enter or Tab writes the name, Escape leaves what was typed.
const pause = 120;
const most = 40;

let open; // { field, list, said, from, options }
let asked = 0;
let timer;

// what stands between the last @ that begins a word and the caret
function typed(field) {
  if (field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionStart);
  const at = before.lastIndexOf('@');
  if (at < 0 || before.length - at > most || /[\p{L}\p{N}]/u.test(before[at - 1] ?? '')) return null;
  const words = before.slice(at + 1);
  return /[\n\[\]@]/.test(words) || /\s\s|^\s/.test(words) ? null : { at, words };
}

function close() {
  if (!open) return;
  open.list.remove();
  open.said.remove();
  for (const name of ['aria-controls', 'aria-activedescendant', 'aria-haspopup']) open.field.removeAttribute(name);
  open = null;
}

const items = () => [...open.list.children];

function choose(item) {
  for (const each of items()) each.setAttribute('aria-selected', String(each === item));
  open.field.setAttribute('aria-activedescendant', item.id);
  item.scrollIntoView({ block: 'nearest' });
  open.said.textContent = item.textContent;
}

const chosen = () => items().find((each) => each.getAttribute('aria-selected') === 'true');

function write(item) {
  const option = open.options[items().indexOf(item)];
  if (!option || option.hint) return;
  const { field, from } = open;
  close();
  field.setRangeText(`${option.insert} `, from, field.selectionStart, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

function item(option, index, id) {
  const li = document.createElement('li');
  Object.assign(li, { id: `${id}-${index}`, role: 'option' });
  li.setAttribute('aria-selected', 'false');
  const name = document.createElement('bdi');
  name.textContent = option.text;
  li.append(name);
  if (option.hint) {
    li.setAttribute('aria-disabled', 'true');
    li.append(' ', Object.assign(document.createElement('small'), { textContent: option.hint }));
  }
  return li;
}

function show(field, at, options) {
  close();
  if (!options.length) return;
  const list = document.createElement('ul');
  const id = `${field.id || 'text'}-mentions`;
  Object.assign(list, { id, className: 'crm-mentions', role: 'listbox' });
  list.setAttribute('aria-label', '@');
  list.append(...options.map((option, index) => item(option, index, id)));
  // a text field says nothing of a list that opens: this does
  const said = Object.assign(document.createElement('p'), { className: 'visually-hidden', role: 'status' });
  field.after(list, said);
  field.setAttribute('aria-controls', id);
  field.setAttribute('aria-haspopup', 'listbox');
  field.setAttribute('aria-autocomplete', 'list');
  open = { field, list, said, from: at, options };
  choose(items()[Math.max(0, options.findIndex((option) => !option.hint))]);
}

async function ask(field) {
  const now = typed(field);
  if (!now) { close(); return; }
  const mine = ++asked;
  try {
    const address = new URL(field.dataset.mentions, location.href);
    address.searchParams.set('q', now.words);
    const answer = await fetch(address, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    const options = answer.ok && answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : [];
    if (mine === asked && field === document.activeElement && typed(field)?.at === now.at) show(field, now.at, options);
  } catch { /* the name can be typed all the same */ }
}

function onKey(event) {
  if (!open || event.target !== open.field || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = items();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  else if ((event.key === 'Enter' || event.key === 'Tab') && chosen()?.getAttribute('aria-disabled') !== 'true') write(chosen());
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function start() {
  document.addEventListener('input', (event) => {
    if (!event.target.matches?.('[data-mentions]')) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(event.target), pause);
  });
  document.addEventListener('keydown', onKey, true);
  document.addEventListener('focusout', (event) => { if (open && event.target === open.field) setTimeout(close, 150); });
  // before the field loses the keys
  document.addEventListener('mousedown', (event) => {
    const option = open && event.target.closest?.('.crm-mentions > li');
    if (!option) return;
    event.preventDefault();
    write(option);
  });
}
