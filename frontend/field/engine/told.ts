// The shapes of what the server says (docs/field-protocol.md): whatever has another one is no answer, and the round waits.
import type { Json } from '../digests/canonical.ts';
import { anyNumber, anything, count, either, flag, list, named, oneOf, orNull, perhaps, record, text } from './shapes.ts';
import type { Exported } from './exported.ts';
import type { Shape } from './shapes.ts';
import type { Known, Outcome, Session, VisitListed } from './wire.ts';

const listed: Shape<VisitListed> = record({ key: text, title: text, occasion: text, from: text, to: text, state: text, etag: text });

const moment: Shape<string> = (told): told is string => text(told) && !Number.isNaN(Date.parse(told));

export const session: Shape<Session> = record({
  account: count, name: text, csrf: text, now: moment, epoch: text, watermark: count, visits: list(listed), wipe: flag,
});

export const known: Shape<Known> = record({ missing: list(text), pictures: list(text), after: perhaps(list(text)) });

/** JSON by construction: it was parsed. */
const json: Shape<Json> = (told): told is Json => told !== undefined;

const stored = record({
  id: text, outcome: oneOf('stored'), receipt: count, version: perhaps(count), digest: perhaps(text), done_at: perhaps(text),
});
const refused = record({ id: text, outcome: oneOf('refused'), receipt: count, text, clause: perhaps(text) });
const conflict = record({
  id: text, outcome: oneOf('conflict'), receipt: count, text, theirs: perhaps(json), version: perhaps(count), differs: perhaps(list(text)),
});
const waiting = record({ id: text, outcome: oneOf('waiting'), needs: list(text), acts: perhaps(list(text)) });

export const outcome: Shape<Outcome> = (told): told is Outcome => stored(told) || refused(told) || conflict(told) || waiting(told);

/** The frame alone: an outcome that cannot be read leaves its own act in the queue, and no other. */
export const outcomes = record({ outcomes: list(anything), watermark: count });

const deduction = record({ rule: text, count, points: count, words: text });
const picture = record({ digest: text, words: text });
const person = record({ account: count, name: text, side: oneOf('team', 'unit'), leads: perhaps(flag), elements: perhaps(list(text)) });
const answer = record({
  verdict: oneOf('', 'conforms', 'deducted', 'not_applicable'), version: count, pictures: list(picture), deductions: perhaps(list(deduction)), words: perhaps(text), reason: perhaps(text),
  by: perhaps(text), done_at: perhaps(text),
});

const earlier = record({ text, by: text, found_at: moment, measure: text, due: text, done: text, reported_on: text, evidence: count });

/** Before it is merged with what the device has. */
export const packet = record({
  visit: text, number: count, whole: flag, taken: text, until: text, head: named(json), people: list(person),
  book: orNull(record({ digest: text, lines: perhaps(list(anything)) })), answers: named(orNull(answer)),
  performance: list(text), acts: list(text), findings: perhaps(named(list(earlier))),
});

const place = record({ lat: anyNumber, lon: anyNumber, accuracy: anyNumber, mocked: flag });
const uuid: Shape<string> = (told): told is string => text(told) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(told);
const act = record({
  id: uuid, act: text, visit: text, order: count, done_at: moment, uncertainty: count, based_on: either(count, text), where: orNull(place), input: named(json),
});

/** A file of `exported`, as somebody chose it: it may be anything. */
export const exportFile: Shape<Exported> = record({
  dabiao: oneOf('dabiao-export/1'), account: count,
  acts: list(record({ act, device: uuid, needs: list(text), digest: text })), pictures: named(text), digest: perhaps(text),
});
