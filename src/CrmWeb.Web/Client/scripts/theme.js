// The theme changes at once; the form behind it does the same where scripts do not run.
const year = 365 * 24 * 3600;

export function start() {
  document.addEventListener('submit', (event) => {
    const form = event.target.closest('[data-theme-switch]');
    if (!form || !event.submitter) return;
    event.preventDefault();
    const theme = event.submitter.value;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `crm.theme=${theme}; path=/; max-age=${year}; samesite=lax${secure}`;
    document.documentElement.dataset.bsTheme = theme;
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button === event.submitter));
  });
}
