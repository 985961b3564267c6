// A server that behaves as docs/field-protocol.md says: receipts committed with effects, answers after commit.
import { contentDigest } from '../../engine/asking.ts';
import type { Answered, Asked } from '../../engine/ports.ts';
import { moment } from '../../engine/times.ts';
import type { Act, Outcome } from '../../engine/wire.ts';
import { answerDigest } from '../../digests/sheet.ts';
import { hex } from '../../digests/sha256.ts';
import { Data } from './data.ts';
import type { Receipt } from './data.ts';

export interface Bugs {
  readonly early?: boolean; // answers before it commits
  readonly lookUp?: boolean; // looks up, then inserts, without a constraint
}

export interface Visit {
  open: boolean;
  readonly team: Set<number>;
}

export interface SignIn {
  account: number | null;
  until: number;
}

export class Server {
  data = new Data();
  readonly visits = new Map<string, Visit>();
  maintenanceUntil = 0;
  epoch = 'e1';
  mostActs = 500;
  statement: () => void = () => {}; // each statement asks; it may throw
  readonly gone: string[] = []; // acknowledged, and lost by a crash
  private readonly acknowledged = new Set<string>();
  private readonly lives = new WeakMap<Answered, number>(); // in which life an answer was given
  private life = 1;
  private backup: Data = new Data();
  private pending: (() => void)[] = []; // answered, not committed: only a buggy server has any

  constructor(private readonly now: () => number, private readonly bugs: Bugs = {}) {}

  /** What a request finds when it arrives; the rest is done by `handle`, some moments later. */
  lookUp(asked: Asked): ReadonlySet<string> {
    if (!this.bugs.lookUp || asked.path !== '/field/acts') return new Set();
    const acts = (parse(asked.body) as { acts?: Act[] } | null)?.acts ?? [];
    return new Set(acts.filter((act) => !this.data.receipts.has(act.id)).map((act) => act.id));
  }

  /** One request, in one transaction: a statement that fails leaves nothing behind. */
  handle(asked: Asked, signIn: SignIn, absent: ReadonlySet<string> = new Set()): Answered {
    const answer = this.answer(asked, signIn, absent);
    this.lives.set(answer, this.life);
    return answer;
  }

  private answer(asked: Asked, signIn: SignIn, absent: ReadonlySet<string>): Answered {
    const kept = this.data;
    this.data = this.bugs.lookUp ? kept : kept.fork();
    try {
      const answer = this.route(asked, signIn, absent);
      this.statement(); // commit
      return this.bugs.early ? this.later(kept, answer) : answer;
    } catch {
      this.data = kept;
      return plain(500, 'Internal Server Error');
    }
  }

  /** In memory only until committed: a crash forgets it. */
  private later(kept: Data, answer: Answered): Answered {
    if (!this.pending.length) this.pending.push(() => { this.data = kept; });
    return answer;
  }

  commit(): void {
    this.pending = [];
  }

  /** Power off and on: what is not committed is gone, and nothing that was acknowledged may be. */
  crash(): void {
    for (const undo of this.pending) undo();
    this.pending = [];
    for (const id of this.acknowledged) if (!this.data.receipts.has(id)) this.gone.push(id);
  }

  /** An answer has arrived. One given before a restore promises nothing of the server there is now. */
  told(asked: Asked, answer: Answered): void {
    if (this.lives.get(answer) !== this.life || asked.path !== '/field/acts' || answer.status !== 200) return;
    const { outcomes } = parse(answer.body) as { outcomes: Outcome[] };
    for (const each of outcomes) if (each.outcome !== 'waiting') this.acknowledged.add(each.id);
  }

  /** A verified backup: the watermark says so, from now on. */
  backUp(): void {
    this.backup = this.data.copy();
    this.data.watermark = this.data.next - 1;
  }

  /** `told`: the restored server knows of its backup; else its watermark falls back to the one before. */
  restore(told: boolean): void {
    this.data = this.backup.copy();
    this.life += 1;
    this.acknowledged.clear();
    if (told) this.data.watermark = this.data.next - 1;
  }

  private route(asked: Asked, signIn: SignIn, absent: ReadonlySet<string>): Answered {
    this.statement();
    if (this.now() < this.maintenanceUntil) return refuse(423, '系统维护中', { 'Retry-After': '60' });
    if (signIn.account === null || this.now() > signIn.until) return refuse(401, '请重新登录');
    const told = asked.headers['Content-Digest'];
    if (asked.body && told !== undefined && told !== contentDigest(asked.body)) return refuse(400, '请求在途中被改动');
    if (asked.path.startsWith('/field/session?')) return this.session(signIn.account);
    if (asked.path === '/field/acts') return this.acts(asked, signIn.account, absent);
    if (asked.path === '/field/known') return this.known(asked);
    return this.picture(asked);
  }

  private session(account: number): Answered {
    const now = moment(this.now());
    const visits = [...this.visits.keys()].map((key) => ({ key, title: '示例木业', occasion: 'onsite_review', from: '2026-03-16', to: '2026-03-18', state: 'reviewing', etag: '"1"' }));
    return envelope(200, { account, name: '示例', csrf: 'c', now, epoch: this.epoch, watermark: this.data.watermark, visits, wipe: false });
  }

  private acts(asked: Asked, account: number, absent: ReadonlySet<string>): Answered {
    const body = parse(asked.body) as { account: number; acts: Act[] } | null;
    if (!body) return refuse(400, '不是完整的请求');
    if (body.account !== account) return refuse(409, '登录的是另一个人');
    if (body.acts.length > this.mostActs) return refuse(413, '一次送来的太多');
    const outcomes = body.acts.map((act) => this.act(act, account, absent));
    return envelope(200, { outcomes, watermark: this.data.watermark, now: moment(this.now()) });
  }

  private act(act: Act, account: number, absent: ReadonlySet<string>): Outcome {
    this.statement();
    const before = absent.has(act.id) ? undefined : this.data.receipts.get(act.id);
    const content = JSON.stringify(act);
    if (before && before.content !== content) return { id: act.id, outcome: 'refused', receipt: before.outcome.receipt, text: '同一编号，内容不同' };
    if (before) return before.outcome;
    const outcome = this.judged(act, account);
    if (outcome.outcome !== 'waiting') this.data.receive(act.id, { content, outcome } as Receipt);
    this.statement();
    return outcome;
  }

  private judged(act: Act, account: number): Outcome {
    const visit = this.visits.get(act.visit);
    const { picture } = act.input as { picture?: string };
    if (picture && !this.data.pictures.has(picture)) return { id: act.id, outcome: 'waiting', needs: [picture] };
    const base = typeof act.based_on === 'string' ? this.data.receipts.get(act.based_on) : undefined;
    if (typeof act.based_on === 'string' && !base) return { id: act.id, outcome: 'waiting', needs: [], acts: [act.based_on] };
    const receipt = this.data.number();
    if (!visit?.open) return { id: act.id, outcome: 'refused', receipt, text: '这次现场工作已经结束', clause: '' };
    if (!visit.team.has(account)) return { id: act.id, outcome: 'refused', receipt, text: '您已不在这次评审组中', clause: '' };
    return this.applied(act, receipt, base);
  }

  private applied(act: Act, receipt: number, base: Receipt | undefined): Outcome {
    const { line, answer, picture } = act.input as { line: string; answer?: never; picture?: string };
    const place = `${act.visit}/${line}`;
    const current = this.data.answers.get(place) ?? 0;
    const expected = base ? (base.outcome.outcome === 'stored' ? base.outcome.version ?? -1 : -1) : act.based_on;
    if (answer && expected !== current) return { id: act.id, outcome: 'conflict', receipt, text: '他人已经改过', theirs: null, version: current };
    this.statement();
    this.data.take(act);
    if (!answer) return { id: act.id, outcome: 'stored', receipt, digest: `sha256:${picture}` };
    this.data.answers.set(place, current + 1);
    return { id: act.id, outcome: 'stored', receipt, version: current + 1, digest: answerDigest(answer) };
  }

  private known(asked: Asked): Answered {
    const body = parse(asked.body) as { ids: string[]; pictures: string[] } | null;
    if (!body) return refuse(400, '不是完整的请求');
    const pictures = body.pictures.filter((sha) => !this.data.pictures.has(sha));
    return envelope(200, { missing: body.ids.filter((id) => !this.data.receipts.has(id)), pictures });
  }

  private picture(asked: Asked): Answered {
    const sha = asked.path.split('/').at(-1)!;
    if (this.data.pictures.has(sha)) return envelope(200, { have: this.data.pictures.get(sha)!.length, complete: true });
    const had = this.data.pieces.get(sha) ?? new Uint8Array();
    if (asked.method === 'GET') return envelope(200, { have: had.length, complete: false });
    const [, from, until, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(asked.headers['Content-Range'] ?? '')!.map(Number);
    if (asked.body!.length !== until! - from! + 1) return refuse(400, '这一段不完整');
    if (from !== had.length) return envelope(409, { have: had.length });
    return this.piece(sha, join(had, asked.body!), total!);
  }

  private piece(sha: string, whole: Uint8Array, total: number): Answered {
    this.statement();
    this.data.pieces.set(sha, whole);
    if (whole.length < total) return envelope(200, { have: whole.length, complete: false });
    this.data.pieces.delete(sha);
    if (hex(whole) !== sha) return envelope(200, { have: 0, complete: false });
    this.data.pictures.set(sha, whole);
    return envelope(200, { have: whole.length, complete: true });
  }
}

export function envelope(status: number, body: object, headers: Record<string, string> = {}): Answered {
  const bytes = new TextEncoder().encode(JSON.stringify({ dabiao: 'field/1', ...body }));
  const all: Record<string, string> = {
    'Content-Type': 'application/json', 'X-Dabiao-Field': '1', 'Content-Digest': contentDigest(bytes), ...headers,
  };
  return { status, header: (name) => all[name] ?? null, body: bytes };
}

export function refuse(status: number, text: string, headers: Record<string, string> = {}): Answered {
  return envelope(status, { error: { status, text, clause: '' } }, headers);
}

export function plain(status: number, text: string, headers: Record<string, string> = {}): Answered {
  const all: Record<string, string> = { 'Content-Type': 'text/html', ...headers };
  return { status, header: (name) => all[name] ?? null, body: new TextEncoder().encode(text) };
}

function parse(body: Uint8Array | null): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array()));
  } catch {
    return null;
  }
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}
