// A server that behaves as docs/field-protocol.md says: receipts committed with effects, answers after commit.
import { createHash } from 'node:crypto';
import type { Answered, Asked } from '../../engine/ports.ts';
import { moment } from '../../engine/times.ts';
import type { Act, Outcome } from '../../engine/wire.ts';
import { Data } from './data.ts';
import type { Receipt } from './data.ts';
import { digested, envelope, parse, plain, refuse } from './envelopes.ts';
import { judged, nameOf } from './judging.ts';
import type { Visit } from './judging.ts';
import { packet } from './packing.ts';

export interface Bugs {
  readonly early?: boolean; // answers before it commits
  readonly lookUp?: boolean; // looks up, then inserts, without a constraint
  readonly merging?: boolean; // closes also where what was signed does not match
}

export interface SignIn {
  account: number | null;
  until: number;
}

const OLD = 426;
const LISTED = 3; // visits in a session: nothing here hangs on them

export class Server {
  data = new Data();
  readonly visits = new Map<string, Visit>();
  maintenanceUntil = 0;
  upgraded = false; // it takes what old pages have, and gives them nothing
  epoch = 'e1';
  mostActs = 500;
  statement: () => void = () => {}; // each statement asks; it may throw
  readonly ever = new Set<string>(); // acts it has had a receipt of at some time
  readonly gone: string[] = []; // acknowledged, and lost by a crash
  private readonly acknowledged = new Set<string>();
  private readonly lives = new WeakMap<Answered, number>(); // in which life an answer was given
  private life = 1;
  private backup: Data = new Data();

  constructor(private readonly now: () => number, private readonly bugs: Bugs = {}) {}

  get late(): boolean {
    return this.bugs.early === true;
  }

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
    const mark = this.data.mark(this.late);
    try {
      const answer = this.route(asked, signIn, absent);
      this.statement(); // commit
      return answer;
    } catch {
      this.data.undo(mark);
      return plain(500, 'Internal Server Error');
    }
  }

  commit(): void {
    this.data.mark(false);
  }

  /** Power off and on: what is not committed is gone, and nothing that was acknowledged may be. */
  crash(): void {
    if (this.late) this.data.undo(0);
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
    if (asked.method !== 'GET' && asked.headers['X-CSRFToken'] !== `c${signIn.account}`) return refuse(403, '请刷新页面后重试');
    const told = asked.headers['Content-Digest'];
    if (asked.body && told !== undefined && told !== digested(asked.body)) return refuse(400, '请求在途中被改动');
    if (asked.path.startsWith('/field/session?')) return this.session(signIn.account);
    if (asked.path.startsWith('/field/visits/')) return this.upgraded ? refuse(OLD, '请更新页面') : packet(this.data, this.visits, signIn.account, asked);
    if (asked.path === '/field/acts') return this.acts(asked, signIn.account, absent);
    if (asked.path === '/field/known') return this.known(asked, signIn.account);
    return this.picture(asked, signIn.account);
  }

  private session(account: number): Answered {
    const now = moment(this.now());
    const visits = [...this.visits.keys()].slice(0, LISTED).map((key) => ({ key, title: '示例木业', occasion: 'onsite_review', from: '2026-03-16', to: '2026-03-18', state: 'reviewing', etag: '"1"' }));
    return envelope(200, { account, name: nameOf(account), csrf: `c${account}`, now, epoch: this.epoch, watermark: this.data.watermark, visits, wipe: false });
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
    if (before && (before.content !== content || before.account !== account)) return { id: act.id, outcome: 'refused', receipt: before.outcome.receipt, text: '同一编号，内容不同' };
    if (before) return before.outcome;
    const desk = { data: this.data, visits: this.visits, now: this.now(), merging: this.bugs.merging === true, statement: this.statement };
    const outcome = judged(desk, act, account);
    if (outcome.outcome !== 'waiting') this.data.put(this.data.receipts, act.id, { account, content, outcome } as Receipt);
    this.statement();
    this.ever.add(act.id);
    return outcome;
  }

  private known(asked: Asked, account: number): Answered {
    const body = parse(asked.body) as { ids: string[]; pictures: string[]; after?: string[] } | null;
    if (!body) return refuse(400, '不是完整的请求');
    const pictures = body.pictures.filter((sha) => !this.data.pictures.has(sha));
    const missing = body.ids.filter((id) => this.data.receipts.get(id)?.account !== account); // others' are none of theirs
    return envelope(200, { missing, pictures, after: (body.after ?? []).filter((id) => !this.data.receipts.has(id) && !this.data.lost.has(id)) });
  }

  /** Progress is each person's own: bytes somebody else sent do not count. */
  private picture(asked: Asked, account: number): Answered {
    const sha = asked.path.split('/').at(-1)!;
    const mine = `${account}/${sha}`;
    if (this.data.uploads.has(mine)) return envelope(200, { have: this.data.pictures.get(sha)!.length, complete: true });
    const had = this.data.pieces.get(mine) ?? new Uint8Array();
    if (asked.method === 'GET') return envelope(200, { have: had.length, complete: false });
    const [, from, until, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(asked.headers['Content-Range'] ?? '')!.map(Number);
    if (asked.body!.length !== until! - from! + 1) return refuse(400, '这一段不完整');
    if (from !== had.length) return envelope(409, { have: had.length });
    return this.piece(sha, mine, join(had, asked.body!), total!);
  }

  private piece(sha: string, mine: string, whole: Uint8Array, total: number): Answered {
    this.statement();
    const { data } = this;
    if (whole.length < total) {
      data.put(data.pieces, mine, whole);
      return envelope(200, { have: whole.length, complete: false });
    }
    data.put(data.pieces, mine, new Uint8Array());
    if (createHash('sha256').update(whole).digest('hex') !== sha) return envelope(200, { have: 0, complete: false });
    data.put(data.pictures, sha, whole);
    data.put(data.uploads, mine, true);
    return envelope(200, { have: whole.length, complete: true });
  }
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}
