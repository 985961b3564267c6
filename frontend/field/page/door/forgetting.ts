// A forgotten PIN: nobody can open the store any more. Its owner, signed in, may throw it away and begin anew.
import type { Session } from '../../engine/wire.ts';
import { Vault } from '../../store/dexie.ts';
import { field, h } from '../dom.ts';
import { claim } from '../seat.ts';
import { TAKEN } from './door.ts';
import type { Hall } from './door.ts';
import { back } from './enrolling.ts';
import { form, step } from './frame.ts';
import { SIGN_IN } from './meeting.ts';
import type { Person } from './people.ts';

export function forgetting(hall: Hall, person: Person): HTMLElement {
  const session = owner(hall, person);
  if (!session) return stranger(hall, person);
  const name = h('input', { type: 'text', name: 'typed', autocomplete: 'off' });
  const left = person.left ? `本机有 ${person.left} 项没有送达，清除后找不回来。` : '';
  const { node, tell } = step('忘记口令',
    form(() => sent(),
      h('p', {}, `没有口令，谁也打不开您在本机的内容。可以清除它，重新设置口令。${left}已送达的内容在系统里，不受影响。`),
      field(`要清除，请填写您的姓名“${person.name}”`, name),
      h('button', { type: 'submit', class: 'tap tap-danger tap-wide' }, '清除本机内容')),
    back(hall));
  async function sent(): Promise<void> {
    if (name.value.trim() !== person.name) return tell('填写的姓名不一致，没有清除。');
    if (!(await thrownAway(person.account))) return tell(TAKEN);
    hall.strike(person.account);
    hall.enrol(session!);
  }
  return node;
}

/** The session of whoever the store belongs to; null: somebody else's, or none. */
export function owner(hall: Pick<Hall, 'met'>, person: Person): Session | null {
  return hall.met?.kind === 'session' && hall.met.session.account === person.account ? hall.met.session : null;
}

async function thrownAway(account: number): Promise<boolean> {
  const release = await claim(account);
  if (!release) return false;
  const vault = new Vault(account);
  await vault.wipe().finally(() => { vault.close(); release(); });
  return true;
}

function stranger(hall: Hall, person: Person): HTMLElement {
  const words = `没有口令，谁也打不开${person.name}在本机的内容。要清除它重新开始，须由${person.name}本人联网登录后再来这里。`;
  return step('忘记口令', h('div', { class: 'card' }, h('p', {}, words), h('a', { href: SIGN_IN, class: 'tap' }, '去登录')), back(hall)).node;
}
