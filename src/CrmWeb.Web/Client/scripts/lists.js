// Rows by keyboard (j, k, Enter, x) and the bar that appears when rows are chosen.
const rows = () => [...document.querySelectorAll('[data-list] tbody tr')].filter((row) => !row.closest('dialog'));
const link = (row) => row.querySelector('.crm-row-link') ?? row.querySelector('a, input');

function move(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.contains(document.activeElement));
  const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, now + step));
  link(all[next])?.focus();
  all[next].scrollIntoView({ block: 'nearest' });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog:modal')) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'checkbox') return;
  if (event.key === 'j') move(1);
  else if (event.key === 'k') move(-1);
  else if (event.key === 'x') document.activeElement.closest?.('[data-list] tbody tr')?.querySelector('.crm-list-box input')?.click();
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
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-select-all]')) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches('.crm-list-box input')) count();
  });
  document.addEventListener('reset', () => setTimeout(count));
  // the browser remembers boxes when one comes back
  window.addEventListener('pageshow', count);
}
