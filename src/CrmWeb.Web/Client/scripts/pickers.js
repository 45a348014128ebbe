// Fields that are filled by typing: a record found on the server, or tags.
import TomSelect from 'tom-select/dist/esm/tom-select.js';
import removeButton from 'tom-select/dist/esm/plugins/remove_button/plugin.js';
import { texts } from './texts.js';

TomSelect.define('remove_button', removeButton);

// a control of our own is described by what described the field
function describe(select, original) {
  const input = select.control_input;
  original.setAttribute('aria-hidden', 'true');
  for (const name of ['aria-describedby', 'aria-invalid', 'aria-required', 'aria-label']) {
    const value = original.getAttribute(name);
    if (value) input.setAttribute(name, value);
  }
}

function option(data, escape) {
  const hint = data.hint ? `<span class="crm-option-hint"><bdi>${escape(data.hint)}</bdi></span>` : '';
  return `<div class="crm-option"><span><bdi>${escape(data.text)}</bdi></span>${hint}</div>`;
}

const render = {
  option,
  item: (data, escape) => `<div><bdi>${escape(data.text)}</bdi></div>`,
  no_results: (data, escape) => `<div class="no-results">${escape(data.input ? texts.noResults : texts.typeToSearch)}</div>`,
  option_create: (data, escape) => `<div class="create">${escape(texts.add)} <bdi>${escape(data.input)}</bdi></div>`,
  loading: () => null,
};

const loader = (url) => async function load(query, done) {
  try {
    const address = new URL(url, location.href);
    address.searchParams.set('q', query);
    const answer = await fetch(address, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    this.clearOptions();
    done(answer.ok ? await answer.json() : []);
  } catch {
    done();
  }
};

function remote(url) {
  return url ? { load: loader(url), preload: 'focus', loadThrottle: 150, score: () => () => 1 } : {};
}

const multiple = { remove_button: { title: texts.remove, label: '×' } };

function picker(original) {
  const several = original.multiple;
  const select = new TomSelect(original, {
    valueField: 'id', labelField: 'text', searchField: ['text', 'hint'], maxOptions: 50, selectOnTab: true, closeAfterSelect: !several,
    allowEmptyOption: false, hidePlaceholder: true, placeholder: original.getAttribute('placeholder') ?? texts.typeToSearch,
    plugins: several ? multiple : {}, render, ...remote(original.dataset.url),
  });
  describe(select, original);
  if (original.autofocus) waitForKey(select);
}

// the field that a page begins with has the keys at once; its list comes when somebody types, presses down or clicks, not over the page before
function waitForKey(select) {
  const open = () => { select.preload(); select.open(); };
  Object.assign(select.settings, { openOnFocus: false, preload: false });
  select.control_input.addEventListener('keydown', (event) => { if (event.key === 'ArrowDown' && !select.isOpen) open(); });
  select.control.addEventListener('click', open);
  select.focus();
}

function tags(original) {
  const select = new TomSelect(original, {
    create: true, delimiter: '\n', persist: false, valueField: 'text', labelField: 'text', searchField: ['text'], createOnBlur: true,
    plugins: multiple, render, ...remote(original.dataset.url),
  });
  describe(select, original);
}

export function fill(root) {
  for (const each of root.querySelectorAll('select[data-picker]:not(.tomselected)')) picker(each);
  for (const each of root.querySelectorAll('textarea[data-tags]:not(.tomselected)')) tags(each);
}
