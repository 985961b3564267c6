// What goes from device to device: hand-over of elements, and the export as a last resort.
import { describe, expect, test } from 'vitest';
import { parts } from '../digests/sheet.ts';
import type { SheetRecord } from '../digests/sheet.ts';
import { canonical } from '../digests/canonical.ts';
import { digest, hex } from '../digests/sha256.ts';
import { exported, imported } from '../engine/exported.ts';
import { handover, merge } from '../engine/handover.ts';
import type { Ours } from '../engine/handover.ts';
import { record } from '../engine/recording.ts';
import { Shelf } from '../engine/shelf.ts';
import { rulebook } from '../scoring/rulebook.ts';
import { Chance } from './model/chance.ts';
import { Disk } from './model/disk.ts';

const BOOK = rulebook({
  title: '示例标准', number: 'SL-1', elements: [{ key: 'a', title: '甲' }, { key: 'b', title: '乙' }],
  items: ['1', '2', '3'].map((key) => ({ key, element: key === '3' ? 'b' : 'a', number: key, requirement: '示例', method: '', points: 1000 })),
});
const PICTURE = Uint8Array.from([7, 8, 9]);
const SHA = hex(PICTURE);

let serial = 0;
function shelf(disk = new Disk()): Promise<Shelf> {
  return Shelf.open(disk.store(async (perform) => perform()), () => `device-${(serial += 1)}`);
}

function said(by: string, words: string, picture = false): SheetRecord {
  return { answer: { verdict: 'conforms', words }, by, done_at: '2026-03-16T01:02:03.000000Z', pictures: picture ? [{ digest: SHA, words: '东门' }] : [] };
}

function ours(records: [string, SheetRecord][], written: string[] = []): Ours {
  return { visit: 'review-1', number: 3, digest: 'sha256:b', book: BOOK, records: new Map(records), written: new Set(written), versions: new Map([['1', 2]]) };
}

async function colleague(): Promise<[Shelf, Ours]> {
  const theirs = await shelf();
  await theirs.write([{ kind: 'bytes', key: SHA, value: PICTURE }]);
  return [theirs, ours([['1', said('示例甲', '有', true)], ['3', said('示例甲', '无')]], ['a', 'b'])];
}

describe('hand-over', () => {
  test('merges what only the colleague wrote, pictures and all, so that both hold the same parts', async () => {
    const [theirs, have] = await colleague();
    const mine = await shelf();
    const file = JSON.parse(JSON.stringify(await handover(theirs, have, '示例甲', ['a'])));
    expect(await merge(mine, ours([['3', said('示例乙', '有')]], ['b']), file)).toEqual([{ element: 'a', outcome: 'merged' }]);
    const kept = (await mine.get('handed', 'review-1/a')) as { records: Record<string, SheetRecord> };
    expect(parts(BOOK, new Map(Object.entries(kept.records)))[0]).toEqual(parts(BOOK, have.records)[0]);
    expect(await mine.bytes(SHA)).toEqual(PICTURE);
  });

  test('shows, and does not merge, what both have written on', async () => {
    const [theirs, have] = await colleague();
    const mine = await shelf();
    const file = await handover(theirs, have, '示例甲', ['a', 'b']);
    const merged = await merge(mine, ours([['3', said('示例乙', '有')]], ['b']), file);
    expect(merged).toEqual([{ element: 'a', outcome: 'merged' }, { element: 'b', outcome: 'both' }]);
    expect(await mine.get('handed', 'review-1/b')).toBeUndefined();
  });

  test('leaves alone what is the same, and refuses what was altered or belongs elsewhere', async () => {
    const [theirs, have] = await colleague();
    const mine = await shelf();
    const file = await handover(theirs, have, '示例甲', ['a']);
    expect(await merge(mine, have, file)).toEqual([{ element: 'a', outcome: 'same' }]);
    const altered = structuredClone(file) as unknown as { elements: { records: Record<string, { by: string }> }[] };
    altered.elements[0]!.records['1']!.by = '示例丙';
    expect(await merge(mine, ours([]), altered as never)).toEqual([{ element: 'a', outcome: 'damaged' }]);
    expect(await merge(mine, ours([]), { ...file, pictures: { [SHA]: btoa('other') } })).toEqual([{ element: 'a', outcome: 'damaged' }]);
    await expect(merge(mine, ours([]), { ...file, visit: 'review-2' })).rejects.toThrow(RangeError);
    await expect(merge(mine, ours([]), { ...file, book: 'sha256:c' })).rejects.toThrow(RangeError);
    expect(mine.acts.size + mine.pictures.size).toBe(0);
  });
});

describe('what was handed over before', () => {
  const later = (words: string): Ours => ours([['1', said('示例甲', words, true)]], ['a']);

  test('is not taken back by an older file of the same device', async () => {
    const [theirs, have] = await colleague();
    const mine = await shelf();
    const old = await handover(theirs, have, '示例甲', ['a']);
    await theirs.write([{ kind: 'meta', key: 'order', value: 9 }]);
    await merge(mine, ours([]), await handover(theirs, later('又查'), '示例甲', ['a']));
    expect(await merge(mine, ours([]), old)).toEqual([{ element: 'a', outcome: 'older' }]);
    expect(((await mine.get('handed', 'review-1/a')) as { records: Record<string, SheetRecord> }).records['1']!.answer.words).toBe('又查');
  });

  test('stands beside what a third person says otherwise: shown, not merged', async () => {
    const [theirs, have] = await colleague();
    const [mine, third] = [await shelf(), await shelf()];
    await merge(mine, ours([]), await handover(theirs, have, '示例甲', ['a']));
    const other = await handover(third, ours([['2', said('示例丙', '无')]], ['a']), '示例丙', ['a']);
    expect(await merge(mine, ours([]), other)).toEqual([{ element: 'a', outcome: 'both' }]);
    expect(Object.keys(((await mine.get('handed', 'review-1/a')) as { records: object }).records)).toEqual(['1']);
  });

  test('goes on to the next device with the acts a closing has to wait for', async () => {
    const [theirs, have] = await colleague();
    const mine = await shelf();
    const file = await handover(theirs, have, '示例甲', ['a']);
    const { digest: _, pictures: __, ...told } = file;
    const waiting = { ...told, acts: ['id-of-theirs'] };
    await merge(mine, ours([]), { ...waiting, digest: digest(canonical(waiting as never)), pictures: file.pictures });
    expect((await handover(mine, have, '示例乙', ['a'])).acts).toEqual(['id-of-theirs']);
  });

  test.each(['by', 'acts', 'order', 'elements'])('is refused where %s is not as it was made', async (name) => {
    const [theirs, have] = await colleague();
    const mine = await shelf();
    const file = await handover(theirs, have, '示例甲', ['a']);
    const other = { by: '示例丙', acts: ['x'], order: 99, elements: [null] }[name];
    expect((await merge(mine, ours([]), { ...file, [name]: other } as never)).map((each) => each.outcome)).toEqual(['damaged']);
    expect(await mine.get('handed', 'review-1/a')).toBeUndefined();
  });
});

describe('the export', () => {
  const chance = new Chance(3);
  const ports = { now: () => 0, steady: () => 0, uuid: () => `id-${(serial += 1)}` } as never;
  const attach = { act: 'sheets.attach_picture@1', visit: 'review-1', input: { line: '1', picture: SHA, caption: '' }, pictures: [PICTURE] };

  async function holding(): Promise<Shelf> {
    const first = await shelf();
    await record(ports, first, 'o', attach);
    await record(ports, first, 'o', { act: 'field.arrive@1', visit: 'review-1', input: { remark: '到达' } });
    return first;
  }

  test('taken in elsewhere has the same acts, to be delivered from there as from the first device', async () => {
    const first = await holding();
    const other = await shelf();
    const file = JSON.parse(JSON.stringify(await exported(first, 1)));
    expect(await imported(other, 1, file)).toEqual({ taken: 2, had: 0, damaged: [] });
    expect(other.queue().map((held) => [held.act, held.device, held.needs])).toEqual(first.queue().map((held) => [held.act, held.device, held.needs]));
    expect(await other.bytes(SHA)).toEqual(PICTURE);
    expect(await imported(other, 1, file)).toEqual({ taken: 0, had: 2, damaged: [] });
  });

  test('is refused where a word of it is not as it was written', async () => {
    const text = JSON.stringify(await exported(await holding(), 1)).replace('到达', '离开');
    await expect(imported(await shelf(), 1, JSON.parse(text))).rejects.toThrow(RangeError);
  });

  test('is its owner\'s alone, and names what is damaged in it', async () => {
    const file = await exported(await holding(), 1);
    await expect(imported(await shelf(), 2, file)).rejects.toThrow(RangeError);
    const result = await imported(await shelf(), 1, { ...file, pictures: { [SHA]: btoa(String(chance.below(9))) } });
    expect([result.taken, result.damaged.length]).toEqual([1, 1]);
  });
});
