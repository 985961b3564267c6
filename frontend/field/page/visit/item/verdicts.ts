// Conforms, deducted, not applicable: three big buttons under the thumb. A veto item asks before it fails everything.
import { fill, h, icon } from '../../dom.ts';
import type { Verdict } from '../../../scoring/values.ts';
import { confirmed } from '../dialogs.ts';
import { judged, rulesToTap, vetoes } from '../model/draft.ts';
import type { Whole } from '../model/draft.ts';
import { VERDICTS } from '../model/words.ts';
import type { Item, Region } from './screen.ts';

const SYMBOLS: Readonly<Record<Verdict, string>> = { conforms: 'check', deducted: 'minus', not_applicable: 'ban' };

export function verdicts(item: Item): Region {
  const node = h('div', { class: 'verdicts', role: 'group', 'aria-label': '结论' });
  const buttons = (Object.keys(VERDICTS) as Verdict[]).map((verdict) => made(item, verdict));
  const draw = () => buttons.forEach(({ button, verdict }) => {
    const shown = item.answering.choosing ? 'deducted' : item.answering.kept?.verdict;
    button.setAttribute('aria-pressed', String(shown === verdict));
    button.setAttribute('aria-disabled', String(Boolean(item.locked)));
  });
  fill(node, buttons.map((each) => each.button));
  node.addEventListener('keydown', (event) => byKey(event, buttons.map((each) => each.button)));
  return { node, draw };
}

function made(item: Item, verdict: Verdict) {
  const named = verdict === 'deducted' && !rulesToTap(item.line.item).length ? '不符合' : VERDICTS[verdict];
  const button = h('button', { type: 'button', class: `tap verdict verdict-${verdict}` }, icon(SYMBOLS[verdict]), named);
  button.addEventListener('click', () => void tapped(item, verdict));
  return { button, verdict };
}

/** While the group has the focus: 1, 2, 3. */
function byKey(event: KeyboardEvent, buttons: readonly HTMLElement[]): void {
  const chosen = buttons[Number(event.key) - 1];
  if (!chosen || event.ctrlKey || event.altKey || event.metaKey) return;
  chosen.focus();
  chosen.click();
}

async function tapped(item: Item, verdict: Verdict): Promise<void> {
  if (item.locked) { item.context.say(item.locked); return; }
  const { answering, line } = item;
  const wish = judged(line.item, answering.wish, verdict);
  if (wish) { await given(item, wish); return; }
  answering.choose();
  document.getElementById('rules')?.scrollIntoView({ block: 'start' });
}

/** Every way to an answer leads here. */
export async function given(item: Item, wish: Whole | null): Promise<void> {
  const { answering, desk, line } = item;
  const scheme = desk.book.book.scheme;
  const fresh = vetoes(scheme, line, wish) && !vetoes(scheme, line, answering.kept);
  if (fresh && !(await confirmed('这是达标否决项', '判为不符合，本次就不予通过。请核对现场情况，拍照并写明。', '确认不符合', 'danger'))) { answering.reread(); item.again(); return; }
  await answering.give(wish);
}
