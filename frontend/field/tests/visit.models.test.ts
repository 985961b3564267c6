// What the screens of a visit show: answers as they are given, phrases, lists, hand-over, closing, the trail.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { root, statement } from '../digests/sheet.ts';
import { rulebook } from '../scoring/rulebook.ts';
import { scoreItem } from '../scoring/items.ts';
import { after, closing, given, lacking, obstacles, sealed } from '../page/visit/model/closing.ts';
import { Desk } from '../page/visit/model/desk.ts';
import { amounted, countOf, judged, left, rulesToTap, same, tapped, whole } from '../page/visit/model/draft.ts';
import { annotated, exif, fitted, kindOf, objection, toBeSmaller } from '../page/visit/model/evidence.ts';
import { apart, made, proposed, taken as takenIn } from '../page/visit/model/handing.ts';
import { listed, markOf, nextUnanswered, progress } from '../page/visit/model/lists.ts';
import { added, found, phrases } from '../page/visit/model/phrases.ts';
import { doubt, placed, trail } from '../page/visit/model/trail.ts';
import { BOOK, desk, engine, fine, packet, taken, VISIT } from './visiting.ts';

const RULES = rulebook({ title: '', number: '', elements: BOOK.elements, items: BOOK.lines.slice(0, 3).map((line) => line.item) } as never);
const LINE = RULES.byKey.get('i1')!;
const [zero, each, , free] = LINE.item.rules as never as [(typeof LINE.item.rules)[0], (typeof LINE.item.rules)[0], unknown, (typeof LINE.item.rules)[0]];
const SCHEME = RULES.book.scheme;

describe('an answer given by taps', () => {
  test('is deducted as soon as a rule is tapped, counts up and down, and is nobody’s answer when nothing is left', () => {
    expect(judged(LINE.item, null, 'deducted')).toBeNull();
    const once = tapped(LINE.item, null, each, 1)!;
    const twice = tapped(LINE.item, once, each, 1)!;
    expect([countOf(twice, each), left(SCHEME, LINE, twice)]).toEqual([2, 6000]);
    expect(tapped(LINE.item, tapped(LINE.item, twice, each, -1), each, -1)).toBeNull();
  });

  test('switches a rule that does not count on and off, and keeps deductions in the order printed', () => {
    const both = tapped(LINE.item, tapped(LINE.item, null, each, 1), zero, 1)!;
    expect(both.deductions.map((one) => one.rule)).toEqual(['1', '2']);
    expect(countOf(tapped(LINE.item, both, zero, 1), zero)).toBe(1);
    expect(left(SCHEME, LINE, both)).toBe(0);
    expect(tapped(LINE.item, both, zero, -1)!.deductions.map((one) => one.rule)).toEqual(['2']);
  });

  test('takes an amount set by hand within the item’s points', () => {
    const much = amounted(LINE.item, null, free, 99_000)!;
    expect(much.deductions).toEqual([{ rule: '4', count: 1, points: 10_000, words: '' }]);
    expect(amounted(LINE.item, much, free, 0)).toBeNull();
    expect(tapped(LINE.item, much, free, 1)).toBe(much);
  });

  test('keeps its words when the verdict changes, and drops deductions the server would refuse', () => {
    const lost = { ...tapped(LINE.item, null, each, 1)!, words: '缺两次记录' };
    expect(judged(LINE.item, lost, 'conforms')).toMatchObject({ verdict: 'conforms', deductions: [], words: '缺两次记录' });
    expect(same(whole({ verdict: 'conforms' }), judged(LINE.item, null, 'conforms'))).toBe(true);
    expect(judged(RULES.byKey.get('i2')!.item, null, 'deducted')).toMatchObject({ verdict: 'deducted' });
  });

  test('offers no rule that acts by itself', () => {
    expect(rulesToTap(LINE.item).map((rule) => rule.key)).toEqual(['1', '2', '4']);
    expect(scoreItem(SCHEME, LINE, tapped(LINE.item, null, each, 1)!).lost).toBe(2000);
  });
});

describe('quick phrases', () => {
  test.each([
    ['缺少记录的，每处扣2分', '缺少记录'], ['未建立的，不得分', '未建立'], ['※未排查隐患的，不得分', '未排查隐患'],
    ['积尘未清扫的，每处扣2分', '积尘未清扫'], ['未履行的，不得分，并追加扣除5分', '未履行'], ['缺一人次扣2分', '缺一人次'],
  ])('say what was found: %s → %s', (rule, words) => expect(found(rule)).toBe(words));

  test('begin with the rules tapped, then what was said before; each once', () => {
    const answer = tapped(LINE.item, null, each, 1);
    expect(phrases(LINE, answer, ['缺3月记录', '缺少记录'])).toEqual(['缺少记录', '缺3月记录', '未建立']);
    expect(phrases(LINE, { verdict: 'not_applicable' }, [])[0]).toBe('本单位没有这类设备设施');
  });

  test('are added as a sentence of their own', () => {
    expect([added('', '缺记录'), added('缺制度', '缺记录'), added('缺制度。', '缺记录')]).toEqual(['缺记录', '缺制度；缺记录', '缺制度。缺记录']);
  });
});

describe('the desk', () => {
  test('scores and lists what is recorded, and finds the next unanswered item', async () => {
    const on = await desk();
    expect(listed(on, 'unanswered').map((line) => line.key)).toEqual(['i1', 'i2', 'i3', 'f1']);
    await on.record({ act: 'sheets.record_answer@1', input: { line: 'i1', answer: { verdict: 'deducted', deductions: [{ rule: '2', count: 2 }], words: '' } } });
    expect(on.result).toMatchObject({ answered: 1, provisional: '60.0', score: null });
    expect(progress(on).map((one) => [one.name, one.answered, one.items, one.lost])).toEqual([['1 制度', 1, 2, 4000], ['2 现场', 0, 1, 0], ['否决条件', 0, 1, 0]]);
    expect(listed(on, 'missing', 'a').map((line) => line.key)).toEqual(['i1']);
    expect([nextUnanswered(on, 'i1', false), nextUnanswered(on, 'f1', false)]).toEqual(['i2', 'i2']);
    expect(markOf(on, on.book.byKey.get('i1')!)).toBe('deducted');
  });

  test('marks what hits a veto, and shows what the server did not take until somebody saw it', async () => {
    const on = await desk();
    const held = await on.record({ act: 'sheets.record_answer@1', input: { line: 'i3', answer: { verdict: 'deducted', deductions: [{ rule: '1' }], words: '缺护栏' } } });
    expect([markOf(on, on.book.byKey.get('i3')!), progress(on)[1]!.vetoed, on.result.level]).toEqual(['vetoed', 1, 'failed']);
    const { shelf } = (on as never as { who: { engine: { shelf: { write(rows: object[]): Promise<void> } } } }).who.engine;
    await shelf.write([{ kind: 'act', key: held.act.id, value: { ...held, state: 'conflict', receipt: 4 } }]);
    on.recount();
    expect([on.open.length, listed(on, 'open').map((line) => line.key), on.line('i3').answer]).toEqual([1, ['i3'], null]);
  });

  test('knows whose elements are whose', async () => {
    const people = packet().people.map((one) => (one.account === 2 ? { ...one, elements: ['b'] } : one));
    const leader = await desk(1, '示例甲', packet({ people }));
    const other = await desk(3, '示例丙', packet({ people: [...people, { account: 3, name: '示例丙', side: 'team', leads: false, elements: ['a'] }] }));
    expect([leader.taken('b'), other.taken('b'), other.taken('a')]).toEqual(['', '示例乙', '']);
    expect(listed(other, 'all', undefined, true).map((line) => line.key)).toEqual(['i1', 'i2']);
  });
});

async function both(): Promise<{ lead: Desk; mate: Desk; mates: Awaited<ReturnType<typeof engine>>; leads: Awaited<ReturnType<typeof engine>> }> {
  const [leads, mates] = [await engine(1), await engine(2)];
  await taken(leads);
  await taken(mates);
  const lead = (await Desk.open({ engine: leads, account: 1, name: '示例甲' }, VISIT))!;
  const mate = (await Desk.open({ engine: mates, account: 2, name: '示例乙' }, VISIT))!;
  return { lead, mate, leads, mates };
}

describe('hand-over and closing', () => {
  test('take a colleague’s elements, and the closing waits for the colleague’s own acts', async () => {
    const { lead, mate, leads, mates } = await both();
    const act = await mate.record(fine('i3'));
    await lead.record(fine('i1'));
    expect(proposed(mate, '示例乙')).toEqual(['b']);
    const text = await made(mates.shelf, mate, '示例乙', ['b']);
    const told = await takenIn(leads.shelf, lead, '示例甲', text);
    expect([told.by, told.told.map((one) => [one.element, one.words])]).toEqual(['示例乙', [['b', '已接收']]]);
    await lead.reload();
    expect([lead.handedBy('i3'), lead.line('i3').by, after(lead)]).toEqual(['示例乙', '示例乙', [act.act.id]]);
  });

  test('show an element both wrote on, line by line', async () => {
    const { lead, mate, leads, mates } = await both();
    await mate.record(fine('i1', '有制度'));
    await lead.record(fine('i1', '制度已修订'));
    const text = await made(mates.shelf, mate, '示例乙', ['a']);
    expect((await takenIn(leads.shelf, lead, '示例甲', text)).told[0]!.words).toBe('两人都写过，没有合并');
    expect(apart(lead, text, 'a')).toEqual([{ line: 'i1', theirs: '符合 有制度 （示例乙）', mine: '符合 制度已修订 （示例甲）' }]);
    await expect(takenIn(leads.shelf, lead, '示例甲', '不是文件')).rejects.toThrow('不是移交文件');
  });

  test('let nobody sign while something is missing, and show a signature as broken after a change', async () => {
    const on = await desk();
    expect(obstacles(on).map((one) => one.leads)).toEqual(['missing']);
    for (const line of ['i1', 'i2', 'i3', 'f1']) await on.record(fine(line));
    for (const line of ['i1', 'i3', 'f1']) await on.record({ act: 'sheets.attach_picture@1', input: { line, picture: `p-${line}`, caption: '' } });
    expect(obstacles(on)).toEqual([]);
    const mine = { side: 'team', account: 1, name: '示例甲', image: 'a', signed_at: '', remark: '' } as const;
    expect([lacking(on, []), lacking(on, [mine]), lacking(on, [mine, { ...mine, side: 'unit', account: 9 }])]).toEqual(
      ['请组长本人先签字。', '还差企业一方签字（主要负责人或者安全管理员）。', '']);
    const signed = closing(on, [mine]);
    expect([signed.covered.map((part) => part.key), signed.root]).toEqual([['a', 'b', ''], root(signed.covered)]);
    expect(statement(signed.covered).length).toBeGreaterThan(100);
    await on.record({ act: 'reviews.conclude@1', input: { closing: signed } });
    expect([sealed(on), given(on)!.broken]).toEqual([true, []]);
    await on.record(fine('i2', '又改了'));
    expect(given(on)!.broken).toEqual(['a']);
  });
});

describe('evidence', () => {
  test('tells kinds by content and what is too large', () => {
    expect(kindOf(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg');
    expect(kindOf(new TextEncoder().encode('\0\0\0\x18ftypheic'))).toBe('heic');
    expect(kindOf(new TextEncoder().encode('\0\0\0\x18ftypisom'))).toBe('mp4');
    expect([objection('', 1), objection('jpeg', 40 << 20), objection('mp4', 61 << 20)].map(Boolean)).toEqual([true, false, true]);
    expect([toBeSmaller('jpeg', 6 << 20), toBeSmaller('jpeg', 5 << 20), toBeSmaller('heic', 9 << 20)]).toEqual([true, false, false]);
    expect(fitted(8000, 4000)).toEqual({ width: 3000, height: 1500 });
    expect(fitted(800, 400)).toEqual({ width: 800, height: 400 });
  });

  test('keeps the camera’s notes of a picture made smaller, turned upright', () => {
    const entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
    const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, ...entry, 0, 0, 0, 0];
    const app1 = [0xff, 0xe1, 0, 2 + 6 + tiff.length, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
    const original = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, ...app1, 0xff, 0xda, 9, 9]);
    const smaller = Uint8Array.from([0xff, 0xd8, 0xff, 0xdb, 0, 2, 0xff, 0xda, 7]);
    const made = annotated(smaller, original);
    expect(made.length).toBe(smaller.length + app1.length);
    expect([...exif(made)!].slice(0, 10)).toEqual(app1.slice(0, 10));
    expect(exif(made)![4 + 6 + 8 + 2 + 8]).toBe(1);
    expect(annotated(smaller, Uint8Array.from([0xff, 0xd8, 0xff, 0xda]))).toBe(smaller);
  });
});

describe('the trail', () => {
  test('says who did what, when, where and how sure the clock was', async () => {
    const on = await desk();
    const where = { lat: 39.9, lon: 116.4, accuracy: 11.6, mocked: true };
    await on.record({ ...fine('i1'), where });
    expect(trail(on, 'i1', '示例甲')).toEqual([{
      moment: expect.stringMatching(/^2026-04-08 10:/), who: '示例甲', what: '作答：符合', state: '已存在本机，待送达',
      place: '北纬 39.90000，东经 116.40000，误差约 12 米，系统报告位置是模拟的', doubt: '本机时钟没有与服务器核对过，时间可能相差一天',
    }]);
    expect([placed(null), doubt(1500), doubt(130_000)]).toEqual(['', '', '时间可能相差 3 分钟']);
  });
});

describe('what one item lacks', () => {
  const said = fc.constantFrom(undefined, { verdict: 'conforms' }, { verdict: 'conforms', words: '查看台账' }, { verdict: 'deducted', deductions: [{ rule: '1', count: 1 }] }, { verdict: 'not_applicable' });
  const given = fc.record({ i1: said, i2: said, i3: said, f1: said, pictures: fc.subarray(['i1', 'i2', 'i3']), occasion: fc.constantFrom('onsite_review', 'rectification_check', 'follow_up_visit', 'verification') });

  test('is what the whole sheet says of it', () => fc.assert(fc.asyncProperty(given, async ({ pictures, occasion, ...answers }) => {
    const told = Object.entries(answers).filter(([line, answer]) => answer || pictures.includes(line))
      .map(([line, answer]) => [line, { verdict: '', ...answer, version: 1, pictures: pictures.includes(line) ? [{ digest: 'a', words: '' }] : [] }]);
    const here = await desk(1, '示例甲', packet({ answers: Object.fromEntries(told), head: { ...packet().head, occasion } }));
    for (const line of here.book.lines) expect(here.gapsOf(line)).toEqual(here.gapsBy.get(line.key) ?? []);
  })));

  test('a sheet that was given up is written on no more', async () => {
    expect(sealed(await desk(1, '示例甲', packet({ head: { ...packet().head, sheet_state: 'abandoned' } })))).toBe(true);
  });
});
