// Recording what somebody does: durable first, then shown; what could not be kept is said, in words that help.
import type { Done } from '../../engine/recording.ts';
import type { Held } from '../../engine/shelf.ts';
import type { Context } from '../screen.ts';
import type { Desk } from './model/desk.ts';

export type Doing = Omit<Done, 'visit'>;

/** null: nothing of it was kept, and the person knows. `make` is asked when it is its turn: what came before is in. */
export async function keep(context: Context, desk: Desk, make: () => Doing): Promise<Held | null> {
  try {
    return await desk.next(make);
  } catch (error) {
    context.say(words(error), 'bad');
    return null;
  }
}

export function words(error: unknown): string {
  return full(error) ? '本机存储空间已满，这一项没有存下。请先送达，或者删去本机其他内容，再做一次。' : '这一项没有存下，请再做一次。仍不行时请在回执页导出。';
}

function full(error: unknown): boolean {
  const { name, inner, message } = (error ?? {}) as { name?: string; inner?: { name?: string }; message?: string };
  return [name, inner?.name, message].some((each) => each?.includes('QuotaExceeded'));
}

/** The device's clock set right by the last contact. */
export function corrected(context: Context): number {
  return context.now() + (context.engine.shelf.meta.contact?.offset ?? 0);
}
