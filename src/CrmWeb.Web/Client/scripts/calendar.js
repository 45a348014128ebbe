// Arrow keys walk over the days of a calendar, the way its script runs.
const steps = { ArrowUp: -7, ArrowDown: 7, ArrowLeft: -1, ArrowRight: 1 };

function walk(event) {
  const here = event.target.closest?.('.crm-calendar-date');
  const step = steps[event.key];
  if (!here || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const days = [...here.closest('[data-calendar]').querySelectorAll('.crm-calendar-date')];
  const turned = Math.abs(step) === 1 && document.documentElement.dir === 'rtl' ? -step : step;
  const next = days.indexOf(here) + turned;
  if (days[next]) days[next].focus();
  // over the edge: the page before or after
  else document.querySelector(`[data-shortcut="${turned < 0 ? '[' : ']'}"]`)?.click();
}

export function start() {
  document.addEventListener('keydown', walk);
}
