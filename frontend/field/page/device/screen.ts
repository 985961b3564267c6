// This device: whose it is, what room there is, which version.
import { h } from '../dom.ts';
import type { Screen } from '../screen.ts';

export const device: Screen = () => ({ title: '本机', node: h('main', { class: 'screen' }) });
