// Copy buttons, the eye of a password, and a file that is too large to be worth sending.
export function start() {
  document.addEventListener('click', async (event) => {
    const copy = event.target.closest('[data-copy]');
    if (copy) {
      await navigator.clipboard.writeText(copy.dataset.copy);
      copy.classList.add('is-done');
      const before = copy.getAttribute('aria-label');
      copy.setAttribute('aria-label', copy.dataset.copied);
      setTimeout(() => { copy.classList.remove('is-done'); copy.setAttribute('aria-label', before); }, 1800);
    }
    const reveal = event.target.closest('[data-reveal]');
    if (reveal) {
      const input = reveal.parentElement.querySelector('input');
      const show = input.type === 'password';
      input.type = show ? 'text' : 'password';
      reveal.setAttribute('aria-pressed', String(show));
    }
  });
  document.addEventListener('change', (event) => {
    const { files, dataset } = event.target;
    if (!files || !dataset.maxSize) return;
    event.target.setCustomValidity([...files].some((file) => file.size > Number(dataset.maxSize)) ? dataset.maxText : '');
    event.target.reportValidity();
  });
}
