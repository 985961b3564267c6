// A rulebook of 345 items, of the size of the largest real tables, and half of it answered.
export const ITEMS = 345;
const OUTER = 13;
const INNER = 3;
const ANSWERED = 150;
const RULES = [['zero', 0, '未建立的，不得分'], ['each', 2000, '不符合实际的，每处扣2分'], ['once', 5000, '未以文件形式发布的，扣5分']] as const;

const outer = Array.from({ length: OUTER }, (_, at) => ({ key: `e${at}`, title: `示例要素${at + 1}`, number: `${at + 1}` }));
const inner = outer.flatMap((each) => Array.from({ length: INNER }, (_, at) => ({ key: `${each.key}.${at}`, title: `${each.title}之${at + 1}`, number: `${each.number}.${at + 1}`, parent: each.key })));

const lines = Array.from({ length: ITEMS }, (_, at) => {
  const element = inner[Math.floor((at / ITEMS) * inner.length)]!;
  const item = {
    key: `l${at}`, element: element.key, number: `${element.number}.${at}`, method: '查阅制度、记录，现场查看，询问从业人员。', points: 10_000, citation: '《安全生产法》第二十二条',
    requirement: `企业应建立健全第${at}项安全生产管理要求，明确责任部门和人员，按规定检查、记录并持续改进，形成文件并予以保存。`,
    rules: RULES.map(([effect, points, text], place) => ({ key: String(place + 1), text: `第${at}项${text}`, effect, points, unit: '处' })),
  };
  return { item, outermost: element.parent, vetoes: [], preset: '' };
});

export const BOOK = {
  digest: 'sha256:large', edition: '示例', elements: [...outer, ...inner], lines,
  scheme: { kind: 'rate', thresholds: [{ level: 'level_2', at_least: 80_000 }], basis: '', confirmed: true },
};

const told = { verdict: 'conforms', deductions: [], words: '查阅制度和记录，现场查看，符合要求。', reason: '', version: 1, by: '示例乙', done_at: '2026-04-08T02:00:00.000000Z', pictures: [] };

export const PACKET = {
  visit: 'review-1', number: 7, etag: '"7"', taken: '', until: '', performance: [], covers: 0, book: BOOK.digest, acts: ['sheets.record_answer@1', 'reviews.conclude@1'],
  head: { unit: { name: '示例企业' }, occasion: 'onsite_review', state: 'reviewing', sheet: 3, sheet_state: 'open', from: '2026-04-08', to: '2026-04-09' },
  people: [{ account: 1, name: '示例甲', side: 'team', leads: true, elements: [] }],
  answers: Object.fromEntries(lines.slice(0, ANSWERED).map((line) => [line.item.key, told])),
};

/** Lines we have answered ourselves, and those nobody has. */
export const OWN = lines.slice(ANSWERED, 300).map((line) => line.item.key);
export const FREE = lines.slice(300).map((line) => line.item.key);
