// The way between a device and the server, with everything that can happen to it. One draw a request.
import type { Answered, Asked } from '../../engine/ports.ts';
import type { Chance } from './chance.ts';
import { plain, refuse } from './envelopes.ts';
import type { Fault, Happening } from './faults.ts';
import type { SignIn } from './server.ts';
import type { Time } from './time.ts';

const TIMEOUT = 30_000;
const LATEST = 4 * 3_600_000; // a delayed request still arrives, long after sign-in has expired

/** The model server, or the real one behind the bridge. */
export interface Serving {
  readonly late?: boolean; // answers before it commits
  lookUp(asked: Asked): ReadonlySet<string>;
  handle(asked: Asked, signIn: SignIn, absent: ReadonlySet<string>): Answered | Promise<Answered>;
  told(asked: Asked, answer: Answered): void;
  commit(): void;
  crash(): void;
}

export interface Way {
  readonly time: Time;
  readonly chance: Chance;
  readonly server: Serving;
  readonly signIn: SignIn;
  readonly fault: () => Fault | null;
  readonly count?: (what: Happening) => void;
}

/** One request on its way: with the cookie it was sent with, and whether something else was sent after it. */
interface Letter {
  readonly asked: Asked;
  readonly as: number | null;
  readonly overtaken: () => boolean;
}

export function fetching(way: Way): (asked: Asked) => Promise<Answered> {
  let sent = 0;
  return (asked) => new Promise((resolve, reject) => {
    const drawn = way.fault();
    const fault = drawn === '413' && !many(asked) ? 'request dropped' : drawn;
    const nth = sent += 1;
    const letter = { asked, as: way.signIn.account, overtaken: () => sent > nth };
    if (fault) way.count?.(fault);
    const done = fault ? faulty(way, letter, fault) : through(way, letter);
    const over = way.time.after(fault ? TIMEOUT : TIMEOUT * 2, () => reject(new Error('timeout')));
    done.then(resolve, reject).finally(over);
  });
}

/** There, judged, and back. */
async function through({ time, chance, server, signIn }: Way, { asked, as }: Letter): Promise<Answered> {
  await time.sleep(chance.between(5, 400));
  const absent = server.lookUp(asked);
  if (absent.size) await time.sleep(chance.between(1, 300));
  const answer = await server.handle(asked, { account: signIn.account === null ? null : as, until: signIn.until }, absent);
  const committed = chance.between(50, 2000);
  if (server.late) time.after(committed, () => server.commit());
  await time.sleep(chance.between(5, 400));
  server.told(asked, answer);
  return answer;
}

const LOST = new Promise<never>(() => {});
const CANNED: Partial<Record<Fault, () => Answered>> = {
  'gateway 502': () => plain(502, 'Bad Gateway'),
  'gateway 503': () => plain(503, 'Service Unavailable', { 'Retry-After': '3600' }),
  'gateway 504': () => plain(504, 'Gateway Timeout'),
  'portal': () => plain(200, '<html>欢迎使用无线网络，请登录</html>'),
  'redirect': () => plain(302, '', { Location: '/accounts/login/' }),
  '401': () => refuse(401, '请重新登录'),
  '403': () => refuse(403, '请刷新页面后重试'),
  '409': () => refuse(409, '登录的是另一个人'),
  '413': () => refuse(413, '一次送来的太多'),
  '423': () => refuse(423, '系统维护中', { 'Retry-After': '30' }),
  '429': () => refuse(429, '请稍候', { 'Retry-After': '5' }),
};

async function faulty(way: Way, letter: Letter, fault: Fault): Promise<Answered> {
  const { asked } = letter;
  const canned = CANNED[fault];
  if (canned) { await way.time.sleep(way.chance.between(5, 200)); return canned(); }
  switch (fault) {
    case 'server crashed': return through(way, letter).finally(() => way.server.crash());
    case 'response dropped': await through(way, letter); return LOST;
    case 'gateway 504 after': await through(way, letter); return plain(504, 'Gateway Timeout');
    case 'duplicated': return Promise.race([through(way, letter), through(way, letter)]);
    case 'delayed': way.time.after(way.chance.between(TIMEOUT, LATEST), () => void late(way, letter)); return LOST;
    case 'request cut': return through(way, { ...letter, asked: cut(way.chance, asked) });
    case 'request flipped': return through(way, { ...letter, asked: { ...asked, body: asked.body && flipped(way.chance, asked.body) } });
    case 'response cut': return altered(await through(way, letter), (body) => body.slice(0, way.chance.below(body.length)));
    case 'response flipped': return altered(await through(way, letter), (body) => flipped(way.chance, body));
    case 'reset': if (way.chance.hits(0.5)) await through(way, letter); throw new Error('connection reset');
    default: return LOST;
  }
}

/** After what was sent later, perhaps when nobody is signed in any more. */
async function late(way: Way, letter: Letter): Promise<void> {
  if (letter.overtaken()) way.count?.('reordered');
  const answer = await through(way, letter);
  if (answer.status === 401) way.count?.('delayed past sign-in expiry');
}

/** A single act is never too large here: then a person would have to see to it. */
function many(asked: Asked): boolean {
  if (asked.path !== '/field/acts' || !asked.body) return false;
  return (JSON.parse(new TextDecoder().decode(asked.body)) as { acts: unknown[] }).acts.length > 1;
}

function cut(chance: Chance, asked: Asked): Asked {
  return { ...asked, body: asked.body && asked.body.slice(0, chance.below(asked.body.length)) };
}

export function flipped(chance: Chance, body: Uint8Array): Uint8Array {
  const other = body.slice();
  if (other.length) other[chance.below(other.length)]! ^= 1 << chance.below(8);
  return other;
}

function altered(answer: Answered, alter: (body: Uint8Array) => Uint8Array): Answered {
  return { ...answer, body: alter(answer.body) };
}
