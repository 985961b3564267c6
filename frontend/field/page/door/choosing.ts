// Who are you? Those who have a store on this device, and whoever is signed in and has none yet.
import { button, h, icon } from '../dom.ts';
import type { Hall } from './door.ts';
import { step } from './frame.ts';
import { SIGN_IN, signInAnew } from './meeting.ts';
import type { Met } from './meeting.ts';
import type { Person } from './people.ts';

export function choosing(hall: Hall, told: string): HTMLElement {
  const known = hall.people();
  const { node, tell } = step(
    known.length ? '请选择您是谁' : '第一次在本机使用',
    told && h('p', { class: 'notice', role: 'status' }, told),
    known.length > 0 && h('ul', { class: 'who' }, known.map((person) => h('li', {}, choice(hall, person)))),
    ...fresh(hall, known, async () => tell(await signInAnew())),
  );
  return node;
}

function choice(hall: Hall, person: Person): HTMLElement {
  const left = person.left ? `本机保存 ${person.left} 项，未送达` : '已送达';
  const made = h('button', { type: 'button', class: 'tap tap-wide who-one' },
    icon('user'), h('span', { class: 'who-name' }, person.name), h('span', { class: 'small muted push' }, left));
  made.addEventListener('click', () => hall.unlock(person));
  return made;
}

/** Beginning on this device needs the network once. */
function fresh(hall: Hall, known: readonly Person[], other: () => Promise<void>): HTMLElement[] {
  const met = hall.met;
  if (!met) return [h('p', { class: 'muted', role: 'status' }, '正在查看登录情况…')];
  if (met.kind === 'session') return signedIn(hall, met, known, other);
  return [h('div', { class: 'card' }, h('p', {}, words(met, known.length > 0)), met.kind === 'away' ? again(hall) : signIn(met, other))];
}

function words(met: Exclude<Met, { kind: 'session' }>, known: boolean): string {
  const others = known ? '上面的人凭口令照常使用。' : '';
  switch (met.kind) {
    case 'signed_out': return `${others}${known ? '别人要在本机使用，' : ''}请先联网登录一次，再设置口令；以后没有信号也能打开。`;
    case 'refused': return `${others}现在登录的人不办理现场工作，请换评审人员登录。`;
    case 'away': return `${met.text}${others}${known ? '别人要在本机使用，' : '第一次使用'}需要联网登录一次。连上后本页会自己接着办理。`;
  }
}

function signedIn(hall: Hall, met: Extract<Met, { kind: 'session' }>, known: readonly Person[], other: () => Promise<void>): HTMLElement[] {
  const { session } = met;
  const here = h('div', { class: 'card' }, h('p', {}, `现在登录的是${session.name}。`), button('换人登录', other, 'plain', 'users'));
  if (known.some((each) => each.account === session.account)) return [here];
  const begin = h('div', { class: 'card' },
    h('p', {}, `${session.name}，您还没有在本机使用过。设置一个口令后就可以开始。`),
    button('在本机开始使用', () => hall.enrol(session), 'primary'),
    button('我不是这个人，换人登录', other));
  return [begin];
}

function signIn(met: Met, other: () => Promise<void>): HTMLElement {
  if (met.kind === 'refused') return button('换人登录', other, 'plain', 'users');
  return h('a', { href: SIGN_IN, class: 'tap tap-primary tap-wide' }, '去登录');
}

function again(hall: Hall): HTMLElement {
  return button('重试', () => hall.ask(), 'plain', 'refresh');
}
