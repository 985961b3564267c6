// Which visits there are, and which are taken along.
import { h } from '../dom.ts';
import type { Screen } from '../screen.ts';

export const visits: Screen = () => ({ title: '现场列表', node: h('main', { class: 'screen' }) });
