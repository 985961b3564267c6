// The desk of each visit, made once an engine: moving from item to item reads nothing anew.
import type { Engine } from '../../engine/engine.ts';
import type { Context } from '../screen.ts';
import { Desk } from './model/desk.ts';

const DESKS = new WeakMap<Engine, Map<string, Desk>>();

/** null: not taken along. `fresh`: look whether the packet or what was handed over is another by now. */
export async function deskOf(context: Context, visit: string, fresh: boolean): Promise<Desk | null> {
  const mine = DESKS.get(context.engine) ?? new Map<string, Desk>();
  DESKS.set(context.engine, mine);
  const had = mine.get(visit);
  if (had && (!fresh || (await had.reload()))) return had;
  const made = await Desk.open(context, visit);
  if (made) mine.set(visit, made);
  return made;
}
