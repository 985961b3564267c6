// What is on the server, and what is still here.
import { h } from '../dom.ts';
import type { Screen } from '../screen.ts';

export const receipts: Screen = () => ({ title: '回执', node: h('main', { class: 'screen' }) });
