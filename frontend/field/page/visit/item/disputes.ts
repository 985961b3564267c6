// What the server did not take, or stored otherwise: both sides, and what can be done about it.
import { button, fill, h } from '../../dom.ts';
import type { Held } from '../../../engine/shelf.ts';
import type { Answer } from '../../../scoring/values.ts';
import { lineOf } from '../model/desk.ts';
import { actWord, STANDING, VERDICTS, when } from '../model/words.ts';
import { keep } from '../keeping.ts';
import type { Item, Region } from './screen.ts';

const ANSWERS = /^sheets\.(record|retract)_answer@/;
type Theirs = Partial<Answer> & { readonly by?: string; readonly done_at?: string };

export function disputes(item: Item): Region {
  const node = h('div', { class: 'disputes' });
  const draw = () => {
    const open = item.desk.open.filter((held) => lineOf(held) === item.line.key);
    const answers = open.filter((held) => ANSWERS.test(held.act.act));
    const others = open.filter((held) => !answers.includes(held));
    fill(node, [...answers.slice(-1).map((held) => dispute(item, held, answers)), ...others.map((held) => dispute(item, held, [held]))]);
  };
  return { node, draw };
}

/** The last answer given stands for those before it: they are `seen` together. */
function dispute(item: Item, held: Held, seen: readonly Held[]): HTMLElement {
  return h('section', { class: 'card dispute', 'aria-label': '与服务器上的不一致' },
    h('h2', {}, `${actWord(held.act.act)}：${held.differs.includes('digest') ? '服务器存下的与本机不同' : STANDING[held.state]}`),
    seen[0]?.text ? h('p', {}, seen[0].text) : null,
    h('div', { class: 'sides' }, side(item, '我的', ours(held), when(held.act.done_at)), held.state === 'conflict' ? side(item, '服务器上的', theirs(held), [theirs(held).by, when(theirs(held).done_at ?? '')].filter(Boolean).join(' ')) : null),
    h('div', { class: 'pair' }, ways(item, held, seen)));
}

function ours(held: Held): Theirs {
  const { answer, caption } = held.act.input as { answer?: Answer; caption?: string };
  return answer ?? (caption ? { words: caption } : {});
}

function theirs(held: Held): Theirs {
  return (held.theirs ?? {}) as Theirs;
}

function side({ line }: Item, name: string, said: Theirs, by: string): HTMLElement {
  const texts = new Map(line.item.rules.map((rule) => [rule.key, rule.text]));
  const counts = (said.deductions ?? []).map((each) => `${texts.get(each.rule) ?? each.rule} × ${each.count ?? 1}`).join('；');
  const verdict = said.verdict ? VERDICTS[said.verdict] ?? '' : '没有作答';
  return h('div', { class: 'side' }, h('h3', {}, name), h('p', { class: 'strong' }, verdict, counts && `：${counts}`), h('p', {}, said.words || said.reason || ''), h('p', { class: 'small muted' }, by));
}

function ways(item: Item, held: Held, seen: readonly Held[]): HTMLElement[] {
  const { answer } = held.act.input as { answer?: Answer };
  const done = async () => { for (const each of seen) await item.context.engine.saw(each.act.id); item.desk.recount(); item.answering.reread(); item.again(); void fresh(item); };
  if (!answer || item.locked) return [button('知道了', done)];
  const again = async () => { if (await resend(item, held, answer)) await done(); };
  return held.state === 'conflict' ? [button('保留服务器上的', done), button('改用我的', again, 'primary')] : [button('知道了', done), button('再次提交', again, 'primary')];
}

/** What stands on the server comes at once, where there is a signal: the next act is based on it. */
async function fresh(item: Item): Promise<void> {
  await item.context.engine.fetch(item.desk.visit).catch(() => null);
  await item.desk.reload();
  item.answering.reread();
  item.again();
}

/** A person decides by a new act, based on what stands there now. */
async function resend({ context, desk, line }: Item, held: Held, answer: Answer): Promise<boolean> {
  const based_on = held.state === 'conflict' ? held.version : desk.line(line.key).version;
  return (await keep(context, desk, () => ({ act: 'sheets.record_answer@1', input: { line: line.key, answer }, based_on }))) !== null;
}
