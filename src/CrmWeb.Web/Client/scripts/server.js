// htmx: the token against forged posts, and what the server refuses said in a toast.
import htmx from 'htmx.org';
import { texts, token } from './texts.js';
import { toast } from './toasts.js';

document.addEventListener('htmx:config:request', (event) => {
  const { request } = event.detail.ctx;
  if (request.method !== 'GET') request.headers['X-CSRF-TOKEN'] = token();
});

// a form that comes back with errors is shown (400, 422); a whole error page must not land in the middle of this one
const refused = { 401: 'signedOut', 403: 'forbidden' };
document.addEventListener('htmx:before:response', (event) => {
  const { status, headers } = event.detail.ctx.response;
  if (status < 400 || status === 400 || status === 409 || status === 422) return;
  if (headers.get('HX-Retarget')) return;
  event.preventDefault();
  toast({ text: texts[refused[status] ?? 'failed'], tone: 'bad' });
});

document.addEventListener('htmx:error', (event) => {
  if (event.detail.ctx) toast({ text: texts.offline, tone: 'bad' });
});

export { htmx };
