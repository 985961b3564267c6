// One visit as it stands on this device, read once and kept up as acts are recorded; every screen of it asks here.
import type { Engine } from '../../../engine/engine.ts';
import { standing } from '../../../engine/handover.ts';
import type { HandedRow } from '../../../engine/handover.ts';
import type { Packet, Person } from '../../../engine/packets.ts';
import type { Done } from '../../../engine/recording.ts';
import type { Held } from '../../../engine/shelf.ts';
import { records, view } from '../../../engine/view.ts';
import type { LineView } from '../../../engine/view.ts';
import type { SheetRecord } from '../../../digests/sheet.ts';
import { carried } from '../../../scoring/carried.ts';
import type { CarriedBook } from '../../../scoring/carried.ts';
import type { Line, Rulebook } from '../../../scoring/rulebook.ts';
import { score } from '../../../scoring/scoring.ts';
import type { Answer, Result } from '../../../scoring/values.ts';
import { gaps } from './gaps.ts';
import type { Gap } from './gaps.ts';

const NOTHING: LineView = { answer: null, by: '', done_at: '', pictures: [], version: 0, mine: 'no' };

export interface Who {
  readonly engine: Engine;
  readonly account: number;
  readonly name: string;
}

interface Reckoned {
  records?: ReadonlyMap<string, SheetRecord>;
  answers?: ReadonlyMap<string, Answer>;
  result?: Result;
  gaps?: readonly Gap[];
  gapsBy?: ReadonlyMap<string, readonly Gap[]>;
}

export class Desk {
  lines: ReadonlyMap<string, LineView> = new Map();
  acts: readonly Held[] = []; // of this visit, in the order done
  private reckoned: Reckoned = {}; // when asked for: a tap asks for little
  readonly drafts = new Map<string, string>(); // words typed on a line that has no verdict yet
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly visit: string, private readonly who: Who, public packet: Packet,
    readonly digest: string, readonly book: Rulebook, public handed: readonly HandedRow[], private brought: number,
  ) {
    this.recount();
  }

  /** null: not taken along, or there is no rulebook to score by yet. */
  static async open(who: Who, visit: string): Promise<Desk | null> {
    const { brought } = who.engine.shelf;
    const packet = (await who.engine.shelf.get('packet', visit)) as Packet | undefined;
    const plain = packet?.book && ((await who.engine.shelf.get('book', packet.book)) as CarriedBook | undefined);
    if (!packet || !plain) return null;
    const book = carried(plain);
    return new Desk(visit, who, packet, packet.book, book, await handedRows(who.engine, visit, book), brought);
  }

  /** The packet or what was handed over may be another by now. false: the rulebook is. */
  async reload(): Promise<boolean> {
    const { brought } = this.who.engine.shelf;
    if (brought === this.brought) { this.recount(); return true; }
    const packet = (await this.who.engine.shelf.get('packet', this.visit)) as Packet | undefined;
    if (!packet || packet.book !== this.digest) return false;
    this.packet = packet;
    this.handed = await handedRows(this.who.engine, this.visit, this.book);
    this.brought = brought;
    this.recount();
    return true;
  }

  /** From what is in memory: after an act of our own. */
  recount(): void {
    const { shelf } = this.who.engine;
    this.acts = [...shelf.acts.values()].filter((held) => held.act.visit === this.visit).sort((one, other) => one.act.order - other.act.order);
    this.lines = view(this.packet, standing(this.handed, this.packet), this.acts, this.who.name);
    this.reckoned = {};
  }

  get records(): ReadonlyMap<string, SheetRecord> {
    return (this.reckoned.records ??= records(this.lines));
  }

  get answers(): ReadonlyMap<string, Answer> {
    return (this.reckoned.answers ??= new Map([...this.records].map(([line, record]) => [line, record.answer])));
  }

  get result(): Result {
    return (this.reckoned.result ??= score(this.book, this.answers));
  }

  get gaps(): readonly Gap[] {
    return (this.reckoned.gaps ??= [...gaps(this.book, this.answers, this.shown(), this.occasion), ...this.copied()]);
  }

  get occasion(): string {
    return String(this.packet.head['occasion'] ?? '');
  }

  get gapsBy(): ReadonlyMap<string, readonly Gap[]> {
    return (this.reckoned.gapsBy ??= grouped(this.gaps));
  }

  /** What one line lacks, as `gapsBy` says it: only its own element is looked at. */
  gapsOf({ key, item }: Line): readonly Gap[] {
    const lines = this.book.lines.filter((each) => each.item.element === item.element);
    return [...gaps({ ...this.book, lines }, this.answers, this.shown(), this.occasion), ...this.copied()].filter((gap) => gap.line === key);
  }

  /** One after another: what comes is based on what came before. */
  next(make: () => Omit<Done, 'visit'>): Promise<Held> {
    const turn = this.turn.then(() => this.record(make()));
    this.turn = turn.catch(() => {});
    return turn;
  }

  /** Kept when the promise is; then everything here says so. */
  async record(done: Omit<Done, 'visit'>): Promise<Held> {
    const held = await this.who.engine.record({ ...done, visit: this.visit });
    this.recount();
    return held;
  }

  line(key: string): LineView {
    return this.lines.get(key) ?? NOTHING;
  }

  /** The last of our acts on a line that stands for its answer. */
  last(line: string): Held | undefined {
    return this.acts.findLast((held) => lineOf(held) === line && /^sheets\.(record|retract)_answer@/.test(held.act.act));
  }

  /** Refused, in conflict, stored as something else: somebody has to look. */
  get open(): Held[] {
    return this.acts.filter((held) => held.state !== 'queued' && !held.seen && (held.state !== 'stored' || held.differs.length > 0));
  }

  /** Who handed the answer of a line over, where that is what stands. */
  handedBy(line: string): string {
    const own = this.acts.some((held) => held.state === 'queued' && lineOf(held) === line);
    return own ? '' : standing(this.handed, this.packet).get(line)?.from ?? '';
  }

  get me(): Person | undefined {
    return this.packet.people.find((each) => each.side === 'team' && each.account === this.who.account);
  }

  /** Elements that are ours; null: nothing is divided, everybody writes everywhere. */
  get mine(): ReadonlySet<string> | null {
    const divided = this.packet.people.some((each) => each.elements?.length);
    return divided ? new Set(this.me?.elements ?? []) : null;
  }

  /** Whose element it is, where that is not us and we do not lead. */
  taken(element: string): string {
    if (this.me?.leads || this.mine === null || this.mine.has(element)) return '';
    return this.packet.people.filter((each) => each.elements?.includes(element)).map((each) => each.name).join('、');
  }

  /** Another text whenever something here is another. */
  get stamp(): string {
    return JSON.stringify([this.packet.number, this.packet.covers, this.handed.length, this.acts.map((held) => [held.act.id, held.state, held.seen])]);
  }

  has(act: string): boolean {
    return this.packet.acts.includes(act);
  }

  private shown(): Map<string, number> {
    return new Map([...this.lines].map(([line, each]) => [line, each.pictures.length]));
  }

  /** Answers of an earlier sheet, still to be looked at. */
  private copied(): Gap[] {
    const told = this.packet.answers as { readonly [line: string]: { readonly copied?: boolean } | undefined };
    const still = this.book.lines.filter((line) => told[line.key]?.copied && this.line(line.key).mine === 'no');
    return still.map((line) => ({ line: line.key, text: '沿用上次的答复还没有核对。', kind: 'unanswered' }));
  }
}

export function lineOf(held: Held): string {
  return String((held.act.input as { line?: string }).line ?? '');
}

/** `7.1.2 要求……`, short. */
export function named(line: Line, most = 40): string {
  const text = line.item.requirement.trim();
  const short = [...text].length > most ? `${[...text].slice(0, most).join('')}…` : text;
  return line.item.number ? `${line.item.number} ${short}` : short;
}

async function handedRows(engine: Engine, visit: string, book: Rulebook): Promise<HandedRow[]> {
  const rows = await Promise.all([...book.extents.keys()].map((key) => engine.shelf.get('handed', `${visit}/${key}`)));
  return rows.filter(Boolean) as HandedRow[];
}

function grouped(gaps: readonly Gap[]): Map<string, Gap[]> {
  const found = new Map<string, Gap[]>();
  for (const gap of gaps) found.set(gap.line, [...(found.get(gap.line) ?? []), gap]);
  return found;
}
