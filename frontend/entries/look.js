// Everything every page needs. Each concern looks for its own data-attributes and does nothing without them.
import { startConfirm } from '../js/confirm.js';
import { startDisplay } from '../js/display.js';
import { startDrafts } from '../js/draft.js';
import { startDrop } from '../js/drop.js';
import { startForms } from '../js/forms.js';
import { startKeys } from '../js/keys.js';
import { startLeave } from '../js/leave.js';
import { startMenus } from '../js/menus.js';
import { startPanel } from '../js/panel.js';
import { startRefusal } from '../js/refusal.js';
import { startToasts } from '../js/toast.js';

startDisplay();
startMenus();
startForms();
startConfirm();
startDrafts();
startLeave();
startPanel();
startRefusal();
startToasts();
startDrop();
startKeys();
