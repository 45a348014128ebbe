// Forms: sent once; what was typed is asked about before it is left, and kept in this tab in case the page goes away all the same.
import { texts } from './texts.js';
import { toast } from './toasts.js';

const dirty = new WeakSet();
// parts that come and go have no names of their own: what was typed in one would come back in another
const secret = (input) => ['password', 'file', 'hidden'].includes(input.type) || !input.name || !!input.closest('[data-no-draft]');
const store = (form) => `crm.draft:${location.pathname}:${form.getAttribute('action') ?? ''}`;

export const isDirty = (root) => !!root && [...root.querySelectorAll('form[data-guard]')].some((form) => dirty.has(form) && !form.dataset.sent);

export function forget(root) {
  if (!root) return;
  for (const form of root.matches?.('form') ? [root] : root.querySelectorAll('form[data-guard]')) {
    dirty.delete(form);
    try { sessionStorage.removeItem(store(form)); } catch { /* storage may be off */ }
  }
}

function remember(form) {
  const values = [...form.elements].filter((input) => !secret(input))
    .map((input) => [input.name, input.type === 'checkbox' || input.type === 'radio' ? input.value : input.value, !!input.checked, input.type]);
  try { sessionStorage.setItem(store(form), JSON.stringify(values)); } catch { /* full or off: the question before leaving remains */ }
}

function restore(form) {
  let values;
  try { values = JSON.parse(sessionStorage.getItem(store(form))); } catch { return; }
  if (!values || form.querySelector('[data-errors]')) return;
  let changed = false;
  for (const [name, value, checked, type] of values) {
    const input = [...form.elements].find((each) => each.name === name && each.type === type && (!['checkbox', 'radio'].includes(type) || each.value === value));
    if (!input || input.tomselect || /^select/.test(type)) continue;
    if (['checkbox', 'radio'].includes(type)) { changed ||= input.checked !== checked; input.checked = checked; }
    else if (input.value !== value) { input.value = value; changed = true; }
  }
  if (changed) { dirty.add(form); toast({ text: texts.restored, tone: 'neutral' }); }
}

function busy(form, submitter) {
  const button = submitter ?? form.querySelector('[type=submit]');
  form.dataset.sent = '1';
  const timer = setTimeout(() => button?.setAttribute('aria-busy', 'true'), 250);
  form.crmRelease = () => { clearTimeout(timer); delete form.dataset.sent; button?.removeAttribute('aria-busy'); };
}

export function start() {
  document.querySelectorAll('form[data-guard]').forEach(restore);
  document.querySelector('[data-errors]')?.focus();
  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (!form?.matches('[data-guard]') || secret(event.target)) return;
    dirty.add(form);
    remember(form);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (event.defaultPrevented) return;
    const refused = [...form.elements].find((each) => each.validity?.customError);
    if (refused) { event.preventDefault(); event.stopImmediatePropagation(); refused.reportValidity(); return; }
    if (form.matches('[data-once]')) busy(form, event.submitter);
    if (form.matches('[data-guard]') && !form.matches('[hx-post]')) forget(form);
  }, true);
  document.addEventListener('htmx:finally:request', (event) => {
    const form = event.detail.ctx?.sourceElement;
    form?.crmRelease?.();
    if (form?.matches?.('form[data-guard]') && (event.detail.ctx.response?.status ?? 500) < 400) forget(form);
  });
  // the answer did not come, or the page is shown again from the browser's memory
  window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => form.crmRelease?.()));
  window.addEventListener('beforeunload', (event) => { if (isDirty(document)) event.preventDefault(); });
}
