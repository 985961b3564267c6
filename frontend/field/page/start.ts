// The page begins: who is at the device, their work, and again.
import { Vault } from '../store/dexie.ts';
import { h } from './dom.ts';
import { door } from './door/door.ts';
import { people, strike } from './door/people.ts';
import type { Person } from './door/people.ts';
import { toFirst } from './routes.ts';
import { Updates } from './seated/updates.ts';
import { Work } from './seated/work.ts';

const LOCKED = '已锁定。锁定期间不送达，打开后继续。';
const WIPED = '本机内容已按要求清除。已送达的内容都在系统里。';

export async function start(body: HTMLElement): Promise<void> {
  const host = h('div', { class: 'page' });
  body.replaceChildren(host);
  if (!isSecureContext) return host.replaceChildren(insecure());
  const updates = new Updates();
  void updates.start();
  for (let last: Person | null = null, told = ''; ;) {
    const seat = await door(host, told, last);
    const { account } = seat.engine;
    if (last && last.account !== account) toFirst();
    await new Work(seat, updates).run(host);
    const wiped = !(await enrolled(account));
    if (wiped) strike(localStorage, account);
    told = wiped ? WIPED : LOCKED;
    last = people(localStorage).find((each) => each.account === account) ?? null;
  }
}

/** Looking makes an empty store where there is none: it goes again, so that nothing tells who was here. */
async function enrolled(account: number): Promise<boolean> {
  const vault = new Vault(account);
  const there = await vault.enrolled();
  if (!there) await vault.wipe();
  vault.close();
  return there;
}

function insecure(): HTMLElement {
  return h('main', { class: 'screen' }, h('h1', {}, '现场页面没有打开'), h('p', {}, '现场页面要加密保存内容，须用 https:// 开头的地址打开。请向系统管理员索取地址。'));
}
