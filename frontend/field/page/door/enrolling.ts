// The first time on this device: a PIN, and the secret of the server that goes with it.
import { Halt } from '../../engine/asking.ts';
import type { Store } from '../../engine/ports.ts';
import type { Session } from '../../engine/wire.ts';
import { Vault } from '../../store/dexie.ts';
import { field, h } from '../dom.ts';
import { haltWords } from '../halting.ts';
import { toFirst } from '../routes.ts';
import type { Hall } from './door.ts';
import { form, pinInput, step, submit } from './frame.ts';
import { enrolled } from './meeting.ts';
import { pinFault } from './pin.ts';
import { deviceName } from './platform.ts';

export function enrolling(hall: Hall, session: Session): HTMLElement {
  const [pin, again] = [pinInput('pin'), pinInput('again')];
  pin.dataset['first'] = '';
  const { node, tell } = step('设置口令',
    form(() => sent(),
      h('p', {}, `${session.name}，以后在本机打开现场页面要填这个口令，没有信号也用它。口令只在本机，系统里没有；忘了就打不开本机没送达的内容，请记牢。`),
      field('口令', pin, '6 到 12 位数字'), field('再填一次', again), submit('设好，开始使用')),
    back(hall));
  async function sent(): Promise<void> {
    const fault = pinFault(pin.value, again.value);
    tell(fault);
    if (fault) return;
    await begin(hall, session, pin.value).catch((error: unknown) => tell(why(error)));
  }
  return node;
}

async function begin(hall: Hall, session: Session, pin: string): Promise<void> {
  const vault = new Vault(session.account);
  const device = crypto.randomUUID();
  const secret = await enrolled(session, device, deviceName(navigator.userAgent));
  toFirst();
  await hall.enter({ account: session.account, name: session.name, left: 0 }, vault, () => empty(vault, pin, secret, device));
}

/** The engine takes the device's name from the store: it is the one that was enrolled. */
async function empty(vault: Vault, pin: string, secret: string, device: string): Promise<Store> {
  const store = await vault.enrol(pin, secret);
  await store.write([{ kind: 'meta', key: 'device', value: device }]);
  return store;
}

function why(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  if (error instanceof Halt && error.state === 'signed_out') return '登录已失效，请重新登录后再设置口令。';
  if (error instanceof Halt) return `${haltWords(error)}第一次使用需要联网。`;
  return `没有设成：${error instanceof Error ? error.message : String(error)}`;
}

export function back(hall: Hall): HTMLElement {
  const made = h('button', { type: 'button', class: 'tap tap-quiet' }, '返回');
  made.addEventListener('click', () => hall.choose());
  return made;
}
