// Signatures of both sides, given one after another on this device over what it holds; recorded all at once.
import { button, fill, h, icon } from '../../dom.ts';
import type { Context } from '../../screen.ts';
import { hex } from '../../../digests/sha256.ts';
import { root } from '../../../digests/sheet.ts';
import type { Person } from '../../../engine/packets.ts';
import { corrected, keep } from '../keeping.ts';
import { meeting } from '../meetings.ts';
import type { Meeting } from '../meetings.ts';
import { after, closing, closingAct, covered, lacking, people, roleOf, sideWord } from '../model/closing.ts';
import type { Signature } from '../model/closing.ts';
import type { Desk } from '../model/desk.ts';
import { moment } from '../model/words.ts';
import * as places from '../places.ts';
import { signature } from './pad.ts';

interface Ink {
  readonly signature: Signature;
  readonly png: Uint8Array;
}

const SAID = '通报评审情况、得分和不符合项，企业确认或者提出不同意见，说明整改要求和后续安排。';
const INKS = new WeakMap<Desk, { readonly root: string; readonly inks: Map<number, Ink> }>(); // until all have signed

export function signing(context: Context, desk: Desk, again: () => void): HTMLElement {
  const told = closingAct(desk) === 'reviews.conclude@1' ? meeting(desk, SAID) : null;
  const inks = held(context, desk);
  const list = h('ul', { class: 'list' });
  const draw = () => fill(list, [...people(desk, 'team'), ...people(desk, 'unit')].map((person) => signer(context, desk, person, inks, draw)));
  draw();
  return h('section', { class: 'card' }, h('h2', {}, told ? '到会和签字' : '签字'), told?.node, h('p', { class: 'small muted' }, '签字覆盖上面全部要素的内容和图片。签好后内容有任何改动，签字就失效。不能手写签名的，请改在办公室网页上办理签字。'),
    list, button('双方已签字，关闭评分表', () => record(context, desk, told, inks, again), 'primary', 'signature'));
}

/** Ink given so far, if it still stands over what is here. */
function held(context: Context, desk: Desk): Map<number, Ink> {
  const now = root(covered(desk));
  const had = INKS.get(desk);
  if (had?.root === now) return had.inks;
  if (had?.inks.size) context.say('内容有变化，已签的字作废，请重新签字。', 'bad');
  const fresh = { root: now, inks: new Map<number, Ink>() };
  INKS.set(desk, fresh);
  return fresh.inks;
}

function signer(context: Context, desk: Desk, person: Person, inks: Map<number, Ink>, draw: () => void): HTMLElement {
  const given = inks.get(person.account);
  const sign = async () => {
    const drawn = await signature(person.name, person.side, (text) => context.say(text, 'bad')).catch((error: Error) => { context.say(error.message, 'bad'); return null; });
    if (drawn) inks.set(person.account, ink(context, person, drawn.png, drawn.remark));
    draw();
  };
  const url = given ? URL.createObjectURL(new Blob([given.png as Uint8Array<ArrayBuffer>], { type: 'image/png' })) : '';
  return h('li', { class: 'signer' },
    h('span', {}, h('span', { class: 'strong' }, person.name), h('span', { class: 'muted small' }, ` ${sideWord(desk, person.side)}${roleOf(person)}`)),
    given ? h('img', { class: 'ink', src: url, alt: `${person.name}的签名`, onload: () => URL.revokeObjectURL(url) }) : null,
    given?.signature.remark ? h('p', { class: 'small' }, `意见：${given.signature.remark}`) : null,
    given ? h('span', { class: 'row' }, h('span', { class: 'badge badge-good' }, icon('check'), '已签'), button('重签', sign, 'quiet')) : named(button('签字', sign, 'plain', 'signature'), `${person.name}签字`));
}

function named(made: HTMLButtonElement, name: string): HTMLButtonElement {
  made.setAttribute('aria-label', name);
  return made;
}

function ink(context: Context, person: Person, png: Uint8Array, remark: string): Ink {
  return { png, signature: { side: person.side, account: person.account, name: person.name, image: hex(png), signed_at: moment(corrected(context)), remark } };
}

async function record(context: Context, desk: Desk, told: Meeting | null, inks: Map<number, Ink>, again: () => void): Promise<void> {
  const signatures = [...inks.values()].map((each) => each.signature);
  const fault = told?.fault() || lacking(desk, signatures);
  if (fault) { context.say(fault, 'bad'); return; }
  if (held(context, desk) !== inks) { again(); return; }
  const input = () => ({ ...told?.read(), closing: closing(desk, signatures), after: after(desk) });
  const kept = await keep(context, desk, () => ({ act: closingAct(desk), input: input(), pictures: [...inks.values()].map((each) => each.png), where: places.recent() }));
  if (!kept) return;
  INKS.delete(desk);
  context.say('双方签字已存在本机，有信号时自动送达。', 'good');
  again();
}
