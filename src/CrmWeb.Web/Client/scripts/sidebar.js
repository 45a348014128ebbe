// On a phone the navigation slides in over the page; focus goes with it and comes back.
export function start() {
  const sidebar = document.querySelector('[data-sidebar]');
  if (!sidebar) return;
  let opener;
  const set = (open) => {
    sidebar.classList.toggle('is-open', open);
    document.querySelectorAll('[data-sidebar-open]').forEach((each) => each.setAttribute('aria-expanded', String(open)));
    document.querySelector('.crm-main').inert = open;
    if (open) sidebar.querySelector('a, button')?.focus();
    else opener?.focus();
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-sidebar-open]');
    if (button) { opener = button; set(true); } else if (event.target.closest('[data-sidebar-close]')) set(false);
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && sidebar.classList.contains('is-open')) set(false); });
}
