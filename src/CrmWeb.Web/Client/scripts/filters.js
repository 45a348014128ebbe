import htmx from 'htmx.org';
import { settle } from './menus.js';

// The value of a filter follows its operator: none, one, two, or a number of days.
function follow(form) {
  const operator = form.querySelector('[data-operator]')?.value;
  const value = form.querySelector('[data-value]');
  if (!operator || !value) return;
  const none = ['empty', 'filled', 'invalid'].includes(operator);
  value.hidden = none;
  for (const input of value.querySelectorAll('input, select')) input.disabled = none;
  const second = value.querySelector('[data-second]');
  if (second) {
    second.hidden = operator !== 'between';
    second.disabled = none || second.hidden;
  }
  const date = value.querySelector('[data-date]');
  if (date) {
    const days = operator.endsWith('-days');
    const native = document.documentElement.lang !== 'fa';
    for (const input of value.querySelectorAll('[data-date]')) {
      const type = days ? 'number' : native ? 'date' : 'text';
      if (input.type !== type) input.type = type;
      if (days) input.min = '1';
    }
  }
}

const follower = (root) => root.querySelectorAll('[data-filter]').forEach(follow);

// The forms of many filters come when somebody wants one, from the page that their link leads to.
async function bring(event) {
  const popover = event.target;
  const link = event.newState === 'open' && popover.querySelector('a[data-filters]');
  if (!link || link.ariaBusy) return;
  link.ariaBusy = 'true';
  // the server leaves the frame away for this target (Features/_ViewStart.cshtml)
  await htmx.ajax('GET', link.getAttribute('href'), { source: link, target: popover, select: '#filter-fields', swap: 'innerHTML', headers: { 'HX-Target': 'div#filter-new' } });
  link.ariaBusy = null;
  if (popover.matches(':popover-open')) settle(popover);
}

export function start() {
  follower(document);
  document.addEventListener('toggle', bring, true);
  document.addEventListener('htmx:after:swap', () => follower(document));
  document.addEventListener('change', (event) => { if (event.target.matches('[data-operator]')) follow(event.target.form); });
  // empty fields have no place in an address
  document.addEventListener('submit', (event) => {
    if (event.target.method !== 'get') return;
    for (const input of event.target.elements) if (input.name && !input.value && input.type !== 'submit') input.disabled = true;
    setTimeout(() => { for (const input of event.target.elements) input.disabled = false; follower(document); });
  });
}
