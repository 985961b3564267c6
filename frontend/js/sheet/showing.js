// Which item is open, and what the server said of it: opened, arrived at, saved, drawn.
import { toast } from '../toast.js';
import { neighbour } from './order.js';
import { words } from './words.js';

const PHONE = 768;

/** createShowing(sheet): `open` an item, and draw what comes back from the server. */
export function createShowing(sheet) {
  const { page, holder, panes, lists, pane, form } = sheet;
  let wanted = form.pane().dataset.line;

  async function open(line, { focus = 'heading', view = 'item' } = {}) {
    if (!line) return;
    form.flush();
    wanted = line;
    lists.select(line);
    panes.dataset.view = view;
    try {
      const html = await pane.fetched(line);
      if (wanted !== line) return;
      form.leave();
      pane.show(html);
    } catch {
      if (wanted !== line) return;
      form.resume();
      lists.select(sheet.here());
      toast(words.loadFailed, { kind: 'bad' });
      return;
    }
    arrived(line, focus);
  }

  function arrived(line, focus) {
    const url = new URL(location.href);
    url.searchParams.set('line', line);
    history.replaceState(null, '', url);
    form.enter();
    sheet.conflicts.show();
    if (focus === 'heading') holder.querySelector('#item-heading')?.focus({ preventScroll: true });
    if (focus === 'list') lists.state.byKey.get(line)?.li.querySelector('a').focus({ preventScroll: true });
    if (innerWidth < PHONE) scrollTo({ top: 0 });
    const near = [1, -1].map((step) => neighbour(lists.state.rows, line, step, lists.state.filter)?.key);
    pane.ahead(near);
  }

  function saved(line, data) {
    apply(data);
    sheet.sign.at(data.saved_at);
    pane.forget(line);
    if (line !== sheet.here()) return;
    form.acknowledged(data);
    form.hint('');
    sheet.conflicts.show();
    const button = holder.querySelector('[data-retract]');
    if (button) button.hidden = !data.version;
  }

  /** Draw what the server says: rows, figures, score, and for the open item what its answer leads to. */
  function apply(data, line = Object.keys(data.rows ?? {})[0]) {
    if (data.rows) lists.patch(data.rows);
    if (data.elements) lists.figures(data.elements);
    if (data.score) page.querySelector('[data-score]').innerHTML = data.score;
    const outcome = holder.querySelector('[data-outcome]');
    if (data.outcome && outcome && line === sheet.here()) outcome.innerHTML = data.outcome;
  }

  function pictured(line, data) {
    apply(data, line);
    pane.forget(line);
    const list = holder.querySelector('[data-pictures]');
    if (data.pictures !== undefined && list && line === sheet.here()) list.innerHTML = data.pictures;
  }

  return { open, arrived, saved, apply, pictured };
}
