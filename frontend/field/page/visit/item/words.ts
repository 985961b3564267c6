// What was found, in words: a plain field that dictation writes into, kept as it grows, with phrases to tap.
import { button, field, fill, h } from '../../dom.ts';
import { worded } from '../model/draft.ts';
import type { Whole } from '../model/draft.ts';
import { added, phrases } from '../model/phrases.ts';
import type { Item, Region } from './screen.ts';

const PAUSE = 900; // ms without a key: somebody stopped to think
const MOST = 4000;

export function words(item: Item): Region {
  const input = h('textarea', { rows: 3, maxlength: MOST, autocomplete: 'off', enterkeyhint: 'done' });
  const label = h('span', {});
  const typed = new Typed(item, input);
  const chips = h('div', { class: 'chips phrases', role: 'group', 'aria-label': '常用语' });
  const box = field('', input, '可以用输入法的语音输入。停下来就自动存。');
  box.querySelector('label')!.append(label);
  const node = h('section', { class: 'words' }, box, chips);
  const draw = () => {
    fill(label, item.answering.kept?.verdict === 'not_applicable' ? '不涉及的理由' : '现场情况');
    input.readOnly = Boolean(item.locked);
    typed.show();
    fill(chips, item.locked ? null : offered(item).map((phrase) => button(phrase, () => typed.add(phrase))));
  };
  return { node, draw, close: () => typed.close() };
}

/** What was said here before to the same end: by colleagues, on an earlier sheet, by us and then changed. */
function offered({ desk, line, answering }: Item): string[] {
  const now = answering.choosing ? { verdict: 'deducted' as const } : answering.kept;
  const own = desk.acts.map((held) => held.act.input as { line?: string; answer?: Whole }).filter((input) => input.line === line.key).map((input) => input.answer).reverse();
  const before = [...own, desk.packet.answers[line.key]].filter((each) => each?.verdict === now?.verdict);
  const shown = phrases(line, now, before.map((each) => (now?.verdict === 'not_applicable' ? each?.reason : each?.words) ?? ''));
  return shown.filter((phrase) => !valueOf(answering.wish).includes(phrase));
}

function valueOf(answer: Item['answering']['wish']): string {
  return (answer?.verdict === 'not_applicable' ? answer.reason : answer?.words) ?? '';
}

/** Typed words are kept with the answer; before there is one they wait for it. */
class Typed {
  private timer: ReturnType<typeof setTimeout> | undefined;
  constructor(private readonly item: Item, private readonly input: HTMLTextAreaElement) {
    input.addEventListener('input', () => this.later());
    input.addEventListener('blur', () => void this.keep());
  }

  show(): void {
    const { answering } = this.item;
    if (this.waiting && answering.kept && answering.saving !== 'saving') void this.given(this.waiting);
    else if (document.activeElement !== this.input && !this.timer) this.input.value = this.waiting || valueOf(answering.kept);
  }

  add(phrase: string): Promise<void> {
    this.input.value = added(this.input.value, phrase);
    return this.keep();
  }

  async close(): Promise<void> {
    await this.keep();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), PAUSE);
  }

  private async keep(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { answering, locked } = this.item;
    if (locked || this.input.value === valueOf(answering.wish)) return;
    if (!answering.wish) { this.waiting = this.input.value; this.item.context.say('先选结论，文字随结论一起存。'); return; }
    await this.given(this.input.value);
  }

  private async given(text: string): Promise<void> {
    const { answering } = this.item;
    const name = answering.wish!.verdict === 'not_applicable' ? 'reason' : 'words';
    this.waiting = '';
    await answering.give(worded(answering.wish!, name, text));
  }

  /** Words typed before a verdict: kept with the desk, so that going to another item does not lose them. */
  private get waiting(): string {
    return this.item.desk.drafts.get(this.item.line.key) ?? '';
  }

  private set waiting(text: string) {
    if (text) this.item.desk.drafts.set(this.item.line.key, text);
    else this.item.desk.drafts.delete(this.item.line.key);
  }
}
