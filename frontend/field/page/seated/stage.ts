// One screen at a time, by the hash. A screen that goes may keep what is typed first.
import { fill, h } from '../dom.ts';
import { route } from '../routes.ts';
import type { Context, Routes, Shown } from '../screen.ts';

const PATIENCE = 2000;

export class Stage {
  readonly node = h('div', { class: 'stage' });
  private shown: Shown | null = null;
  private turn = 0;

  constructor(private readonly context: Context, private readonly routes: Routes) {}

  /** The screen of a hash; null where another was asked for meanwhile. */
  async show(hash: string): Promise<Shown | null> {
    const turn = (this.turn += 1);
    await this.clear();
    const { screen, args } = route(hash, this.routes);
    const shown = await Promise.resolve(screen(this.context, args)).catch((error: unknown) => broken(error));
    if (turn !== this.turn) {
      await shown.close?.();
      return null;
    }
    this.shown = shown;
    fill(this.node, shown.node);
    return shown;
  }

  refresh(): void {
    this.shown?.refresh?.();
  }

  /** Closes what is shown, and waits for it, but not for ever. */
  async clear(): Promise<void> {
    const { shown } = this;
    this.shown = null;
    const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([Promise.resolve(shown?.close?.()).catch(() => {}), late]);
  }
}

/** A screen that cannot be shown takes nothing with it: what was recorded lies in the store. */
function broken(error: unknown): Shown {
  const words = error instanceof Error ? error.message : String(error);
  return { title: '没有打开', node: h('main', { class: 'screen' }, h('p', { class: 'notice notice-bad' }, `这一页没有打开（${words}）。您记录的内容都在，请返回再试。`)) };
}
