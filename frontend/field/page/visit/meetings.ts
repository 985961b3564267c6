// Who was at a meeting and what was said: of opening and closing alike.
import { button, field, fill, h, icon } from '../dom.ts';
import { roleOf } from './model/closing.ts';
import type { Desk } from './model/desk.ts';

export interface Attending {
  readonly side: 'team' | 'unit';
  readonly name: string;
  readonly duty: string;
}

export interface Meeting {
  readonly node: HTMLElement;
  read(): { attendance: Attending[]; summary: string };
  /** What the server would refuse; empty: nothing. */
  fault(): string;
}

const SIDES = { team: '评审组', unit: '企业' } as const;

export function meeting(desk: Desk, proposed: string): Meeting {
  const rows: { readonly side: Attending['side']; readonly box: HTMLInputElement; read(): Attending }[] = [];
  const lists = { team: h('ul', { class: 'list checks' }), unit: h('ul', { class: 'list checks' }) };
  for (const person of desk.packet.people) {
    const box = h('input', { type: 'checkbox' }); // ticked by who sees them there: never before
    const duty = roleOf(person);
    rows.push({ side: person.side, box, read: () => ({ side: person.side, name: person.name, duty }) });
    lists[person.side].append(h('li', {}, h('label', { class: 'check' }, box, h('span', {}, person.name), h('span', { class: 'push muted small' }, duty))));
  }
  const summary = h('textarea', { rows: 4, maxlength: 2000, value: proposed });
  const parts = (Object.keys(SIDES) as Attending['side'][]).map((side) => h('fieldset', { class: 'attending' }, h('legend', {}, `${SIDES[side]}到会人员`), lists[side], more(side, lists[side], rows)));
  const node = h('div', { class: 'meeting' }, parts, field('会议内容', summary));
  const read = () => ({ attendance: rows.filter((row) => row.box.checked).map((row) => row.read()).filter((each) => each.name.trim()), summary: summary.value.trim() });
  return { node, read, fault: () => fault(read()) };
}

function fault({ attendance, summary }: ReturnType<Meeting['read']>): string {
  for (const side of Object.keys(SIDES) as Attending['side'][]) if (!attendance.some((each) => each.side === side)) return `请勾选${SIDES[side]}到会人员。`;
  return summary ? '' : '请写明会议的主要内容。';
}

function more(side: Attending['side'], list: HTMLElement, rows: { side: Attending['side']; box: HTMLInputElement; read(): Attending }[]): HTMLElement {
  return button('加一个人', () => {
    const box = h('input', { type: 'checkbox', checked: true, class: 'visually-hidden', tabindex: -1, 'aria-hidden': 'true' });
    const name = h('input', { type: 'text', maxlength: 40, autocomplete: 'off' });
    const duty = h('input', { type: 'text', maxlength: 40, autocomplete: 'off' });
    rows.push({ side, box, read: () => ({ side, name: name.value.trim(), duty: duty.value.trim() }) });
    const line = h('li', { class: 'another' });
    fill(line, box, field('姓名', name), field('职务', duty), remove(line, box));
    list.append(line);
    name.focus();
  }, 'quiet', 'user');
}

function remove(line: HTMLElement, box: HTMLInputElement): HTMLElement {
  const made = h('button', { type: 'button', class: 'tap', 'aria-label': '去掉这个人' }, icon('x'));
  made.addEventListener('click', () => { box.checked = false; line.remove(); });
  return made;
}
