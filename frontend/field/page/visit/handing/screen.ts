// Elements from a colleague's device, or to it: as a file, told element by element what became of them.
import { button, fill, h, icon, link } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import type { Desk } from '../model/desk.ts';
import { named } from '../model/desk.ts';
import { apart, made, proposed, taken } from '../model/handing.ts';
import type { Taken } from '../model/handing.ts';
import { progress } from '../model/lists.ts';
import { at, card, download, notice, screen } from '../parts.ts';
import { words } from '../keeping.ts';

export function handing(context: Context, desk: Desk): Shown {
  const told = h('div', { 'aria-live': 'polite' });
  const node = screen(h('h2', { class: 'screen-title' }, '组内移交'), h('p', { class: 'muted' }, '没有信号时，把自己评的要素连同图片导出成一个文件，用蓝牙、数据线或者近场传给组长，由组长接收。各自的内容仍由各自的设备送达。'),
    giving(context, desk), receiving(context, desk, told), told, had(desk));
  return { node, title: '组内移交' };
}

function giving(context: Context, desk: Desk): HTMLElement {
  const ours = new Set(proposed(desk, context.name));
  const boxes = progress(desk).filter((each) => each.items).map((each) => {
    const box = h('input', { type: 'checkbox', checked: ours.has(each.key), value: each.key });
    return { box, node: h('li', {}, h('label', { class: 'check' }, box, h('span', {}, each.name), h('span', { class: 'push muted small' }, `${each.answered}/${each.items}`))) };
  });
  const give = async () => {
    const keys = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    if (!keys.length) { context.say('请先勾选要移交的要素。'); return; }
    download(`移交-${context.name}-${desk.visit}.json`, await made(context.engine.shelf, desk, context.name, keys));
    context.say(`已导出 ${keys.length} 个要素的移交文件。`, 'good');
  };
  return card('移交给同组人员', h('ul', { class: 'list checks' }, boxes.map((each) => each.node)), button('导出移交文件', give, 'primary', 'file-export'));
}

function receiving(context: Context, desk: Desk, told: HTMLElement): HTMLElement {
  const input = h('input', { type: 'file', class: 'visually-hidden', accept: '.json,application/json' });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = '';
    if (file) void receive(context, desk, file, told);
  });
  return card('接收同组人员的文件', h('label', { class: 'tap tap-primary' }, icon('file-import'), '选择移交文件', input));
}

async function receive(context: Context, desk: Desk, file: File, told: HTMLElement): Promise<void> {
  try {
    const text = await file.text();
    const found = await taken(context.engine.shelf, desk, context.name, text);
    const differing = found.told.filter((each) => each.outcome === 'both').map((each) => ({ name: each.name, lines: apart(desk, text, each.element) }));
    await desk.reload();
    fill(told, outcome(found), differing.map((each) => differences(desk, each.name, each.lines)));
  } catch (error) {
    fill(told, notice('bad', h('p', {}, error instanceof RangeError && error.name === 'RangeError' ? `${error.message}。` : words(error))));
  }
}

const LOOK: Readonly<Record<Taken['told'][number]['outcome'], string>> = { merged: 'badge badge-good', same: 'badge', older: 'badge', both: 'badge badge-bad', damaged: 'badge badge-bad' };

function outcome(found: Taken): HTMLElement {
  return card(`${found.by}移交的内容`, h('ul', { class: 'list' }, found.told.map((each) => h('li', { class: 'row' }, h('span', {}, each.name), h('span', { class: `push ${LOOK[each.outcome]}` }, each.words)))));
}

/** Both sides, line by line: people agree, one of them changes their answer, and it is handed over again. */
function differences(desk: Desk, name: string, lines: ReturnType<typeof apart>): HTMLElement {
  const rows = lines.map(({ line, theirs, mine }) => {
    const found = desk.book.byKey.get(line);
    return h('li', {}, link(at(desk, 'item', line), found ? named(found) : line), h('dl', { class: 'facts' }, h('dt', {}, '文件中'), h('dd', {}, theirs), h('dt', {}, '本机'), h('dd', {}, mine)));
  });
  return notice('warn', h('h2', {}, `${name}：两人都写过`), h('p', {}, '没有合并。请两人商量，由一人改好后重新移交，或者各自送达后由服务器逐项显示。'), h('ul', { class: 'list' }, rows));
}

function had(desk: Desk): HTMLElement | null {
  if (!desk.handed.length) return null;
  const names = new Map(progress(desk).map((each) => [each.key, each.name]));
  return card('本机已接收', h('ul', { class: 'list' }, desk.handed.map((row) => h('li', { class: 'row' }, h('span', {}, names.get(row.key) ?? row.key), h('span', { class: 'push muted' }, `${row.by}移交 ${Object.keys(row.records).length} 项`)))));
}
