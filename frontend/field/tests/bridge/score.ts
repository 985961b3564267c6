// Scores what the server's own inventor of books and answers drew: a list of sheets in, their results out.
import { readFileSync } from 'node:fs';
import { parts, root } from '../../digests/sheet.ts';
import type { SheetRecord } from '../../digests/sheet.ts';
import type { PlainBook } from '../../scoring/book.ts';
import { rulebook } from '../../scoring/rulebook.ts';
import type { Limits } from '../../scoring/rulebook.ts';
import { score } from '../../scoring/scoring.ts';
import type { Answer, Result } from '../../scoring/values.ts';

interface Sheet {
  readonly book: PlainBook;
  readonly limits: Limits;
  readonly answers: Readonly<Record<string, Answer>>;
}

function told({ book, limits, answers }: Sheet): object {
  const given = rulebook(book, limits);
  const result: Result = score(given, new Map(Object.entries(answers)));
  const { full, not_applicable, applicable, obtained, total_deduction, provisional, by_score, level, p } = result;
  const records = new Map(Object.entries(answers).map(([key, answer]): [string, SheetRecord] =>
    [key, { answer, by: '示例', done_at: '2026-03-16T01:02:03.000004Z', pictures: [] }]));
  return {
    full, not_applicable, applicable, obtained, total_deduction, provisional, score: result.score, by_score, level, p,
    missing: result.missing,
    vetoes: result.vetoes.map((veto) => veto.key),
    reasons: result.reasons.map(({ text, clause, since }) => [text, clause, since]),
    items: [...result.items].map(([key, each]) => [key, each.lost, each.extra, each.total, each.applies, each.reasons]),
    root: root(parts(given, records)),
  };
}

const sheets = JSON.parse(readFileSync(0, 'utf8')) as Sheet[];
process.stdout.write(JSON.stringify(sheets.map(told)));
