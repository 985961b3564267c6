// What became of a signature given: on its way, closed, or not matching what the server has, and then asked again.
import { button, fill, h } from '../../dom.ts';
import type { Context } from '../../screen.ts';
import { Halt } from '../../../engine/asking.ts';
import type { Given } from '../model/closing.ts';
import { after, follows, sealed, sideWord } from '../model/closing.ts';
import type { Desk } from '../model/desk.ts';
import { progress } from '../model/lists.ts';
import { when } from '../model/words.ts';
import { card, notice, stateBadge } from '../parts.ts';

export function signed(context: Context, desk: Desk, last: Given, again: () => void): HTMLElement {
  return card('签字', h('p', { class: 'row' }, when(last.held.act.done_at), stateBadge(last.held.state)), outcome(context, desk, last, again), inks(context, desk, last),
    h('details', {}, h('summary', {}, '签字覆盖的内容'), h('p', { class: 'small code' }, last.closing.root), h('ul', { class: 'small' }, last.closing.covered.map((part) => h('li', {}, nameOf(desk, part.key))))));
}

function nameOf(desk: Desk, key: string): string {
  return progress(desk).find((each) => each.key === key)?.name ?? (key || '否决条件');
}

function outcome(context: Context, desk: Desk, last: Given, again: () => void): HTMLElement {
  const { held, broken } = last;
  if (held.state === 'refused' || held.state === 'too_large') return notice('bad', h('p', { class: 'strong' }, '服务器没有采用这次签字'), h('p', {}, held.text), seen(context, desk, last, again));
  if (held.state === 'conflict') return apart(context, desk, last, again);
  if (broken.length && sealed(desk)) return notice('bad', h('p', { class: 'strong' }, '签字后内容有变化，签字已失效'), h('p', {}, `不一致的要素：${broken.map((key) => nameOf(desk, key)).join('、')}`));
  if (held.state === 'stored') return notice('plain', h('p', {}, `已送达，评分表已关闭，签字与服务器上的内容一致。${follows(desk)}`));
  const waits = after(desk).length > 0;
  return notice('plain', h('p', {}, waits ? '已存在本机。同组人员移交的内容由其设备送达之后，服务器才办理这次签字。' : '已存在本机，有信号时自动送达。'));
}

/** Signed, but not over what stands there: kept on the server as it is, and asked for again. */
function apart(context: Context, desk: Desk, last: Given, again: () => void): HTMLElement {
  return notice('bad', h('p', { class: 'strong' }, '已签字，但与服务器上的内容不一致，没有关闭'), h('p', {}, last.held.text),
    h('p', {}, `不一致的要素：${last.held.differs.map((key) => nameOf(desk, key)).join('、')}`), h('p', {}, '请先取服务器上的内容，核对这些要素，双方重新签字。'), seen(context, desk, last, again));
}

function seen(context: Context, desk: Desk, { held }: Given, again: () => void): HTMLElement {
  if (held.seen) return h('p', { class: 'small muted' }, '已取过服务器上的内容，可以重新签字。');
  return button('取服务器上的内容，重新签字', () => renew(context, desk, held.act.id, held.differs, again), 'primary', 'refresh');
}

/** What was handed over of elements that differ gives way to what the server has. */
async function renew(context: Context, desk: Desk, id: string, differs: readonly string[], again: () => void): Promise<void> {
  try {
    await context.engine.fetch(desk.visit);
  } catch (error) {
    context.say(error instanceof Halt ? '现在取不到服务器上的内容，请有信号时再试。' : '没有取到，请再试一次。', 'bad');
    return;
  }
  await context.engine.shelf.write(differs.map((key) => ({ kind: 'handed', key: `${desk.visit}/${key}`, value: undefined })));
  await context.engine.saw(id);
  await desk.reload();
  again();
}

function inks(context: Context, desk: Desk, last: Given): HTMLElement {
  const list = h('ul', { class: 'list' });
  for (const each of last.closing.signatures) {
    const frame = h('span', {});
    list.append(h('li', { class: 'signer' }, h('span', {}, h('span', { class: 'strong' }, each.name), h('span', { class: 'muted small' }, ` ${sideWord(desk, each.side)} · ${when(each.signed_at)}`)), frame, each.remark ? h('p', { class: 'small' }, `意见：${each.remark}`) : null));
    void context.engine.shelf.bytes(each.image).then((bytes) => bytes && fill(frame, h('img', { class: 'ink', alt: `${each.name}的签名`, src: URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' })) })));
  }
  return list;
}
