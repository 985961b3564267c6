// What the shell says and decides, apart from any page.
import { describe, expect, test } from 'vitest';
import type { Packet } from '../engine/packets.ts';
import { FRESH } from '../engine/recording.ts';
import type { Held } from '../engine/shelf.ts';
import { people, remember, strike } from '../page/door/people.ts';
import { pinFault } from '../page/door/pin.ts';
import { deviceName } from '../page/door/platform.ts';
import { actWords, looked } from '../page/receipts/telling.ts';
import { route } from '../page/routes.ts';
import type { Screen } from '../page/screen.ts';
import { counts, explained, said } from '../page/standing.ts';
import { changed, rows } from '../page/visits/listing.ts';
import { need, shortage } from '../page/visits/room.ts';
import * as words from '../page/words.ts';

let serial = 0;
function held(more: Partial<Held> = {}, act = 'sheets.record_answer@1', input: object = { line: '7.1.2' }): Held {
  serial += 1;
  return {
    ...FRESH, device: 'd', needs: [], digest: '', ...more,
    act: { id: `id-${serial}`, act, visit: 'review-1', order: serial, done_at: '2026-04-08T02:00:00.000000Z', uncertainty: 0, based_on: 0, where: null, input: { ...input } },
  };
}
const stored = (receipt: number, more: Partial<Held> = {}): Held => held({ state: 'stored', receipt, seen: true, ...more });

describe('words', () => {
  test.each([[0, '0 字节'], [999, '999 字节'], [12_400, '12 kB'], [3_400_000, '3.4 MB'], [1.25e9, '1.3 GB']])('%s bytes are %s', (bytes, said) => expect(words.size(bytes)).toBe(said));
  test.each([[1, '1 秒'], [30_000, '30 秒'], [89_000, '89 秒'], [90_000, '2 分钟'], [5_399_000, '90 分钟'], [5_400_000, '2 小时'], [36 * 3_600_000, '2 天']])('%s ms are %s', (ms, said) => expect(words.wait(ms)).toBe(said));
  test.each([[0, '准确'], [-1999, '准确'], [-120_000, '快 2 分钟'], [5000, '慢 5 秒']])('a clock that wants %s ms is %s', (ms, said) => expect(words.offset(ms)).toBe(said));
  test('moments and days are of this country, wherever the device thinks it is', () => {
    expect(words.moment(Date.parse('2026-04-07T18:05:00Z'))).toBe('4月8日 02:05');
    expect(words.days('2026-04-08', '2026-04-08')).toBe('4月8日');
    expect(words.days('2026-04-08', '2026-04-09')).toBe('4月8日至9日');
    expect(words.days('2026-04-30', '2026-05-02')).toBe('4月30日至5月2日');
  });
});

describe('the bar', () => {
  const none = { here: 0, asks: 0, stored: 0, safe: 0 };
  const at = (state: Parameters<typeof said>[0]['state'], all = none): string => said({ state, until: 0, text: '' }, all).words;
  test('says what is where, and never that all is delivered while something is here', () => {
    expect(at('idle')).toBe('已送达');
    expect(at('delivering')).toBe('已送达');
    expect(at('waiting')).toBe('已送达 · 没有信号');
    for (const state of ['idle', 'delivering', 'waiting', 'signed_out', 'other_account', 'maintenance'] as const) {
      expect(at(state, { ...none, here: 3 })).toContain('3 项');
      expect(at(state, { ...none, here: 3 })).not.toContain('已送达');
    }
    expect(at('delivering', { ...none, here: 3 })).toBe('正在送 3 项');
    expect(at('waiting', { ...none, here: 3 })).toBe('本机保存 3 项');
    expect(said({ state: 'waiting', until: 0, text: '系统正忙，请稍后再送。' }, none).words).toBe('已送达 · 系统稍后再核对');
    expect(at('signed_out', { ...none, here: 3 })).toBe('请重新登录 · 本机保存 3 项');
    expect(at('idle', { ...none, asks: 1 })).toBe('1 项要看');
  });
  test('counts: here is what no server has judged; what a person should look at stays until it was looked at', () => {
    const all = [held(), held({ state: 'too_large' }), stored(3), stored(9), stored(4, { differs: ['digest'], seen: false }), held({ state: 'refused', receipt: 5 }), held({ state: 'conflict', receipt: 6, seen: true })];
    expect(counts(all, 4)).toEqual({ here: 2, asks: 3, stored: 5, safe: 2 });
  });
  test('the receipts say the same at length', () => {
    const told = explained({ state: 'other_account', text: '示例乙', until: 0 }, { ...none, here: 2 });
    expect(told).toContain('示例乙');
    expect(told).toContain('只能由您本人');
    expect(explained({ state: 'waiting', text: '', until: Date.parse('2026-04-08T02:03:00Z') }, { ...none, here: 2 })).toContain('10:03');
    expect(explained({ state: 'waiting', text: '系统正忙，请稍后再送。', until: 0 }, none)).toBe('系统正忙，请稍后再送。本机没有要送的内容。');
    expect(explained({ state: 'maintenance', text: '系统维护中，预计 15:00 恢复。', until: 0 }, none)).toContain('预计 15:00 恢复');
    expect(explained({ state: 'idle', text: '', until: 0 }, none)).toBe('本机内容已全部送达。');
  });
});

describe('a PIN', () => {
  test.each(['135790', '908172635411', '112233'])('%s will do', (pin) => expect(pinFault(pin)).toBe(''));
  test.each([['13579', '6 到 12'], ['1357901357901', '6 到 12'], ['13579a', '只用数字'], ['000000', '容易猜'], ['123456', '容易猜'], ['987654', '容易猜']])('%s will not: %s', (pin, why) => expect(pinFault(pin)).toContain(why));
  test('is typed twice alike', () => expect(pinFault('135790', '135791')).toContain('不一样'));
});

describe('people of a device', () => {
  const memory = (begun: string | null = null) => {
    let text = begun;
    return { getItem: () => text, setItem: (_: string, value: string) => { text = value; } };
  };
  test('are remembered once each, the last first, and struck off', () => {
    const kept = memory();
    for (const [account, left] of [[1, 0], [2, 4], [1, 3]] as const) remember(kept, { account, name: `示例${account}`, left });
    expect(people(kept).map(({ account, left }) => [account, left])).toEqual([[1, 3], [2, 4]]);
    strike(kept, 1);
    expect(people(kept).map(({ account }) => account)).toEqual([2]);
  });
  test.each(['{', '{}', '[1, null, {"account": "1", "name": "x", "left": 0}]'])('what is no list of people is none: %s', (text) => expect(people(memory(text))).toEqual([]));
  test('a browser that keeps nothing harms nothing', () => {
    const kept = { getItem: () => null, setItem: () => { throw new Error('full'); } };
    expect(() => remember(kept, { account: 1, name: '示例', left: 0 })).not.toThrow();
  });
});

test('a device has a name that a person knows it by', () => {
  expect(deviceName('Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Mobile Safari')).toBe('安卓手机');
  expect(deviceName('Mozilla/5.0 (Linux; Android 14; Tab) AppleWebKit/537.36 Safari')).toBe('安卓平板');
  expect(deviceName('who knows')).toBe('其他设备');
});

describe('the hash', () => {
  const never = (): Screen => () => { throw new Error('only told apart, never shown'); };
  const [first, visit] = [never(), never()];
  const routes = { '': first, visit };
  test.each([['', first, []], ['#/', first, []], ['#/visit/review-1/7.1', visit, ['review-1', '7.1']], ['#/visit/%E7%94%B2', visit, ['甲']], ['#/visit/%', visit, ['%']]])('%s', (hash, screen, args) => {
    expect(route(hash, routes)).toEqual({ screen, args });
  });
  test.each(['#/nothing', '#/constructor', '#/__proto__/x'])('%s leads to the visits', (hash) => expect(route(hash, routes)).toEqual({ screen: first, args: [] }));
});

describe('the visits', () => {
  const listed = (key: string, etag = '"7"') => ({ key, title: `示例${key}`, occasion: 'onsite_review', from: '2026-04-08', to: '2026-04-09', state: 'reviewing', etag });
  const packet = (visit: string, number = 7, answers: Packet['answers'] = {}): Packet => ({
    visit, number, etag: `"${number}"`, taken: '', until: '', head: { unit: { name: '示例旧厂' }, occasion: 'recheck', from: '2026-01-05', to: '2026-01-05' }, people: [], book: 'b', answers, performance: [], acts: [], covers: 0,
  });
  const held_ = (...all: Packet[]) => new Map(all.map((each) => [each.visit, each]));
  test('taken along or not, changed, or no longer named', () => {
    const found = rows([listed('a'), listed('b'), listed('c', '"8"')], held_(packet('b'), packet('c'), packet('d')), [held(), { ...held(), act: { ...held().act, visit: 'd' } }]);
    expect(found.map(({ key, held: how, here }) => [key, how, here])).toEqual([['a', 'no', 0], ['b', 'yes', 0], ['c', 'changed', 0], ['d', 'gone', 1]]);
    expect(found[0]!.facts).toBe('现场评审 · 4月8日至9日 · 正在进行');
    expect([found[3]!.title, found[3]!.facts]).toEqual(['示例旧厂', '现场复核 · 1月5日']);
  });
  test('what changed is told by line', () => {
    const line = (version: number) => ({ verdict: 'conforms' as const, version, by: '示例', done_at: '', pictures: [] });
    expect(changed(packet('a', 7, { 1: line(1), 2: line(1), 3: line(1) }), packet('a', 8, { 1: line(1), 2: line(2), 4: line(1) }))).toEqual(['2', '3', '4']);
  });
  test('room that does not suffice is said, with how much would', () => {
    expect(shortage({ free: need(2), kept: true }, 2)).toBe('');
    expect(shortage({ free: need(2) - 1, kept: true }, 2)).toContain(words.size(need(2)));
  });
});

describe('a receipt', () => {
  test('names the act', () => {
    expect(actWords(held())).toBe('7.1.2 评分');
    expect(actWords(held({}, 'sheets.record_answer@1', { line: 'hard:campaigns' }))).toBe('否决条件 评分');
    expect(actWords(held({}, 'field.arrive@1', {}))).toBe('到场');
    expect(actWords(held({}, 'sheets.tomorrow@9', {}))).toBe('办理事项');
  });
  test('a conflict shows both sides and who wrote the other', () => {
    const answer = { verdict: 'conforms', words: '现场符合' };
    const told = looked(held({ state: 'conflict', text: '他人已经改过', theirs: { verdict: 'deducted', words: '缺护罩', by: '示例乙' } }, 'sheets.record_answer@1', { line: '1', answer }));
    expect([told.ours, told.theirs, told.words]).toEqual(['符合：现场符合', '扣分：缺护罩（示例乙）', '他人已经改过']);
  });
  test.each([null, 'x', [], { verdict: 3 }])('a conflict with what cannot be read (%j) shows no side rather than a wrong one', (theirs) => {
    expect(looked(held({ state: 'conflict', text: '不一致', theirs })).theirs).toBe('');
  });
  test('a closing that does not match names its elements', () => {
    expect(looked(held({ state: 'conflict', text: '不一致', differs: ['7', ''] }, 'reviews.conclude@1', {})).next).toContain('要素 7、其他条件');
  });
  test('a refusal gives the words of the server', () => expect(looked(held({ state: 'refused', text: '您已不在组中' })).words).toContain('您已不在组中'));
});
