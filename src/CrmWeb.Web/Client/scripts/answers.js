// After something was saved in a dialog or by a button, the page beneath shows itself anew; Ctrl+Enter sends the form one types in.
import htmx from 'htmx.org';
import { isDirty } from './forms.js';

function refresh() {
  const main = document.getElementById('main');
  // what is being typed on the page is worth more than its freshness
  if (!main || isDirty(main) || main.querySelector('[data-cell-form]')) return;
  const focused = document.activeElement?.id;
  htmx.ajax('GET', location.pathname + location.search, { target: '#main', select: '#main', swap: 'outerHTML' })
    .then(() => ((focused && document.getElementById(focused)) || document.getElementById('main')).focus({ preventScroll: true }));
}

export function start() {
  document.addEventListener('crm:changed', refresh);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.form ?? event.target.closest?.('form');
    if (!form || form.method !== 'post' || form.id === 'post') return;
    event.preventDefault();
    form.requestSubmit();
  });
}
