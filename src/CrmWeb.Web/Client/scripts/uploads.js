// Files that are dropped, pasted or chosen go up one after the other, each with its own progress; what is refused stays, with the reason.
import htmx from 'htmx.org';
import { texts, token } from './texts.js';

const zoneAt = (event) => event.target.closest?.('[data-drop]');
const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');

function line(zone, file) {
  const item = Object.assign(document.createElement('li'), { className: 'crm-upload' });
  const [name, told, bar] = [document.createElement('bdi'), document.createElement('span'), document.createElement('progress')];
  name.textContent = file.name;
  told.className = 'crm-upload-told';
  Object.assign(bar, { max: 1, value: 0 });
  bar.setAttribute('aria-label', file.name);
  item.append(name, told, bar);
  zone.querySelector('.crm-uploads').append(item);
  return (tone, text) => {
    bar.remove();
    item.classList.add(`is-${tone}`);
    told.textContent = text;
    if (tone === 'good') setTimeout(() => item.remove(), 4000);
    return tone === 'good';
  };
}

function post(zone, file) {
  const done = line(zone, file);
  const bar = zone.querySelector('.crm-uploads').lastElementChild.querySelector('progress');
  if (file.size > Number(zone.dataset.maxSize)) return Promise.resolve(done('bad', zone.dataset.tooLarge));
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', zone.action);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('X-CSRF-TOKEN', token());
    request.upload.addEventListener('progress', (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.addEventListener('error', () => resolve(done('bad', texts.offline)));
    request.addEventListener('load', () => {
      let answer;
      try { answer = JSON.parse(request.responseText); } catch { /* a page, not an answer */ }
      if (request.status === 200 && answer?.added?.length) return resolve(done('good', zone.dataset.added));
      const said = { 401: texts.signedOut, 403: texts.forbidden, 413: zone.dataset.tooLarge }[request.status];
      resolve(done('bad', answer?.refused?.[0]?.reason ?? said ?? texts.failed));
    });
    const form = new FormData();
    form.append('Files', file, file.name);
    request.send(form);
  });
}

async function send(zone, files) {
  zone.querySelectorAll('.crm-upload.is-bad, .crm-drop-errors').forEach((each) => each.remove());
  let some = false;
  for (const file of files) some = (await post(zone, file)) || some;
  const list = `#${zone.dataset.drop}`;
  if (some && document.querySelector(list)) htmx.ajax('GET', location.pathname + location.search, { target: list, select: list, swap: 'outerHTML' });
}

export function start() {
  for (const name of ['dragenter', 'dragover']) {
    document.addEventListener(name, (event) => {
      if (!carriesFiles(event) || !document.querySelector('[data-drop]')) return;
      // beside the place as well: a browser would leave the page for the file
      event.preventDefault();
      const zone = zoneAt(event);
      event.dataTransfer.dropEffect = zone ? 'copy' : 'none';
      document.querySelectorAll('[data-drop].is-over').forEach((each) => each !== zone && each.classList.remove('is-over'));
      zone?.classList.add('is-over');
    });
  }
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) document.querySelectorAll('[data-drop].is-over').forEach((each) => each.classList.remove('is-over')); });
  document.addEventListener('drop', (event) => {
    if (!carriesFiles(event) || !document.querySelector('[data-drop]')) return;
    event.preventDefault();
    const zone = zoneAt(event);
    document.querySelectorAll('[data-drop].is-over').forEach((each) => each.classList.remove('is-over'));
    if (zone) send(zone, [...event.dataTransfer.files]);
  });
  document.addEventListener('change', (event) => {
    const zone = zoneAt(event);
    if (!zone || !event.target.files?.length) return;
    send(zone, [...event.target.files]);
    event.target.value = '';
  });
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const zone = zoneAt(event) ?? document.querySelector('[data-drop]');
    // what is pasted into a field belongs to the field
    if (!files.length || !zone || event.target.matches?.('textarea, input:not([type=file]), [contenteditable]') || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    send(zone, files);
  });
}
