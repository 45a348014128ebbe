// How many customers each pinned view has: asked for after the page is there, and remembered in this tab, so that most pages ask nothing.
const fresh = 3 * 60_000;

function show(list, counts) {
  for (const { id, text } of counts) {
    const place = list.querySelector(`[data-pin="${id}"]`);
    if (place) Object.assign(place, { textContent: text, hidden: false });
  }
}

async function load(list) {
  const key = `crm.pins:${list.dataset.pinsOf}`;
  let known;
  try { known = JSON.parse(sessionStorage.getItem(key)); } catch { /* storage may be off */ }
  if (known) show(list, known.counts);
  if (known && Date.now() - known.at < fresh) return;
  try {
    const answer = await fetch(list.dataset.pins, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    if (!answer.ok || !answer.headers.get('Content-Type')?.includes('json')) return;
    const counts = await answer.json();
    show(list, counts);
    sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), counts }));
  } catch { /* a number in the navigation is worth no message */ }
}

export function start() {
  for (const list of document.querySelectorAll('[data-pins]')) load(list);
  // what was saved here may have changed them
  document.addEventListener('crm:changed', () => {
    for (const list of document.querySelectorAll('[data-pins]')) {
      try { sessionStorage.removeItem(`crm.pins:${list.dataset.pinsOf}`); } catch { /* off */ }
      load(list);
    }
  });
}
