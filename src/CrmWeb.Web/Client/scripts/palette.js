// The palette: Ctrl-K or "/" opens it, results come while one types, the arrow keys choose, Enter opens.
const pause = 120;
const most = 10;

const dialog = () => document.getElementById('palette');
const field = () => document.getElementById('palette-q');
const list = () => document.getElementById('palette-results');
const options = () => [...list().querySelectorAll('a[role=option]')];

let timer;
let asking;

// what was opened last: ids only, and only in this browser; the server answers for those that may be seen
const key = () => `crm-opened:${dialog().dataset.for}`;
function opened() {
  try {
    return JSON.parse(localStorage.getItem(key()) ?? '[]').filter(Number.isSafeInteger);
  } catch {
    return [];
  }
}

function remember() {
  const id = Number(/\/customers\/(\d+)$/.exec(location.pathname)?.[1]);
  if (!id || !dialog()) return;
  try {
    localStorage.setItem(key(), JSON.stringify([id, ...opened().filter((each) => each !== id)].slice(0, most)));
  } catch { /* a full or forbidden store only forgets */ }
}

function choose(option) {
  for (const each of options()) each.setAttribute('aria-selected', String(each === option));
  if (option) {
    field().setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  } else {
    field().removeAttribute('aria-activedescendant');
  }
}

const chosen = () => list().querySelector('[aria-selected=true]');

function show(html) {
  list().innerHTML = html;
  list().scrollTop = 0;
  const all = options();
  field().setAttribute('aria-expanded', String(all.length > 0));
  choose(all[0]);
  const said = dialog().querySelector('[role=status]');
  said.textContent = all.length ? said.dataset.some.replace('{0}', all.length) : said.dataset.none;
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const typed = field().value.trim();
  const address = new URL(dialog().dataset.url, location.href);
  if (typed) address.searchParams.set('q', typed);
  else address.searchParams.set('recent', opened().join(','));
  try {
    const answer = await fetch(address, { headers: { 'X-Palette': '1' }, credentials: 'same-origin', signal: asking.signal });
    // signed out meanwhile: the page says so
    if (answer.redirected) location.assign(dialog().dataset.url);
    else if (answer.ok) show(await answer.text());
  } catch (error) {
    if (error.name !== 'AbortError') show('');
  }
}

function open() {
  dialog().showModal();
  dialog().dispatchEvent(new CustomEvent('crm:opened'));
}

function move(event) {
  const all = options();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && all.length) {
    event.preventDefault();
    choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  } else if (event.key === 'Enter' && chosen()) {
    event.preventDefault();
    // with a modifier the browser opens it beside this page
    chosen().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey }));
  }
}

export function start() {
  if (!dialog()) return;
  remember();
  // a page out of the cache of the browser was opened too
  window.addEventListener('pageshow', (event) => { if (event.persisted) { dialog().close(); remember(); } });
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (document.querySelector('dialog:modal')) return;
    event.preventDefault();
    open();
  });
  dialog().addEventListener('crm:opened', () => { field().select(); field().focus(); ask(); });
  dialog().addEventListener('close', () => asking?.abort());
  field().addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, pause); });
  field().addEventListener('keydown', move);
  list().addEventListener('mousemove', (event) => {
    const option = event.target.closest('a[role=option]');
    if (option && option !== chosen()) choose(option);
  });
}
