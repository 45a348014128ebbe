// Cards of a board are dragged to another column; the server moves the record and the page shows itself anew. Without a pointer the card's own button does it.
import htmx from 'htmx.org';

let dragged = null; // { card, from }

const columnOf = (element) => element?.closest?.('[data-board] [data-column]');
const unmark = () => document.querySelectorAll('.crm-board-column.is-over').forEach((each) => each.classList.remove('is-over'));

function drop(event) {
  const column = columnOf(event.target);
  if (!dragged || !column) return;
  event.preventDefault();
  const { card, from } = dragged;
  if (column === from) return;
  // it stands there at once; if the server says otherwise, the page comes back as it is there
  column.querySelector('[data-cards]').prepend(card);
  htmx.ajax('POST', card.dataset.move, {
    values: { stageId: column.dataset.column, from: from.dataset.column }, target: '#shell-dialog-content', source: card,
    headers: { 'HX-Target': 'div#shell-dialog-content' },
  }).catch(() => {}).finally(() => {
    // refused with a question in the dialog: until it is answered the card is where it was
    if (document.getElementById('shell-dialog')?.open) from.querySelector('[data-cards]').prepend(card);
  });
}

export function start() {
  document.addEventListener('dragstart', (event) => {
    const card = event.target.closest?.('[data-board] [data-move]');
    if (!card) return;
    dragged = { card, from: columnOf(card) };
    card.classList.add('is-dragged');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.dataset.move);
  });
  document.addEventListener('dragover', (event) => {
    const column = dragged && columnOf(event.target);
    if (!column) return;
    event.preventDefault();
    unmark();
    if (column !== dragged.from) column.classList.add('is-over');
  });
  document.addEventListener('drop', drop);
  document.addEventListener('dragend', () => {
    unmark();
    dragged?.card.classList.remove('is-dragged');
    dragged = null;
  });
}
