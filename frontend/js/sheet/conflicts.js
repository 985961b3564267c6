// Two people saved one item: both answers are shown, and nobody's word is lost.
import { toast } from '../toast.js';
import { merge } from './answers.js';
import { words } from './words.js';

const TYPING = 'textarea:focus, input:focus:not([type="radio"]):not([type="checkbox"])';

/** createConflicts(sheet): what is said of an item's conflict, and the three ways out of it. */
export function createConflicts(sheet) {
  const { holder, lists, pane, drafts } = sheet;

  function found(line) {
    lists.state.byKey.get(line)?.li.classList.add('has-conflict');
    if (line === sheet.here()) show();
    else toast(words.conflict(sheet.saver.conflicts.size), { kind: 'bad', undo: () => sheet.open(line), undoLabel: line });
  }

  function show() {
    const data = sheet.saver.conflicts.get(sheet.here());
    const place = holder.querySelector('[data-conflict]');
    if (!place) return;
    const before = place.firstElementChild;
    place.innerHTML = data?.conflict ?? '';
    // Somebody in the middle of a word keeps their place; the box announces itself.
    if (!before && !holder.querySelector(TYPING)) place.firstElementChild?.focus();
  }

  async function resolve(how) {
    const line = sheet.here();
    if (how === 'theirs') return adopt(line);
    const mine = drafts.load(line).answer;
    const { theirs } = settle(line);
    return sheet.form.put(how === 'merge' ? merge(mine, theirs) : mine);
  }

  function settle(line) {
    const data = sheet.saver.resolve(line);
    lists.state.byKey.get(line)?.li.classList.remove('has-conflict');
    show();
    return data;
  }

  /** Give up what was typed here; only once what stands there has come. */
  async function adopt(line) {
    pane.forget(line);
    const html = await pane.fetched(line).catch(() => null);
    if (html === null || sheet.here() !== line) return toast(words.loadFailed, { kind: 'bad' });
    sheet.form.leave({ giveUp: true });
    settle(line);
    drafts.drop(line);
    pane.show(html);
    sheet.arrived(line, 'heading');
    return sheet.sign.show('saved', sheet.saver.waiting, sheet.saver.conflicts.size);
  }

  return { found, show, resolve };
}
