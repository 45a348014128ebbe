// Native dialogs: data-opens="id" opens one of the page, data-dialog on a link opens its page inside the shell's dialog.
import htmx from 'htmx.org';
import { forget, isDirty } from './forms.js';
import { texts } from './texts.js';

const host = () => document.getElementById('shell-dialog');

function close(dialog) {
  if (isDirty(dialog) && !window.confirm(texts.leave)) return;
  forget(dialog);
  dialog.close();
}

function openPage(link) {
  const dialog = host();
  if (!dialog) return false;
  // the server leaves the frame away for this target (Features/_ViewStart.cshtml)
  htmx.ajax('GET', link.getAttribute('href'), { source: link, target: '#shell-dialog-content', swap: 'innerHTML', headers: { 'HX-Target': 'div#shell-dialog-content' } });
  return true;
}

function ask(text, then) {
  const dialog = document.getElementById('confirm');
  dialog.querySelector('[data-confirm-text]').textContent = text;
  const yes = dialog.querySelector('[data-confirm-yes]');
  const fresh = yes.cloneNode(true);
  yes.replaceWith(fresh);
  fresh.addEventListener('click', () => { dialog.close(); then(); });
  dialog.showModal();
}

function onClick(event) {
  const target = event.target.closest('[data-close], [data-opens], a[data-dialog], [data-confirm]');
  if (!target) return;
  if (target.dataset.confirm && !target.dataset.confirmed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(target.dataset.confirm, () => { target.dataset.confirmed = '1'; target.click(); delete target.dataset.confirmed; });
  } else if (target.matches('[data-close]')) {
    close(target.closest('dialog'));
  } else if (target.dataset.opens) {
    if (target.matches('a') && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    target.closest('[popover]')?.hidePopover();
    const dialog = document.getElementById(target.dataset.opens);
    dialog?.showModal();
    dialog?.dispatchEvent(new CustomEvent('crm:opened'));
  } else if (target.matches('a[data-dialog]') && !event.ctrlKey && !event.metaKey && !event.shiftKey && openPage(target)) {
    event.preventDefault();
    target.closest('[popover]')?.hidePopover();
    target.closest('dialog.crm-palette')?.close();
  }
}

export function start() {
  document.addEventListener('click', onClick, true);
  // a cancel link inside a dialog closes it instead of going away
  document.addEventListener('click', (event) => {
    const dialog = event.target.closest('a[data-cancel]')?.closest('dialog');
    if (dialog) { event.preventDefault(); close(dialog); }
  });
  // a click on what lies behind closes, unless something was typed
  document.addEventListener('mousedown', (event) => {
    if (event.target instanceof HTMLDialogElement && event.target.open) close(event.target);
  });
  document.addEventListener('cancel', (event) => {
    if (!(event.target instanceof HTMLDialogElement)) return;
    event.preventDefault();
    close(event.target);
  }, true);
  document.addEventListener('crm:close-dialog', () => { const dialog = host(); forget(dialog); dialog?.close(); });
  document.addEventListener('htmx:after:swap', (event) => {
    const dialog = host();
    if (event.detail.ctx?.target?.id !== 'shell-dialog-content') return;
    const title = dialog.querySelector('#shell-dialog-title');
    if (title) dialog.setAttribute('aria-label', title.textContent);
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector('[data-errors]') ?? dialog.querySelector('[autofocus]')
      ?? dialog.querySelector('.crm-dialog-body :is(input:not([type=hidden]), select, textarea)');
    (first?.tomselect ?? first)?.focus();
  });
}
