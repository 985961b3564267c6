// Packets and what stands on the device: what it had plus what it was told is what a fresh packet says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merged } from '../engine/packets.ts';
import { FRESH } from '../engine/recording.ts';
import type { Held } from '../engine/shelf.ts';
import { records, view } from '../engine/view.ts';

const answer = fc.record({ verdict: fc.constant('conforms'), words: fc.string({ maxLength: 3 }), version: fc.nat(9), pictures: fc.constant([]) });
const answers = fc.dictionary(fc.constantFrom('1', '2', '3', '4'), answer);
const whole = (number: number, said: object) => ({
  dabiao: 'field/1', visit: 'v', number, whole: true, taken: 't', until: '2026-03-18', head: {}, people: [], answers: said, book: { digest: 'b' }, performance: [], acts: [],
});

describe('packets', () => {
  test('had + told = fresh', () => {
    fc.assert(fc.property(answers, answers, (before, after) => {
      const gone = Object.keys(before).filter((line) => !(line in after)).map((line) => [line, null]);
      const changed = Object.entries(after).filter(([line, each]) => JSON.stringify(before[line]) !== JSON.stringify(each));
      const had = { ...merged(undefined, whole(1, before), 'v'), covers: 0 };
      const told = { ...whole(2, Object.fromEntries([...changed, ...gone])), whole: false };
      expect(merged(had, told, 'v')).toEqual(merged(undefined, whole(2, after), 'v'));
    }));
  });

  test('say of a check what was found, as told last; of others nothing', () => {
    const found = { text: '护罩缺失', by: '示例甲', found_at: '2026-04-09T01:00:00Z', measure: '加装', due: '2026-04-20', done: '已加装', reported_on: '2026-04-18', evidence: 1 };
    const told = (number: number, findings: object) => merged(undefined, { ...whole(number, {}), findings }, 'v').findings;
    expect(told(1, { '1': [found] })).toEqual({ '1': [found] });
    expect(merged(undefined, whole(1, {}), 'v')).not.toHaveProperty('findings');
    expect(() => told(1, { '1': [{ ...found, evidence: '1' }] })).toThrow();
  });

  test('of another visit, or in part where nothing is held, are no answer', () => {
    expect(() => merged(undefined, whole(1, {}), 'w')).toThrow();
    expect(() => merged(undefined, { ...whole(1, {}), whole: false }, 'v')).toThrow();
  });
});

describe('what stands', () => {
  const packet = { ...merged(undefined, whole(5, { '1': { verdict: 'conforms', version: 3, by: '示例甲', done_at: 'd', pictures: [] } }), 'v'), covers: 10 };
  const held = (order: number, act: string, input: object, more: Partial<Held> = {}): Held => ({
    ...FRESH, device: 'd', needs: [], digest: '', ...more,
    act: { id: `id-${order}`, act: `${act}@1`, visit: 'v', order, done_at: `t${order}`, uncertainty: 0, based_on: 0, where: null, input: input as never },
  });
  const recorded = (order: number, words: string, more: Partial<Held> = {}) => held(order, 'sheets.record_answer', { line: '1', answer: { verdict: 'conforms', words } }, more);

  test('is the packet, then our acts in their order, based on one another', () => {
    expect(view(packet, new Map(), [], '我').get('1')).toMatchObject({ by: '示例甲', version: 3, mine: 'no' });
    const found = view(packet, new Map(), [recorded(2, '乙'), recorded(1, '甲')], '我').get('1');
    expect(found).toMatchObject({ answer: { words: '乙' }, by: '我', done_at: 't2', version: 'id-2', mine: 'here' });
  });

  test('does not lay an act over a packet that has it already, or what came after', () => {
    const delivered = (receipt: number) => [recorded(1, '甲', { state: 'stored', receipt, version: 4, done_at: 'as taken' })];
    expect(view(packet, new Map(), delivered(10), '我').get('1')).toMatchObject({ by: '示例甲', mine: 'no' });
    expect(view(packet, new Map(), delivered(11), '我').get('1')).toMatchObject({ by: '我', version: 4, done_at: 'as taken', mine: 'delivered' });
  });

  test('knows nothing of what was refused or is in conflict', () => {
    for (const state of ['refused', 'conflict', 'too_large'] as const) {
      expect(view(packet, new Map(), [recorded(1, '甲', { state, receipt: 99 })], '我').get('1')).toMatchObject({ by: '示例甲' });
    }
  });

  test('has pictures in the order attached, and signs only what is answered', () => {
    const acts = [
      held(1, 'sheets.attach_picture', { line: '2', picture: 'a', caption: '一' }), held(2, 'sheets.attach_picture', { line: '2', picture: 'b', caption: '二' }),
      held(3, 'sheets.caption_picture', { line: '2', picture: 'a', caption: '三' }), held(4, 'sheets.detach_picture', { line: '2', picture: 'b' }),
    ];
    const lines = view(packet, new Map(), acts, '我');
    expect(lines.get('2')!.pictures).toEqual([{ digest: 'a', words: '三' }]);
    expect([...records(lines).keys()]).toEqual(['1']);
    expect(records(view(packet, new Map(), [held(1, 'sheets.retract_answer', { line: '1' })], '我')).size).toBe(0);
  });

  test('takes what a colleague handed over', () => {
    const handed = new Map([['1', { answer: { verdict: 'not_applicable' as const, reason: '无' }, by: '示例丙', done_at: 'x', pictures: [] }]]);
    expect(view(packet, handed, [], '我').get('1')).toMatchObject({ by: '示例丙', version: 3 });
  });
});
