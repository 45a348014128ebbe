// Parts of a form in an order of one's own: up and down by their buttons, or dragged by the handle. The order in the page is what is posted.
const items = (list) => [...list.children].filter((each) => each.matches('.crm-order-item'));
let dragged = null;

function changed(list) {
  // the form asks before it is left
  list.querySelector('input:not([type=hidden])')?.dispatchEvent(new Event('input', { bubbles: true }));
}

function onClick(event) {
  const button = event.target.closest('[data-order-move]');
  if (!button) return;
  const item = button.closest('.crm-order-item');
  const other = button.dataset.orderMove === 'up' ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (button.dataset.orderMove === 'up') other.before(item);
  else other.after(item);
  button.focus();
  changed(item.parentElement);
}

function over(event) {
  if (!dragged || event.target.closest?.('[data-order]') !== dragged.parentElement) return;
  event.preventDefault();
  const next = items(dragged.parentElement).find((each) => each !== dragged && event.clientY < each.getBoundingClientRect().top + each.offsetHeight / 2);
  if (next) { if (next.previousElementSibling !== dragged) next.before(dragged); } else dragged.parentElement.append(dragged);
}

export function start() {
  document.addEventListener('click', onClick);
  // only the handle drags: elsewhere the pointer selects text
  document.addEventListener('pointerdown', (event) => {
    const item = event.target.closest?.('[data-order-handle]')?.closest('.crm-order-item');
    if (item) item.draggable = true;
  });
  document.addEventListener('dragstart', (event) => {
    if (!event.target.matches?.('.crm-order-item')) return;
    dragged = event.target;
    dragged.classList.add('is-dragged');
    event.dataTransfer.effectAllowed = 'move';
  });
  document.addEventListener('dragover', over);
  document.addEventListener('dragend', () => {
    if (!dragged) return;
    dragged.classList.remove('is-dragged');
    dragged.draggable = false;
    changed(dragged.parentElement);
    dragged = null;
  });
}
