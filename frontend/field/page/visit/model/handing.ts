// Elements from one team member's device to another's, as a file; told element by element what became of them.
import { handover, merge } from '../../../engine/handover.ts';
import type { Handover, Merge, Ours } from '../../../engine/handover.ts';
import type { Shelf } from '../../../engine/shelf.ts';
import type { Desk } from './desk.ts';
import { lineOf } from './desk.ts';

export function ours(desk: Desk, me: string): Ours {
  const versions = new Map(Object.entries(desk.packet.answers).map(([line, each]) => [line, each.version]));
  return { visit: desk.visit, number: desk.packet.number, digest: desk.digest, book: desk.book, records: desk.records, written: written(desk, me), versions };
}

/** Elements on which there is something of our own, delivered or not. */
export function written(desk: Desk, me: string): Set<string> {
  const acts = desk.acts.filter((held) => held.state === 'queued' || held.state === 'stored').map(lineOf);
  const told = Object.entries(desk.packet.answers).filter(([, each]) => each.by === me).map(([line]) => line);
  return new Set([...acts, ...told].flatMap((line) => desk.book.byKey.get(line)?.outermost ?? []));
}

/** Those handed over unless told otherwise: mine where the work is divided, else those I wrote on. */
export function proposed(desk: Desk, me: string): string[] {
  const mine = desk.mine;
  const wrote = written(desk, me);
  return [...desk.book.extents.keys()].filter((key) => (mine?.size && !desk.me?.leads ? mine.has(key) : wrote.has(key)));
}

export async function made(shelf: Shelf, desk: Desk, me: string, elements: readonly string[]): Promise<string> {
  return JSON.stringify(await handover(shelf, ours(desk, me), me, elements));
}

export interface Taken {
  readonly by: string;
  readonly told: readonly (Merge & { readonly name: string; readonly words: string })[];
}

const WORDS: Readonly<Record<Merge['outcome'], string>> = {
  merged: '已接收', older: '本机已有对方更新的移交', same: '与本机相同', both: '两人都写过，没有合并', damaged: '文件在传送中损坏，没有接收',
};

/** RangeError, in words, where it is no file of this visit. */
export async function taken(shelf: Shelf, desk: Desk, me: string, text: string): Promise<Taken> {
  const file = read(text);
  const told = await merge(shelf, ours(desk, me), file);
  const names = new Map(desk.result.elements.map((each) => [each.key, each.name]));
  return { by: file.by, told: told.map((each) => ({ ...each, name: names.get(each.element) ?? '否决条件', words: WORDS[each.outcome] })) };
}

function read(text: string): Handover {
  try {
    const file = JSON.parse(text) as Handover;
    if (Array.isArray(file.elements) && typeof file.pictures === 'object') return { ...file, acts: file.acts ?? [] };
  } catch { /* said below */ }
  throw new RangeError('这不是移交文件，或者文件不完整，请让对方重新导出');
}

/** Lines on which the file says something else than stands here: shown where both wrote. */
export function apart(desk: Desk, text: string, element: string): { line: string; theirs: string; mine: string }[] {
  const handed = read(text).elements.find((each) => each.key === element);
  const lines = desk.book.lines.filter((line) => line.outermost === element).map((line) => line.key);
  return lines.flatMap((line) => {
    const [theirs, mine] = [said(handed?.records[line]), said(desk.records.get(line))];
    return theirs === mine ? [] : [{ line, theirs, mine }];
  });
}

function said(record: { readonly answer: { readonly verdict: string; readonly words?: string }; readonly by: string } | undefined): string {
  if (!record) return '未作答';
  const words: Record<string, string> = { conforms: '符合', deducted: '扣分', not_applicable: '不涉及' };
  return [words[record.answer.verdict], record.answer.words, `（${record.by}）`].filter(Boolean).join(' ');
}
