// Every behaviour in a file of its own; a page works without any of them, only slower.
import './scripts/server.js';
import { start as theme } from './scripts/theme.js';
import { start as dialogs } from './scripts/dialogs.js';
import { start as menus } from './scripts/menus.js';
import { start as toasts } from './scripts/toasts.js';
import { start as shortcuts } from './scripts/shortcuts.js';
import { start as lists } from './scripts/lists.js';
import { start as filters } from './scripts/filters.js';
import { start as forms } from './scripts/forms.js';
import { start as sidebar } from './scripts/sidebar.js';
import { start as small } from './scripts/small.js';
import { start as answers } from './scripts/answers.js';
import { start as calendar } from './scripts/calendar.js';
import { start as palette } from './scripts/palette.js';
import { start as mentions } from './scripts/mentions.js';
import { start as pins } from './scripts/pins.js';
import { start as uploads } from './scripts/uploads.js';
import { start as cells, fill as pencils } from './scripts/cells.js';
import { start as order } from './scripts/order.js';
import { start as board } from './scripts/board.js';
import { start as rules } from './scripts/rules.js';
import { fill as pickers } from './scripts/pickers.js';
import { fill as fields } from './scripts/fields.js';
import { fill as calendars } from './scripts/jalali.js';

for (const start of [theme, dialogs, menus, toasts, shortcuts, lists, filters, forms, sidebar, small, answers, calendar, palette, pins, mentions, cells, uploads, order, board, rules]) start();

// what has to be done to elements themselves is done again in every part that arrives later
const fill = (root) => [pickers, fields, calendars, pencils].forEach((each) => each(root));
fill(document);
document.addEventListener('htmx:after:swap', (event) => fill(event.detail.ctx?.target?.isConnected ? event.detail.ctx.target : document));
