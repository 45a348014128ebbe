// Popovers are native; scripts put them beside their button and move through menus with the arrow keys.
const gap = 4;
const edge = 8;

function place(popover, opener) {
  const at = opener.getBoundingClientRect();
  const rtl = document.documentElement.dir === 'rtl';
  popover.dataset.placed = '';
  const size = popover.getBoundingClientRect();
  const wide = document.documentElement.clientWidth;
  const high = window.innerHeight;
  // towards the side that has more room, starting with the one of the script
  const endwards = rtl ? at.left + at.width / 2 < wide / 2 : at.left + at.width / 2 > wide / 2;
  let left = rtl !== endwards ? at.right - size.width : at.left;
  left = Math.max(edge, Math.min(left, wide - size.width - edge));
  let top = at.bottom + gap;
  if (top + size.height > high - edge && at.top - size.height - gap > edge) top = at.top - size.height - gap;
  top = Math.max(edge, Math.min(top, high - size.height - edge));
  popover.style.left = `${left}px`;
  popover.style.top = `${top}px`;
}

const opener = (popover) => document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`);
const items = (menu) => [...menu.querySelectorAll('.crm-menu-item, .crm-segments button, .crm-languages button')];

// beside its button, with the keys on the first thing in it
export function settle(popover, button = opener(popover)) {
  place(popover, button);
  const first = popover.matches('.crm-menu-list') ? items(popover)[0] : popover.querySelector('input:not([type=hidden]), select, summary');
  first?.focus({ preventScroll: true });
}

function onKey(event) {
  const menu = event.target.closest?.('.crm-menu-list');
  if (!menu || !['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
  event.preventDefault();
  const all = items(menu);
  const now = all.indexOf(document.activeElement);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
  all[(next + all.length) % all.length]?.focus();
}

export function start() {
  document.addEventListener('toggle', (event) => {
    const popover = event.target;
    if (!popover.matches?.('.crm-popover')) return;
    const button = opener(popover);
    button?.setAttribute('aria-expanded', String(event.newState === 'open'));
    if (event.newState === 'open' && button) settle(popover, button);
  }, true);
  document.addEventListener('keydown', onKey);
  // a fold inside changes the height
  document.addEventListener('toggle', (event) => {
    const popover = event.target.matches?.('details') ? event.target.closest('.crm-popover') : null;
    if (popover) place(popover, opener(popover));
    if (popover && event.target.open) event.target.querySelector('form :is(input:not([type=hidden]), select)')?.focus({ preventScroll: true });
  }, true);
  window.addEventListener('resize', () => document.querySelectorAll('.crm-popover:popover-open').forEach((each) => each.hidePopover()));
}
