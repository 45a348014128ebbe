// Rows by keyboard (j, k, Enter, x), the keys of a list that is worked through, and the bar that appears when rows are chosen.
import { keyOf, typing } from './keys.js';

const link = (row) => row.querySelector('.crm-row-link') ?? row.querySelector('input:checked') ?? row.querySelector('a, input');
const rows = () => [...document.querySelectorAll('[data-list] tbody tr')].filter((row) => !row.closest('dialog') && link(row));
const here = () => document.activeElement.closest?.('[data-list] tbody tr');

function focus(row) {
  link(row)?.focus({ focusVisible: true });
  row.scrollIntoView({ block: 'nearest' });
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.indexOf(here());
  focus(all[now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, now + step))]);
}

function onKey(event) {
  if (event.defaultPrevented || typing(event.target) || document.querySelector('dialog:modal')) return;
  const work = event.target.closest('[data-work]');
  const arrow = work && !event.target.matches('input') && { ArrowDown: 'j', ArrowUp: 'k' }[event.key];
  const key = arrow || keyOf(event);
  if (arrow) event.preventDefault();
  if (key === 'j') move(1);
  else if (key === 'k') move(-1);
  else if (key === 'x') here()?.querySelector('.crm-list-box input')?.click();
  else if (key && work) {
    const target = here()?.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
    if (target?.matches('input')) target.focus();
    target?.click();
  }
}

// where one was in the list, so that after an act the next row waits in its place
const place = () => `crm.place:${location.pathname}`;

function leave(event) {
  const row = event.target.closest('[data-work] [data-row-key]:not(input)')?.closest('tr');
  if (!row) return;
  try { sessionStorage.setItem(place(), rows().indexOf(row)); } catch { /* storage may be off */ }
}

function comeBack() {
  if (!document.querySelector('[data-work]')) return;
  try {
    const at = sessionStorage.getItem(place());
    sessionStorage.removeItem(place());
    const all = rows();
    if (at !== null && all.length) focus(all[Math.min(Number(at), all.length - 1)]);
  } catch { /* storage may be off */ }
}

const boxes = () => [...document.querySelectorAll('.crm-list-box input[name="ids"]')];

function count() {
  const bar = document.querySelector('[data-selection]');
  if (!bar) return;
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  bar.classList.toggle('is-on', chosen > 0);
  const number = new Intl.NumberFormat(document.documentElement.lang).format(chosen);
  bar.querySelector('.crm-selection-count').textContent = chosen ? bar.dataset.selection.replace('{0}', number) : '';
  for (const head of document.querySelectorAll('[data-select-all]')) {
    head.checked = chosen > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
}

export function start() {
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', leave, true);
  comeBack();
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-select-all]')) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches('.crm-list-box input')) count();
  });
  document.addEventListener('reset', () => setTimeout(count));
  // the browser remembers boxes when one comes back
  window.addEventListener('pageshow', count);
}
