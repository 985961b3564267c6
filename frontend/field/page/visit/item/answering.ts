// One answer being given: what the person wishes, what is kept, and the one at a time between them.
import type { Context } from '../../screen.ts';
import { keep } from '../keeping.ts';
import type { Desk } from '../model/desk.ts';
import { same, whole } from '../model/draft.ts';
import type { Whole } from '../model/draft.ts';
import * as places from '../places.ts';
import type { Line } from '../../../scoring/rulebook.ts';

export type Saving = 'none' | 'saving' | 'kept' | 'failed';

export class Answering {
  wish: Whole | null; // as it should be; what is shown as given is what the desk says
  choosing = false; // 扣分 was tapped, and no rule yet
  saving: Saving = 'none';
  private under = 0;

  constructor(private readonly context: Context, readonly desk: Desk, readonly line: Line, private readonly changed: () => void, private readonly begun: () => void) {
    this.wish = this.kept;
  }

  get kept(): Whole | null {
    return whole(this.desk.line(this.line.key).answer);
  }

  /** Kept before it is shown as given; until then only “正在存” is drawn anew: nothing else is another. null takes the answer back. */
  async give(wish: Whole | null): Promise<boolean> {
    this.wish = wish;
    this.choosing = false;
    if (!this.under && same(wish, this.kept)) { this.changed(); return true; }
    this.saving = 'saving';
    this.under += 1;
    const keeping = keep(this.context, this.desk, () => this.act(wish));
    this.begun();
    const held = await keeping;
    this.under -= 1;
    if (!held) this.wish = this.kept;
    this.saving = this.under ? 'saving' : held ? 'kept' : 'failed';
    this.changed();
    return held !== null;
  }

  /** Rules are shown to choose from; nothing is kept yet. */
  choose(): void {
    this.choosing = true;
    this.changed();
  }

  /** The desk has read anew what the server says. */
  reread(): void {
    if (!this.under) this.wish = this.kept;
  }

  private act(wish: Whole | null) {
    const { key } = this.line;
    const more = { based_on: this.desk.line(key).version, where: places.recent() };
    if (!wish) return { act: 'sheets.retract_answer@1', input: { line: key }, ...more };
    return { act: 'sheets.record_answer@1', input: { line: key, answer: { ...wish } }, ...more };
  }
}
