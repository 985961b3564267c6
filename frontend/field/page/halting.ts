// Why the server did not do what was asked, in words that lead on. Pure.
import { Halt } from '../engine/asking.ts';

export const NO_SIGNAL = '没有连上系统，请在有信号的地方再试。';

/** What it says itself (maintenance, too many, too old) goes before our guess: that it was not reached at all. */
export function haltWords(halt: Halt, unreached = NO_SIGNAL): string {
  const said = halt.message === halt.state ? '' : halt.message;
  return said || (halt.state === 'maintenance' ? '系统正在维护，请稍后再试。' : unreached);
}
