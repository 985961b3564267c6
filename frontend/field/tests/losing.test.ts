// A colleague's device that is gone for good: what is waited for and from whom, and the leader's way on.
import { describe, expect, test } from 'vitest';
import { hex } from '../digests/sha256.ts';
import type { Engine } from '../engine/engine.ts';
import { Desk } from '../page/visit/model/desk.ts';
import { made, taken as takenIn } from '../page/visit/model/handing.ts';
import { awaited, copies, declared, giveUp } from '../page/visit/model/losing.ts';
import { engine, fine, packet, taken, VISIT } from './visiting.ts';

const PICTURE = Uint8Array.from([7, 8, 9]);
const PEOPLE = [1, 2, 3].map((account) => ({ account, name: `示例${'甲乙丙'[account - 1]}`, side: 'team', leads: account === 1, elements: [] }));

interface Seat {
  readonly engine: Engine;
  readonly desk: Desk;
}

/** On line, where the server still waits for whatever is asked about, but for `came`. */
async function seat(account: number, came: ReadonlySet<string> = new Set()): Promise<Seat> {
  const found = await engine(account);
  await taken(found, packet({ people: PEOPLE, acts: ['sheets.record_answer@1', 'sheets.declare_lost@1', 'reviews.conclude@1'] }));
  Object.assign(found, { fetch: async () => ({ kind: 'unchanged' }), awaited: async (ids: string[]) => new Set(ids.filter((id) => !came.has(id))) });
  return { engine: found, desk: (await Desk.open({ engine: found, account, name: `示例${'甲乙丙'[account - 1]}` }, VISIT))! };
}

async function given(from: Seat, to: Seat, elements: readonly string[]): Promise<void> {
  await takenIn(to.engine.shelf, to.desk, '', await made(from.engine.shelf, from.desk, from.desk.me!.name, elements));
  await to.desk.reload();
}

/** The second has answered on `b` with a picture, and handed it to the leader. */
async function handed(came?: ReadonlySet<string>): Promise<{ leader: Seat; mate: Seat; ids: string[] }> {
  const [leader, mate] = [await seat(1, came), await seat(2)];
  await mate.desk.record(fine('i3'));
  await mate.desk.record({ act: 'sheets.attach_picture@1', input: { line: 'i3', picture: hex(PICTURE), caption: '东门', source: 'camera' }, pictures: [PICTURE] });
  await given(mate, leader, ['b']);
  return { leader, mate, ids: mate.desk.acts.map((held) => held.act.id) };
}

describe('what is waited for', () => {
  test('is told by the device it is on, also where it came through a third', async () => {
    const { mate, ids } = await handed();
    const [between, leader] = [await seat(3), await seat(1)];
    await given(mate, between, ['b']);
    await between.desk.record(fine('i1'));
    await given(between, leader, ['a', 'b']);
    const device = (each: Seat) => each.engine.shelf.meta.device;
    expect(awaited(leader.desk)).toEqual([
      { device: device(between), by: '示例丙', acts: between.desk.acts.map((held) => held.act.id) }, { device: device(mate), by: '示例乙', acts: ids },
    ]);
  });

  test('is nothing where all was delivered before it was handed over', async () => {
    expect(awaited((await seat(1)).desk)).toEqual([]);
  });
});

describe('given up', () => {
  test('with copies: they are recorded in the leader’s name, each once, and the colleague’s stand no more', async () => {
    const { leader, mate, ids } = await handed();
    const [lost] = awaited(leader.desk);
    expect(copies(leader.desk, lost!).map(([line, record]) => [line, record.by])).toEqual([['i3', '示例乙']]);
    expect(await giveUp(leader.engine, leader.desk, lost!, '进水', true)).toBe(2);
    expect(leader.desk.acts.map((held) => held.act.act)).toEqual(['sheets.record_answer@1', 'sheets.attach_picture@1', 'sheets.declare_lost@1']);
    expect(leader.desk.acts.at(-1)!.act.input).toEqual({ device: mate.engine.shelf.meta.device, by: '示例乙', acts: ids, reason: '进水' });
    const { by, pictures } = leader.desk.records.get('i3')!;
    expect([by, pictures]).toEqual(['示例甲', [{ digest: hex(PICTURE), words: '东门' }]]);
    expect([leader.desk.handed, awaited(leader.desk), declared(leader.desk).map((each) => each.acts)]).toEqual([[], [], [ids]]);
  });

  test('without copies: what is not on the server is to be answered again', async () => {
    const { leader } = await handed();
    await giveUp(leader.engine, leader.desk, awaited(leader.desk)[0]!, '丢失', false);
    expect([leader.desk.records.has('i3'), leader.desk.acts.length]).toEqual([false, 1]);
  });

  test('what has come meanwhile is not: nothing is recorded', async () => {
    const came = new Set<string>();
    const { leader, ids } = await handed(came);
    for (const id of ids) came.add(id);
    expect(await giveUp(leader.engine, leader.desk, awaited(leader.desk)[0]!, '进水', true)).toBe(0);
    expect(leader.desk.acts).toEqual([]);
  });

  test('what a full store broke off is gone on from, and nothing is recorded twice', async () => {
    const { leader } = await handed();
    const [lost] = awaited(leader.desk);
    const record = leader.engine.record.bind(leader.engine);
    let left = 1;
    Object.assign(leader.engine, { record: async (done: never) => { if ((left -= 1) < 0) throw new Error('full'); return record(done); } });
    await expect(giveUp(leader.engine, leader.desk, lost!, '进水', true)).rejects.toThrow('full');
    expect([leader.desk.handed.length, awaited(leader.desk)]).toEqual([1, [lost]]);
    left = 9;
    await giveUp(leader.engine, leader.desk, lost!, '进水', true);
    expect(leader.desk.acts.map((held) => held.act.act.split('@')[0])).toEqual(['sheets.record_answer', 'sheets.attach_picture', 'sheets.declare_lost']);
  });

  test('what somebody else handed over with it stays, and is waited for still', async () => {
    const { mate } = await handed();
    const [between, leader] = [await seat(3), await seat(1)];
    await given(mate, between, ['b']);
    await between.desk.record(fine('f1'));
    await between.desk.record(fine('i1'));
    await given(between, leader, ['a', 'b']);
    const lost = awaited(leader.desk).find((each) => each.by === '示例乙')!;
    await giveUp(leader.engine, leader.desk, lost, '进水', false);
    expect([...leader.desk.records.keys()]).toEqual(['i1']);
    expect(awaited(leader.desk).map((each) => each.by)).toEqual(['示例丙']);
  });
});
