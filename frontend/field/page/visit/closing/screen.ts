// The closing meeting: the result for the enterprise, who was there, disagreement, both signatures over all of it.
import { fill, h, link } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import { given, obstacles, sealed, unseen } from '../model/closing.ts';
import { awaited } from '../model/losing.ts';
import type { Obstacle } from '../model/closing.ts';
import type { Desk } from '../model/desk.ts';
import { listed } from '../model/lists.ts';
import { at, notice, screen } from '../parts.ts';
import { result } from '../summary/screen.ts';
import { losing } from './losing.ts';
import { signed } from './signed.ts';
import { signing } from './signing.ts';

export function closing(context: Context, desk: Desk): Shown {
  const node = screen();
  let shown = '';
  const draw = () => { shown = state(desk); fill(node, ...content(context, desk, draw)); };
  draw();
  const refresh = () => void desk.reload().then(() => { if (state(desk) !== shown) draw(); }); // what is typed stays
  return { node, title: desk.has('reviews.conclude@1') ? '末次会议' : '签字关闭', refresh };
}

/** Whatever makes this another screen. */
function state(desk: Desk): string {
  const last = given(desk);
  return JSON.stringify([last?.held.state, last?.held.seen, last?.broken, sealed(desk), obstacles(desk), awaited(desk)]);
}

function content(context: Context, desk: Desk, again: () => void): HTMLElement[] {
  const heading = h('h2', { class: 'screen-title' }, desk.has('reviews.conclude@1') ? '末次会议和签字' : '签字关闭');
  const last = given(desk);
  if (sealed(desk)) return [heading, last ? signed(context, desk, last, again) : notice('plain', h('p', {}, '评分表已经签字关闭。')), ...losing(context, desk, again), ...result(desk)];
  const before = last ? [signed(context, desk, last, again)] : [];
  const against = obstacles(desk);
  return [heading, ...before, ...losing(context, desk, again), ...(against.length ? [blocked(desk, against)] : []), ...result(desk), ...(against.length || unseen(desk) ? [] : [signing(context, desk, again)])];
}

const LEADS: Readonly<Record<Obstacle['leads'], readonly [string[], string] | null>> = {
  '': null, missing: [['list', 'missing'], '看缺什么'], open: [['list', 'open'], '去处理'], meeting: [['opening'], '记录首次会议'],
};

function blocked(desk: Desk, against: readonly Obstacle[]): HTMLElement {
  return notice('warn', h('h2', {}, '现在还不能签字'), h('ul', { class: 'list' }, against.map((each) => {
    const onItems = listed(desk, 'open').length > 0;
    const where = each.leads === 'open' && !onItems ? ([['records'], '去看原因'] as const) : each.leads === 'missing' && desk.gaps.some((gap) => gap.kind === 'unanswered') ? ([['list', 'unanswered'], '看未作答的'] as const) : LEADS[each.leads];
    return h('li', {}, h('p', {}, each.text), where ? link(at(desk, ...where[0]), where[1], 'tap') : null);
  })));
}
