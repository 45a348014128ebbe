// Short sentences about what was done. Those with a way back stay longer, and none goes while it is looked at or reached by keys.
import { texts } from './texts.js';

const stay = { plain: 6000, undo: 12000, bad: 10000 };

export function toast({ text, tone = 'good', undoUrl }) {
  const host = document.getElementById('toasts');
  if (!host || !text) return;
  const box = document.createElement('div');
  box.className = `crm-toast is-${tone}`;
  box.append(Object.assign(document.createElement('span'), { textContent: text }));
  if (undoUrl) box.append(undo(undoUrl));
  host.append(box);
  keep(box);
}

function undo(url) {
  const button = Object.assign(document.createElement('button'), { className: 'crm-toast-undo', textContent: texts.undo, formAction: url });
  button.setAttribute('form', 'post');
  return button;
}

function keep(box) {
  const close = Object.assign(document.createElement('button'), { type: 'button', className: 'crm-toast-close', textContent: '×' });
  close.setAttribute('aria-label', texts.close);
  close.addEventListener('click', () => box.remove());
  box.append(close);
  const time = box.classList.contains('is-bad') ? stay.bad : box.querySelector('.crm-toast-undo') ? stay.undo : stay.plain;
  let timer = setTimeout(() => box.remove(), time);
  const hold = () => clearTimeout(timer);
  const go = () => { hold(); timer = setTimeout(() => box.remove(), stay.plain); };
  box.addEventListener('pointerenter', hold);
  box.addEventListener('pointerleave', go);
  box.addEventListener('focusin', hold);
  box.addEventListener('focusout', go);
}

export function start() {
  document.querySelectorAll('[data-toast]').forEach(keep);
  document.addEventListener('crm:toast', (event) => toast(event.detail));
}
