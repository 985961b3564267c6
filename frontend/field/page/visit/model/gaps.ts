// What keeps a sheet from being closed, word for word the server's `sheets.rules.closing` for occasions on site: words and
// pictures element by element, veto items always (quality-2015/4). Same cases: `tests/cases/gaps`.
import type { Line, Rulebook } from '../../../scoring/rulebook.ts';
import { FREE } from '../../../scoring/rulebook.ts';
import type { Answer, Answers } from '../../../scoring/values.ts';
import { nameOf } from '../../../scoring/wording.ts';

export type Kind = 'unanswered' | 'words' | 'reason' | 'picture' | 'nothing_applies';

export interface Gap {
  readonly line: string; // to jump to; empty: the sheet as a whole
  readonly text: string;
  readonly kind: Kind;
}

export type Shown = ReadonlyMap<string, number>; // line -> how many pictures

/** In the order of the sheet, elements last; empty: nothing is missing. */
export function gaps(book: Rulebook, answers: Answers, pictures: Shown, occasion: string): Gap[] {
  const lines = book.lines.flatMap((line) => ofLine(line, answers.get(line.key), pictures.get(line.key) ?? 0, occasion));
  const found = [...lines, ...(AGAIN[occasion] ? [] : ofElements(book, answers, pictures))];
  return found.length || applying(book, answers).size ? found : [NOTHING];
}

/** Their lines are looked at again one by one: each carries words and a picture, instead of one of each element. */
const AGAIN: Readonly<Record<string, string>> = { rectification_check: '整改确认', follow_up_visit: '回访' };
const NOTHING: Gap = { line: '', text: '全部项目都不涉及，不能计算得分，请核对适用的评定标准。', kind: 'nothing_applies' };

/** Of one line alone, to be shown beside it while it is filled. */
export function ofLine(line: Line, answer: Answer | undefined, pictures: number, occasion: string): Gap[] {
  const named = nameOf(line.item);
  if (!answer) return line.preset ? [] : [{ line: line.key, text: `${named}还没有作答。`, kind: 'unanswered' }];
  const words = wanting(line, answer, occasion);
  const picture = pictures ? '' : pictureWanting(line, answer, occasion);
  const kind: Kind = answer.verdict === 'not_applicable' ? 'reason' : 'words';
  return [
    ...(words ? [{ line: line.key, text: `${named}${words}`, kind }] : []),
    ...(picture ? [{ line: line.key, text: `${named}${picture}`, kind: 'picture' as const }] : []),
  ];
}

function wanting(line: Line, answer: Answer, occasion: string): string {
  if (answer.verdict === 'not_applicable') return said(answer.reason) ? '' : '选择了“不涉及”，请写明理由。';
  if (answer.verdict === 'deducted' && !explained(answer)) return '有扣分，请写明发现的问题。';
  if (spoken(answer)) return '';
  if (line.vetoes.length) return '是否决项，无论是否符合都要写明核查情况。';
  return AGAIN[occasion] ? `是${AGAIN[occasion]}的项目，请写明现在的情况。` : '';
}

/** Words on the answer speak for all of its deductions; else every deduction has its own. */
function explained(answer: Answer): boolean {
  const own = (answer.deductions ?? []).map((each) => said(each.words));
  return said(answer.words) || (own.length > 0 && own.every(Boolean));
}

function spoken(answer: Answer): boolean {
  return said(answer.words) || (answer.deductions ?? []).some((each) => said(each.words));
}

/** Why a picture is asked for, whether or not there is one; empty: none is. */
export function pictureWanting(line: Line, answer: Answer | undefined, occasion: string): string {
  if (answer?.verdict === 'not_applicable') return '';
  if (line.vetoes.length) return '是否决项，请附现场图片或视频。';
  const which = line.item.pictures ? `：${line.item.pictures}` : '';
  if (line.item.picture_always) return `按标准要求应附图片${which}。`;
  if (answer?.verdict === 'deducted' && line.item.pictures) return `有扣分，按标准要求应附图片${which}。`;
  return AGAIN[occasion] ? `是${AGAIN[occasion]}的项目，请附现场图片或视频。` : '';
}

/** The innermost elements, those that hold items themselves. */
function ofElements(book: Rulebook, answers: Answers, pictures: Shown): Gap[] {
  const titles = new Map(book.book.elements.map((each) => [each.key, `${each.number}${each.title}`]));
  return [...applying(book, answers)].flatMap(([key, lines]) => ofElement(`要素“${titles.get(key) ?? key}”`, lines, answers, pictures));
}

function ofElement(named: string, lines: readonly Line[], answers: Answers, pictures: Shown): Gap[] {
  const line = lines[0]!.key;
  const found: Gap[] = [];
  const words = lines.some((each) => answers.has(each.key) && spoken(answers.get(each.key)!));
  if (!words) found.push({ line, text: `${named}还没有文字记录，请在其中至少一项写明情况。`, kind: 'words' });
  if (!lines.some((each) => pictures.get(each.key))) {
    found.push({ line, text: `${named}还没有图片，请在其中至少一项附图片。`, kind: 'picture' });
  }
  return found;
}

function applying(book: Rulebook, answers: Answers): Map<string, Line[]> {
  const found = new Map<string, Line[]>();
  for (const line of book.lines) {
    const answer = answers.get(line.key);
    const applies = answer ? answer.verdict !== 'not_applicable' : !line.preset;
    if (applies && line.item.element !== FREE) found.set(line.item.element, [...(found.get(line.item.element) ?? []), line]);
  }
  return found;
}

function said(words: string | undefined): boolean {
  return Boolean(words?.trim());
}
