// Another PIN for the same store.
import { WrongPin } from '../../store/lock.ts';
import type { Vault } from '../../store/dexie.ts';
import { field, h } from '../dom.ts';
import { form, pinInput, submit } from '../door/frame.ts';
import { pinFault } from '../door/pin.ts';
import type { Context } from '../screen.ts';
import { wait } from '../words.ts';

export function pinCard(context: Context, vault: Vault): HTMLElement {
  const [old, pin, again] = [pinInput('old'), pinInput('pin'), pinInput('again')];
  const made = form(async () => {
    const fault = pinFault(pin.value, again.value);
    const words = fault || (await changed(vault, old.value, pin.value));
    context.say(words || '口令已改，下次打开用新口令', words ? 'bad' : 'good');
    if (!words) details.open = false;
    for (const each of [old, pin, again]) each.value = '';
  }, field('原口令', old), field('新口令', pin, '6 到 12 位数字'), field('新口令再填一次', again), submit('改口令'));
  const details = h('details', { class: 'card fold' }, h('summary', {}, '改口令'), made);
  return details;
}

async function changed(vault: Vault, old: string, pin: string): Promise<string> {
  try {
    await vault.changePin(old, pin, Date.now());
    return '';
  } catch (error) {
    if (!(error instanceof WrongPin)) return `没有改成：${error instanceof Error ? error.message : String(error)}`;
    const still = error.until - Date.now();
    return still > 0 ? `原口令不对，请 ${wait(still)}后再试。` : '原口令不对，没有改。';
  }
}
