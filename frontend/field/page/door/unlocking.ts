// The PIN opens the store; wrong ones wait longer each time.
import { Vault } from '../../store/dexie.ts';
import { WrongPin } from '../../store/lock.ts';
import { field, h } from '../dom.ts';
import { wait } from '../words.ts';
import type { Hall } from './door.ts';
import { form, pinInput, step, submit } from './frame.ts';
import type { Person } from './people.ts';

export function unlocking(hall: Hall, person: Person, told: string): HTMLElement {
  const pin = pinInput('pin');
  pin.dataset['first'] = '';
  const left = person.left ? `本机保存 ${person.left} 项，打开后有信号就送。` : '';
  const { node, tell } = step(`${person.name}，请填口令`,
    told && h('p', { class: 'notice', role: 'status' }, told),
    form(() => sent(), left && h('p', { class: 'muted' }, left), field('口令', pin), submit('打开')),
    h('div', { class: 'row' }, turn('不是我', () => hall.choose()), turn('忘记口令', () => hall.forget(person))));
  async function sent(): Promise<void> {
    tell('');
    const vault = new Vault(person.account);
    try {
      await hall.enter(person, vault, () => vault.unlock(pin.value, Date.now()));
    } catch (error) {
      vault.close();
      await wrong(error);
    }
    pin.value = '';
  }
  async function wrong(error: unknown): Promise<void> {
    if (!(error instanceof WrongPin)) return tell(await lost(hall, person, error));
    const still = error.until - Date.now();
    tell(still > 0 ? `口令不对，试的次数多了。请 ${wait(still)}后再试。` : '口令不对，请再填一次。');
    pin.focus();
  }
  return node;
}

/** The store is gone (the browser's data was cleared), or it is open elsewhere. */
async function lost(hall: Hall, person: Person, error: unknown): Promise<string> {
  const vault = new Vault(person.account);
  const there = await vault.enrolled().finally(() => vault.close());
  if (there) return error instanceof RangeError ? error.message : `没有打开：${error instanceof Error ? error.message : String(error)}`;
  hall.strike(person.account);
  return '本机已没有您的内容（浏览器的数据被清除过）。请返回，联网登录后重新开始。';
}

function turn(words: string, tapped: () => void): HTMLElement {
  const made = h('button', { type: 'button', class: 'tap tap-quiet' }, words);
  made.addEventListener('click', tapped);
  return made;
}
