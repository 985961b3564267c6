// A visit on a device that is never on line, for the screens' models.
import { Engine } from '../engine/engine.ts';
import type { Packet } from '../engine/packets.ts';
import { Desk } from '../page/visit/model/desk.ts';
import { Disk } from './model/disk.ts';

export const VISIT = 'review-1';
const RULES = [
  { key: '1', text: '未建立的，不得分', effect: 'zero' }, { key: '2', text: '缺少记录的，每处扣2分', effect: 'each', points: 2000, unit: '处' },
  { key: '3', text: '扣满10分的，追加扣除5分', effect: 'none', extra: 5000, exhausted: true }, { key: '4', text: '其他情形酌情扣分', effect: 'free' },
];
const ITEMS = [
  { key: 'i1', element: 'a', number: '1.1', requirement: '建立制度。', method: '', points: 10000, rules: RULES },
  { key: 'i2', element: 'a', number: '1.2', requirement: '配备人员。', method: '', points: 10000, rules: [] },
  { key: 'i3', element: 'b', number: '2.1', requirement: '设置护栏。', method: '', points: 10000, rules: RULES, veto: 'veto', pictures: '护栏' },
];

export const BOOK = {
  digest: 'sha256:book', edition: '示例标准', scheme: { kind: 'rate' as const, thresholds: [{ level: 'level_2', at_least: 80000 }], basis: '', confirmed: true },
  elements: [{ key: 'a', title: '制度', number: '1' }, { key: 'b', title: '现场', number: '2' }],
  lines: [...ITEMS.map((item) => ({ item, outermost: item.element, vetoes: item.veto ? [veto(item.key, item.requirement)] : [], preset: '' })), free()],
};

function veto(item: string, text: string) {
  return { key: item, text, since: '2024-07-01', clause: '示例依据', item, source: '示例部门' };
}

function free() {
  const item = { key: 'f1', element: '', number: '', requirement: '列入失信名单', method: '', points: 0, veto: 'veto' as const };
  return { item, outermost: '', vetoes: [{ ...veto('', item.requirement), key: 'f1' }], preset: '' };
}

export function packet(more: object = {}): Packet {
  return {
    visit: VISIT, number: 7, etag: '"7"', taken: '', until: '2026-04-09', performance: [], covers: 0, book: BOOK.digest, answers: {},
    head: { unit: { name: '示例木业有限公司' }, occasion: 'onsite_review', state: 'reviewing', sheet: 3, sheet_state: 'open', from: '2026-04-08', to: '2026-04-09' },
    people: [
      { account: 1, name: '示例甲', side: 'team', leads: true, elements: [] }, { account: 2, name: '示例乙', side: 'team', leads: false, elements: [] },
      { account: 9, name: '示例负责人', side: 'unit' },
    ],
    acts: ['sheets.record_answer@1', 'reviews.begin@1', 'reviews.conclude@1'], ...more,
  } as unknown as Packet;
}

let serial = 0;

/** An engine that reaches nobody, over a disk that can be full. */
export async function engine(account = 1, disk = new Disk()): Promise<Engine> {
  const ports = {
    store: disk.store(async (perform) => perform()), fetch: () => Promise.reject(new Error('off line')), sleep: () => new Promise<void>(() => {}),
    now: () => Date.parse('2026-04-08T02:00:00Z') + (serial += 1000), steady: () => serial, random: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(serial += 1).padStart(12, '0')}`,
  };
  return Engine.open(ports, account);
}

export async function taken(found: Engine, told = packet(), book: object = BOOK): Promise<void> {
  await found.shelf.write([{ kind: 'packet', key: VISIT, value: told }, { kind: 'book', key: BOOK.digest, value: book }]);
}

export async function desk(account = 1, name = '示例甲', told = packet()): Promise<Desk> {
  const found = await engine(account);
  await taken(found, told);
  return (await Desk.open({ engine: found, account, name }, VISIT))!;
}

export function fine(line: string, words = '现场查看，符合要求。') {
  return { act: 'sheets.record_answer@1', input: { line, answer: { verdict: 'conforms', words } } };
}
