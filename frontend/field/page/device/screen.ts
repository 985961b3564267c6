// This device: whose it is, what room there is, which version.
import type { Vault } from '../../store/dexie.ts';
import { h } from '../dom.ts';
import type { Screen } from '../screen.ts';
import type { Updates } from '../work/updates.ts';

export function deviceScreen(_vault: Vault, _lock: () => void, _updates: Updates): Screen {
  return () => ({ title: '本机', node: h('main', { class: 'screen' }) });
}
