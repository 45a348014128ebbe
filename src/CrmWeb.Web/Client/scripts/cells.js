// Edit in place: a cell of a list or a fact of a page becomes its field. The field comes from the server when it is asked for, and goes back there; what the
// server says of it (wrong, or saved by somebody else) stands in the cell. Double click, Enter or F2, or the pencil; Enter or leaving saves, Escape does not.
import { fill as pickers } from './pickers.js';
import { fill as fields } from './fields.js';
import { fill as calendars } from './jalali.js';
import { texts, token } from './texts.js';
import { toast } from './toasts.js';

const wait = 200; // a second click may follow within this time
const list = (element) => element?.closest?.('[data-list][data-edit]');
const rowOf = (cell) => cell.closest('tr');
const nameOf = (cell) => (cell.matches('dd') ? cell.dataset.field : list(cell)?.querySelector('thead tr').cells[cell.cellIndex]?.dataset.field);
const touch = matchMedia('(hover: none)');
let open = null; // { cell, form, before, typed, busy }
let stale = false;

const editable = (cell) => !!cell && (cell.matches('dd[data-field]') || !!(list(cell) && cell.closest('tbody') && rowOf(cell).querySelector('.crm-row-link') && nameOf(cell)));

function address(cell) {
  const facts = cell.matches('dd') && cell.closest('[data-edit]');
  const base = facts ? facts.dataset.edit : rowOf(cell).querySelector('.crm-row-link').pathname;
  return `${base}/cell?field=${encodeURIComponent(nameOf(cell))}&list=${!facts}`;
}

const typed = (form) => new URLSearchParams(new FormData(form)).toString();

function begin(cell, html, before, base) {
  cell.innerHTML = html;
  cell.classList.add('is-editing');
  const form = cell.querySelector('[data-cell-form]');
  [pickers, fields, calendars].forEach((each) => each(cell));
  open = { cell, form, before, typed: base ?? typed(form) };
  const first = form.querySelector('.is-invalid, input:not([type=hidden]), select, textarea');
  (first?.tomselect ?? first)?.focus();
  if (first?.matches('input')) first.select?.();
}

async function edit(cell) {
  if (open?.cell === cell || cell.dataset.opening) return;
  if (open && !await save()) return;
  cell.dataset.opening = '1';
  try {
    const url = address(cell);
    const answer = await fetch(url, { headers: { Accept: 'text/html' }, credentials: 'same-origin' });
    if (!answer.ok) { toast({ text: answer.status === 403 ? texts.forbidden : texts.failed, tone: 'bad' }); return; }
    const html = await answer.text();
    begin(cell, html, [...cell.childNodes]);
  } catch {
    toast({ text: texts.offline, tone: 'bad' });
  } finally {
    delete cell.dataset.opening;
  }
}

function focus(cell) {
  if (!cell.isConnected) return;
  if (!cell.hasAttribute('tabindex')) cell.tabIndex = -1;
  cell.focus({ preventScroll: true });
}

// the cell as it was, or as the server draws it now
function end(html, stay) {
  const { cell, before } = open;
  open = null;
  cell.classList.remove('is-editing');
  if (html === null) cell.replaceChildren(...before);
  else cell.innerHTML = html;
  if (stay) focus(cell);
}

function tell(answer) {
  let events = {};
  try { events = JSON.parse(answer.headers.get('HX-Trigger') ?? '{}'); } catch { /* nothing was told */ }
  for (const [name, detail] of Object.entries(events)) {
    if (name === 'crm:changed') stale = true;
    else document.dispatchEvent(new CustomEvent(name, { detail }));
  }
  refresh();
}

// the page shows itself anew when nobody types in it
function refresh() {
  if (!stale || open) return;
  stale = false;
  document.dispatchEvent(new CustomEvent('crm:changed'));
}

function cancel(stay = true) {
  end(null, stay);
  refresh();
}

/** Whether the cell is closed now. */
async function save(submitter = null, stay = false) {
  const { cell, form, before, busy } = open;
  if (busy) return false;
  const conflict = !!form.dataset.conflict;
  if (!conflict && typed(form) === open.typed) { cancel(stay); return true; }
  if (conflict && !submitter) return false;
  open.busy = true;
  try {
    const answer = await fetch(form.action, {
      method: 'POST', credentials: 'same-origin', headers: { 'X-CSRF-TOKEN': token(), Accept: 'text/html' }, body: new URLSearchParams(new FormData(form, submitter?.name ? submitter : null)),
    });
    if (answer.status === 400 || answer.status === 409) {
      const html = await answer.text();
      if (!html.includes('data-cell-form')) { toast({ text: texts.failed, tone: 'bad' }); return false; }
      begin(cell, html, before, '');
      return false;
    }
    if (!answer.ok) { toast({ text: answer.status === 403 ? texts.forbidden : texts.failed, tone: 'bad' }); return false; }
    end(answer.status === 204 ? null : await answer.text(), stay);
    tell(answer);
    return true;
  } catch {
    toast({ text: texts.offline, tone: 'bad' });
    return false;
  } finally {
    if (open) open.busy = false;
  }
}

const choosing = (target) => [...target.closest('form').querySelectorAll('select, textarea')].find((each) => each.tomselect?.isOpen)?.tomselect;

function inForm(event) {
  const chooser = choosing(event.target);
  if (event.key === 'Escape') {
    if (chooser || document.querySelector('[popover]:popover-open')) return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  } else if (event.key === 'Enter' && !event.isComposing && !event.target.matches('textarea, button')) {
    const several = event.target.closest('.ts-wrapper.multi');
    if (chooser || several) {
      // one that was chosen is saved; of several there may be more to come
      if (!several) setTimeout(() => { if (open) save(null, true); });
      return;
    }
    event.preventDefault();
    save(null, true);
  }
}

const here = (element) => element?.closest?.('td, th, dd');

function beside(cell, dx, dy) {
  const row = rowOf(cell);
  if (dy) {
    let next = dy > 0 ? row.nextElementSibling : row.previousElementSibling;
    return next?.cells?.[cell.cellIndex];
  }
  return row.cells[cell.cellIndex + dx];
}

function inList(event) {
  const cell = here(event.target);
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select, textarea')) return;
  const onLink = event.target.matches('.crm-row-link');
  if (!onLink && event.target !== cell) return;
  if ((event.key === 'F2' || (event.key === 'Enter' && !onLink)) && editable(cell)) {
    event.preventDefault();
    edit(cell);
    return;
  }
  const forth = document.documentElement.dir === 'rtl' ? -1 : 1;
  const step = list(cell) && { ArrowRight: [forth, 0], ArrowLeft: [-forth, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const next = step && beside(cell, ...step);
  if (!next) return;
  event.preventDefault();
  const link = next.querySelector('.crm-row-link');
  if (link) link.focus();
  else focus(next);
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

// the name's link covers its row: what lies under the pointer is a cell
const under = (event) => document.elementsFromPoint(event.clientX, event.clientY).find((element) => element.matches('td, th, dd'));

let going = 0;

function onClick(event) {
  const pencil = event.target.closest('.crm-pencil');
  if (pencil) {
    event.preventDefault();
    event.stopPropagation();
    const row = pencil.matches('.is-of-row') && rowOf(pencil);
    if (row) row.classList.toggle('is-editable');
    else edit(here(pencil));
    return;
  }
  if (event.target.closest('[data-cell-cancel]')) { cancel(); return; }
  const link = event.target.closest('.crm-row-link');
  if (!link || !list(link) || event.ctrlKey || event.metaKey || event.shiftKey || event.detail === 0) return;
  const cell = under(event);
  if (!editable(cell) || cell.contains(link)) return;
  event.preventDefault();
  clearTimeout(going);
  if (rowOf(cell).classList.contains('is-editable')) edit(cell);
  else if (event.detail === 1) going = setTimeout(() => { location.href = link.href; }, wait);
  else edit(cell);
}

function pencil(cell, css = '') {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: `crm-pencil ${css}`.trim(), title: texts.edit });
  button.setAttribute('aria-label', texts.edit);
  button.tabIndex = -1;
  button.innerHTML = '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 20h4l10.5-10.5a2.83 2.83 0 0 0-4-4L4 16zM13.5 6.5l4 4"/></svg>';
  cell.append(button);
  return button;
}

function onHover(event) {
  if (touch.matches || open) return;
  const over = here(event.target.matches('.crm-row-link') ? under(event) : event.target);
  const now = document.querySelector('.crm-pencil:not(.is-of-row)');
  if (now && here(now) === over) return;
  now?.remove();
  if (editable(over)) pencil(over);
}

export function fill(root) {
  if (!touch.matches) return;
  for (const name of root.querySelectorAll('[data-list][data-edit] tbody tr:has(.crm-row-link) > :first-child:not(:has(.crm-pencil))')) pencil(name, 'is-of-row');
  for (const fact of root.querySelectorAll('[data-edit] dd[data-field]:not(:has(.crm-pencil))')) pencil(fact);
}

export function start() {
  if (!document.querySelector('main')) return;
  document.addEventListener('click', onClick, true);
  document.addEventListener('dblclick', (event) => {
    const fact = event.target.closest('dd[data-field]');
    if (fact && !event.target.closest('a, form')) edit(fact);
  });
  document.addEventListener('keydown', (event) => (open?.form.contains(event.target) ? inForm(event) : inList(event)), true);
  document.addEventListener('submit', (event) => {
    if (event.target !== open?.form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    save(event.submitter, true);
  }, true);
  document.addEventListener('focusout', (event) => {
    const form = open?.form;
    if (!form?.contains(event.target) || form.dataset.conflict) return;
    setTimeout(() => { if (open?.form === form && document.hasFocus() && !form.contains(document.activeElement) && !open.busy) save(); });
  });
  document.addEventListener('pointermove', onHover, { passive: true });
}
