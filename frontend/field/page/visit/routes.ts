// The screens within one visit: `#/visit/<key>` and everything below.
import type { Context, Routes, Shown } from '../screen.ts';
import { closing } from './closing/screen.ts';
import { deskOf } from './desks.ts';
import { handing } from './handing/screen.ts';
import { home } from './home/screen.ts';
import { item } from './item/screen.ts';
import { list } from './list/screen.ts';
import type { Desk } from './model/desk.ts';
import { opening } from './opening/screen.ts';
import { at, nothingHere } from './parts.ts';
import * as places from './places.ts';
import { records } from './records/screen.ts';
import { summary } from './summary/screen.ts';

type Part = (context: Context, desk: Desk, args: readonly string[]) => Shown | Promise<Shown>;

const PARTS: Readonly<Record<string, Part>> = { '': home, list, item, handing, opening, closing, summary, records };

export const VISIT: Routes = { visit };

async function visit(context: Context, [key = '', part = '', ...args]: string[]): Promise<Shown> {
  const show = Object.hasOwn(PARTS, part) ? PARTS[part]! : home;
  const desk = await deskOf(context, key, part !== 'item');
  if (!desk) return { title: '现场', back: '#/', node: nothingHere(context, key) };
  void places.goOn();
  const shown = await show(context, desk, args);
  return { back: part ? at(desk) : '#/', ...shown };
}
