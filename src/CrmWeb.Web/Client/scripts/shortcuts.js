// Keys that press what carries data-shortcut: "l", "?", or two in a row as in "g c". Never inside a field, never with a modifier.
import { keyOf, typing } from './keys.js';

const pause = 900;
let first = '';
let timer;

const shown = (element) => element.checkVisibility?.() ?? true;
const all = () => [...document.querySelectorAll('[data-shortcut]')].filter((each) => !each.closest('dialog:not([open])'));

// a menu's items can be pressed while the menu is closed; a hidden double of the same button cannot
const find = (keys) => {
  const found = all().filter((each) => each.dataset.shortcut === keys);
  return found.find(shown) ?? found.find((each) => each.closest('[popover]')) ?? found[0];
};

function press(event) {
  if (event.defaultPrevented || typing(event.target) || document.querySelector('dialog:modal')) return;
  const key = keyOf(event);
  if (!key) return;
  const target = find(first ? `${first} ${key}` : key);
  clearTimeout(timer);
  first = '';
  if (target) {
    event.preventDefault();
    if (/^(INPUT|TEXTAREA)$/.test(target.tagName)) { target.focus(); target.select(); } else target.click();
  } else if (all().some((each) => each.dataset.shortcut.startsWith(`${key} `))) {
    first = key;
    timer = setTimeout(() => { first = ''; }, pause);
  }
}

function list() {
  const host = document.querySelector('[data-shortcut-list]');
  if (!host || host.dataset.filled) return;
  host.dataset.filled = '1';
  const seen = new Set();
  for (const each of all().reverse()) {
    const keys = each.dataset.shortcut;
    if (seen.has(keys)) continue;
    seen.add(keys);
    const row = document.createElement('div');
    const name = each.getAttribute('aria-label') ?? each.querySelector('span')?.textContent ?? each.textContent;
    row.append(Object.assign(document.createElement('dt'), { textContent: name.trim() }));
    const end = document.createElement('dd');
    for (const key of keys.split(' ')) end.append(Object.assign(document.createElement('kbd'), { className: 'crm-key', textContent: key.toUpperCase() }), ' ');
    row.append(end);
    host.prepend(row);
  }
}

export function start() {
  document.addEventListener('keydown', press);
  document.addEventListener('click', (event) => { if (event.target.closest('[data-opens="shortcuts"]')) list(); }, true);
}
