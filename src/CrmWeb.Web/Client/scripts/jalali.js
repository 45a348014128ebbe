// The Jalali calendar that opens beside a date field: the field stays a line of text that can be typed. Days are counted from 1970-01-01.
import { texts } from './texts.js';

const msPerDay = 86_400_000;
const jalali = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' });
const words = (options) => new Intl.DateTimeFormat('fa-IR-u-ca-persian', { timeZone: 'UTC', ...options });
const monthWord = words({ month: 'long' });
const weekdayWord = words({ weekday: 'long' });
const weekdayLetter = words({ weekday: 'narrow' });
const aWeek = [...Array(7).keys()];

const dateOf = (day) => new Date(day * msPerDay);
const shape = (number, length = 1) => String(number).padStart(length, '0').replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[digit]);
const latin = (text) => text.replace(/[۰-۹٠-٩]/g, (digit) => digit.charCodeAt(0) & 15);

function parts(day) {
  const found = Object.fromEntries(jalali.formatToParts(dateOf(day)).map(({ type, value }) => [type, Number(value)]));
  return [found.year, found.month, found.day];
}

// a guess that is never late, and from there a few days on
function dayOf(year, month, dayOfMonth) {
  let day = Math.floor((year - 1349) * 365.2422 + (month - 1) * 30.4 + dayOfMonth) + 75;
  const reached = ([y, m, d]) => y > year || (y === year && (m > month || (m === month && d >= dayOfMonth)));
  while (!reached(parts(day))) day++;
  return day;
}

const today = () => { const now = new Date(); return Math.floor(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / msPerDay); };
const weekday = (day) => (((day + 5) % 7) + 7) % 7; // Saturday is 0
const moved = (day, months) => {
  const [year, month, dayOfMonth] = parts(day);
  const index = year * 12 + month - 1 + months;
  const first = dayOf(Math.floor(index / 12), (index % 12) + 1, 1);
  const next = dayOf(Math.floor((index + 1) / 12), ((index + 1) % 12) + 1, 1);
  return first + Math.min(dayOfMonth, next - first) - 1;
};

function read(text) {
  const [, year, month, day, time] = latin(text).match(/(\d{4})\D(\d{1,2})\D(\d{1,2})(?:\D+(\d{1,2}:\d{2}))?/) ?? [];
  if (!year) return { day: null, time: '' };
  const given = [year, month, day].map(Number);
  const found = given[0] >= 1700 ? Math.floor(Date.UTC(given[0], given[1] - 1, given[2]) / msPerDay) : given[1] <= 12 && given[2] <= 31 ? dayOf(...given) : null;
  return { day: found, time: time ?? '' };
}

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

class Calendar {
  constructor(button) {
    this.input = button.parentElement.querySelector('input');
    this.withTime = this.input.hasAttribute('data-time');
    this.popup = button.nextElementSibling;
    button.hidden = false;
    this.popup.addEventListener('beforetoggle', (event) => { if (event.newState === 'open') this.open(); });
    this.popup.addEventListener('toggle', (event) => { if (event.newState === 'open') this.focus(); });
    this.popup.addEventListener('keydown', (event) => this.press(event));
    this.popup.addEventListener('click', (event) => this.click(event.target.closest('button')));
    this.popup.addEventListener('change', (event) => { event.stopPropagation(); this.write(); });
    this.popup.addEventListener('input', (event) => event.stopPropagation());
    this.input.addEventListener('keydown', (event) => { if (event.key === 'ArrowDown' && !button.hidden) { event.preventDefault(); button.click(); } });
  }

  open() {
    const { day, time } = read(this.input.value);
    this.chosen = day;
    this.draw(day ?? today(), time);
  }

  draw(at, time = this.time?.value ?? '') {
    this.at = at;
    const [year, month, dayOfMonth] = parts(at);
    const first = at - dayOfMonth + 1;
    const step = (months, word, sign) => element('button', { type: 'button', class: 'btn btn-icon btn-sm btn-ghost-secondary', 'data-months': months, 'aria-label': word, title: word }, sign);
    // these signs turn round where the writing runs from the right
    const head = element('div', { class: 'crm-jalali-head' }, step(-12, texts.previousYear, '«'), step(-1, texts.previousMonth, '‹'),
      element('strong', { 'aria-live': 'polite' }, `${monthWord.format(dateOf(at))} ${shape(year)}`), step(1, texts.nextMonth, '›'), step(12, texts.nextYear, '»'));
    const week = element('tr', {}, ...aWeek.map((i) => element('th', { scope: 'col', abbr: weekdayWord.format(dateOf(i + 2)) }, weekdayLetter.format(dateOf(i + 2)))));
    const body = element('tbody');
    for (let day = first - weekday(first); parts(day)[1] === month || day < first; day += 7) body.append(element('tr', {}, ...aWeek.map((i) => this.cell(day + i, month))));
    const foot = element('div', { class: 'crm-jalali-foot' }, element('button', { type: 'button', class: 'btn btn-sm crm-btn', 'data-day': today() }, texts.today));
    if (this.withTime) foot.prepend(element('label', {}, texts.time, ' ', this.time = element('input', { type: 'text', inputmode: 'numeric', dir: 'ltr', class: 'form-control', maxlength: '5', value: shape(time) })));
    this.popup.replaceChildren(head, element('table', { role: 'grid', 'aria-label': `${monthWord.format(dateOf(at))} ${shape(year)}` }, element('thead', {}, week), body), foot);
  }

  cell(day, month) {
    const [year, ofMonth, number] = parts(day);
    if (ofMonth !== month) return element('td', { role: 'gridcell' });
    const button = element('button', { type: 'button', 'data-day': day, tabindex: day === this.at ? 0 : -1, 'aria-label': `${weekdayWord.format(dateOf(day))} ${shape(number)} ${monthWord.format(dateOf(day))} ${shape(year)}` }, shape(number));
    if (day === today()) button.setAttribute('aria-current', 'date');
    return element('td', { role: 'gridcell', 'aria-selected': String(day === this.chosen) }, button);
  }

  focus() { this.popup.querySelector('table [tabindex="0"]').focus({ preventScroll: true }); }

  press(event) {
    if (event.target === this.time && event.key === 'Enter') { event.preventDefault(); this.write(); this.popup.hidePopover(); this.input.focus(); }
    if (!event.target.matches('table button')) return;
    const { at } = this;
    const to = { ArrowLeft: at + 1, ArrowRight: at - 1, ArrowUp: at - 7, ArrowDown: at + 7, Home: at - weekday(at), End: at - weekday(at) + 6,
      PageUp: () => moved(at, event.shiftKey ? -12 : -1), PageDown: () => moved(at, event.shiftKey ? 12 : 1) }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.draw(typeof to === 'function' ? to() : to);
    this.focus();
  }

  click(button) {
    if (button?.dataset.months) {
      this.draw(moved(this.at, Number(button.dataset.months)));
      this.popup.querySelector(`[data-months="${button.dataset.months}"]`).focus();
    } else if (button) {
      this.chosen = Number(button.dataset.day);
      this.write();
      this.popup.hidePopover();
      this.input.focus();
    }
  }

  write() {
    if (this.chosen === null) this.chosen = today();
    const [year, month, day] = parts(this.chosen);
    const [, hour, minute] = latin(this.time?.value ?? '').match(/^(\d{1,2})\D?(\d{2})$/) ?? [];
    const now = new Date();
    const time = this.withTime ? ` ${shape(hour ?? now.getHours(), 2)}:${shape(minute ?? now.getMinutes(), 2)}` : '';
    this.input.value = `${shape(year, 4)}/${shape(month, 2)}/${shape(day, 2)}${time}`;
    for (const name of ['input', 'change']) this.input.dispatchEvent(new Event(name, { bubbles: true }));
  }
}

export function fill(root) {
  for (const button of root.querySelectorAll('[data-calendar][hidden]')) new Calendar(button);
}
