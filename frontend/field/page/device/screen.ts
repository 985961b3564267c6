// This device: whose it is, what room there is, how the clock stands, which version; the lock; and the last resort.
import type { Vault } from '../../store/dexie.ts';
import { button, fill, h } from '../dom.ts';
import { IDLE } from '../seated/idle.ts';
import type { Context, Screen } from '../screen.ts';
import { room, shortage } from '../visits/room.ts';
import type { Room } from '../visits/room.ts';
import { moment, offset, size } from '../words.ts';
import type { Updates } from '../seated/updates.ts';
import { choose, chosen, CHOICES } from './display.ts';
import type { Choice } from './display.ts';
import { exportAll, importAll } from './files.ts';
import { pinCard } from './pin.ts';

const TITLES: Readonly<Record<string, string>> = { auto: '随系统', light: '浅色', dark: '深色', 100: '标准', 125: '大', 150: '特大' };

export function deviceScreen(vault: Vault, lock: () => void, updates: Updates): Screen {
  return async (context) => {
    const store = h('div');
    const facts = h('dl', { class: 'facts' });
    const draw = (): void => fill(facts, ...told(context));
    let visits = context.engine.shelf.meta.visits.length;
    await drawRoom(context, store);
    draw();
    const refresh = (): void => {
      draw();
      const now = context.engine.shelf.meta.visits.length;
      if (now !== visits) void drawRoom(context, store); // how much is needed was told meanwhile
      visits = now;
    };
    updates.check();
    const node = h('main', { class: 'screen' },
      h('section', { class: 'card' }, h('h2', {}, context.name), facts, button('锁定', lock, 'primary', 'lock'), h('p', { class: 'small muted' }, `${IDLE / 60_000} 分钟没有操作会自动锁定。换人使用：先锁定，再选“不是我”。`)),
      store,
      h('section', { class: 'card' }, h('h2', {}, '显示'), choices('theme', '颜色'), choices('text', '字号')),
      pinCard(context, vault),
      lastResort(context));
    return { title: '本机', node, refresh };
  };
}

function told({ engine, device }: Context): HTMLElement[] {
  const { contact } = engine.shelf.meta;
  const facts: readonly (readonly [string, string])[] = [
    ['上次连上系统', contact ? moment(contact.wall) : '还没有'],
    ['本机时钟', contact ? offset(contact.offset) : '还没有与系统核对'],
    ['没有信号时打开', navigator.serviceWorker?.controller ? '可以' : '还不行，请在有信号时再打开一次本页'],
    ['页面版本', document.documentElement.dataset['version'] ?? ''],
    ['设备编号', device.slice(0, 8)],
  ];
  return facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]);
}

async function drawRoom(context: Context, store: HTMLElement): Promise<void> {
  const found = await room().catch(() => null);
  fill(store, h('section', { class: 'card' }, h('h2', {}, '本机空间'), ...(found ? spaced(context, store, found) : [h('p', {}, '这个浏览器不告诉还有多少空间。')])));
}

function spaced(context: Context, store: HTMLElement, found: Room): HTMLElement[] {
  const visits = context.engine.shelf.meta.visits.length;
  const short = shortage(found, visits);
  const enough = h('p', { class: short ? 'notice notice-warn' : '' }, short || `浏览器报告可用 ${size(found.free)}${visits ? `，够 ${visits} 次现场用` : ''}。`);
  if (found.kept) return [enough, h('p', {}, '浏览器已答应长期保留本机内容，空间紧张时也不会自动清除。')];
  const words = '浏览器还没有答应长期保留：空间很紧张时，它可能清除本机内容。请把本页添加到主屏幕，并且有信号就送达；不要清除浏览器数据。';
  return [enough, h('p', { class: 'notice notice-warn' }, words), button('请浏览器长期保留', async () => {
    const kept = await navigator.storage.persist().catch(() => false);
    context.say(kept ? '浏览器已答应长期保留' : '浏览器没有答应。添加到主屏幕后再试，通常就会答应。', kept ? 'good' : 'bad');
    await drawRoom(context, store);
  })];
}

function choices(name: Choice, label: string): HTMLElement {
  const buttons = CHOICES[name].map((value) => {
    const made = h('button', { type: 'button', class: 'choice', 'data-value': value }, TITLES[value]);
    made.addEventListener('click', () => { choose(name, value); mark(); });
    return made;
  });
  const mark = (): void => { for (const each of buttons) each.setAttribute('aria-pressed', String(each.dataset['value'] === chosen(name))); };
  mark();
  return h('div', { class: 'choices', role: 'group', 'aria-label': label }, h('span', { class: 'strong' }, label), ...buttons);
}

function lastResort(context: Context): HTMLElement {
  const input = h('input', { type: 'file', accept: '.json,application/json', class: 'visually-hidden', tabindex: '-1', 'aria-label': '选择导出的文件' });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void said(context, () => importAll(context, file)).finally(() => { input.value = ''; });
  });
  return h('details', { class: 'card fold' }, h('summary', {}, '万不得已：导出、导入文件'),
    h('p', {}, '设备送不出去时（例如坏了一半、长期没有信号），可以把本机全部内容导出成文件，由您本人在另一台设备上导入并送达。两台都送也不会重复。'),
    button('导出文件', () => said(context, () => exportAll(context)), 'plain', 'file-export'),
    button('导入文件', () => input.click(), 'plain', 'file-import'), input);
}

async function said(context: Context, perform: () => Promise<string>): Promise<void> {
  await perform().then((words) => context.say(words, 'good'), (error: unknown) => context.say(error instanceof Error ? error.message : String(error), 'bad'));
}
