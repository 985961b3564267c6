// The sheet's page put together: lists, pane, form, saving, colleagues, pictures, keys.
import { toast } from '../toast.js';
import { createActs } from './acts.js';
import { patience, store } from './browser.js';
import { createColleagues } from './colleagues.js';
import { createConflicts } from './conflicts.js';
import { createDrafts } from './drafts.js';
import { startForm } from './form.js';
import { tellHistory } from './history.js';
import { bindKeys } from './keys.js';
import { createLists } from './lists.js';
import { neighbour } from './order.js';
import { createPane } from './pane.js';
import { startPictures } from './pictures.js';
import { startPulse } from './pulse.js';
import { createSaver } from './saver.js';
import { createShowing } from './showing.js';
import { createSign } from './sign.js';
import { postJson } from './wire.js';
import { words } from './words.js';

/** Every part knows the sheet and, through it, the others; nothing is called before all of them stand. */
export function startSheet(page) {
  const holder = page.querySelector('[data-item]');
  const panes = page.querySelector('[data-panes]');
  const sheet = { page, holder, panes };
  sheet.here = () => sheet.form.pane()?.dataset.line ?? '';
  sheet.address = (line, act) => `${page.dataset.page}lines/${encodeURIComponent(line)}/${act}/`;
  sheet.lists = createLists(page);
  sheet.pane = createPane(page, holder);
  sheet.drafts = createDrafts(store(), page.dataset.me, page.dataset.sheet);
  sheet.sign = createSign(page);
  sheet.conflicts = createConflicts(sheet);
  sheet.saver = createSaver({
    drafts: sheet.drafts,
    wait: patience,
    post: (line, answer, version) => postJson(sheet.address(line, 'answer'), { ...answer, version }),
    told: {
      saved: (line, data) => sheet.saved(line, data),
      conflict: sheet.conflicts.found,
      refused: (line, text) => refused(sheet, line, text),
      signedOut: sheet.sign.signedOut,
      state: (name, waiting) => sheet.sign.show(name, waiting, sheet.saver.conflicts.size),
    },
  });
  sheet.form = startForm({ holder, saver: sheet.saver, drafts: sheet.drafts });
  Object.assign(sheet, createShowing(sheet));
  sheet.pulse = startPulse({ url: page.dataset.pulse, since: page.dataset.since, line: sheet.here, told: createColleagues(sheet).heard });
  startPictures({ holder, restore: page.dataset.restore, changed: sheet.pictured });
  listen(sheet);
  settle(sheet);
}

function refused(sheet, line, text) {
  if (line === sheet.here()) sheet.form.hint(words.refusedPrefix + text, true);
  else toast(`${line} ${words.refusedPrefix}${text}`, { kind: 'bad', undo: () => sheet.open(line), undoLabel: line });
}

function listen(sheet) {
  const { page, holder, form } = sheet;
  const acts = createActs(sheet);
  document.addEventListener('click', acts.tapped);
  holder.addEventListener('toggle', (event) => tellHistory(event.target), true);
  window.addEventListener('pagehide', form.flush);
  window.addEventListener('beforeunload', (event) => {
    form.flush();
    if (sheet.saver.waiting && sheet.sign.stuck) event.preventDefault();
  });
  bindKeys({ page, holder, turn: acts.turn, nextOpen: acts.nextOpen, verdict: form.verdict });
}

/** What the server drew becomes the open item; what could not be delivered before is sent now. */
function settle({ lists, saver, form, pane, here }) {
  lists.state.element = lists.state.byKey.get(here())?.element ?? '*';
  lists.select(here());
  saver.resume();
  form.enter();
  pane.ahead([neighbour(lists.state.rows, here(), 1)?.key]);
}
