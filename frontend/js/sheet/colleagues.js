// What others did meanwhile: their answers drawn, their places shown, the page left when the sheet has ended.
import { toast } from '../toast.js';
import { words } from './words.js';

const READING = 2500; // milliseconds to read that the sheet has ended
const WRITING = 'textarea:focus, input[type="text"]:focus, input:not([type]):focus';
const LISTS = ['[data-lines]', '[data-elements]', '[data-score]'];

/** createColleagues(sheet): `heard` takes what the pulse brings. */
export function createColleagues(sheet) {
  const { page, holder, lists, pane, drafts } = sheet;

  async function heard(data) {
    lists.state.here = data.present;
    if (data.state !== 'open' && page.querySelector('[data-missing]')) {
      toast(data.state === 'closed' ? words.closed : words.abandoned, { kind: 'warn' });
      setTimeout(() => location.assign(page.dataset.page), READING);
    }
    if (data.afresh) await afresh();
    else sheet.apply(data, '');
    lists.draw();
    for (const line of Object.keys(data.versions ?? {})) pane.forget(line);
    overtaken(data);
  }

  // A colleague saved the item that is open here: shown at once, unless something is being typed into it.
  function overtaken(data) {
    const line = sheet.here();
    const newer = data.versions?.[line];
    const busy = drafts.load(line) || holder.querySelector(WRITING);
    if (newer === undefined || newer === Number(sheet.form.pane().dataset.version) || busy) return;
    sheet.open(line, { focus: '', view: sheet.panes.dataset.view });
    toast(words.changedBy(data.by[line]));
  }

  /** More than answers changed (parts, rules): the lists are fetched whole, what is typed stays. */
  async function afresh() {
    const response = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const name of LISTS) {
      const part = fresh.querySelector(name);
      if (part) page.querySelector(name).replaceChildren(...part.childNodes);
    }
    lists.gather();
    lists.select(sheet.here());
    pane.forgetAll();
    if (!drafts.load(sheet.here())) await sheet.open(sheet.here(), { focus: '', view: sheet.panes.dataset.view });
  }

  return { heard };
}
