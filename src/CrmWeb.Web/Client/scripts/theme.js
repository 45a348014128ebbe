// The theme changes at once; the button behind it does the same where scripts do not run.
const year = 365 * 24 * 3600;

export function start() {
  document.addEventListener('click', (event) => {
    const chosen = event.target.closest('[data-theme-switch] button');
    if (!chosen) return;
    event.preventDefault();
    const theme = chosen.value;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `crm.theme=${theme}; path=/; max-age=${year}; samesite=lax${secure}`;
    document.documentElement.dataset.bsTheme = theme;
    for (const button of chosen.parentElement.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button === chosen));
  });
}
