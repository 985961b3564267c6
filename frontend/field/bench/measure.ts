// In the browser: how long a visit takes to open and a tap to be kept, with the real store on this device's disk.
// `python -m bench.page` builds this, slows the processor down and asks.
import { Engine } from '../engine/engine.ts';
import { h } from '../page/dom.ts';
import type { Context } from '../page/screen.ts';
import { VISIT } from '../page/visit/routes.ts';
import { Vault } from '../store/dexie.ts';
import { BOOK, FREE, OWN, PACKET } from './book.ts';

const ROUNDS = 1000; // of the key: unlocking is not measured here
const stage = h('div');

async function begun(): Promise<() => Promise<Engine>> {
  const vault = new Vault(1);
  await vault.wipe();
  const store = await vault.enrol('270518', 'secret', ROUNDS);
  const ports = {
    store, fetch: () => Promise.reject(new Error('off line')), sleep: () => new Promise<void>(() => {}), now: () => Date.now(),
    steady: () => performance.now(), random: Math.random, uuid: () => crypto.randomUUID(),
  };
  return () => Engine.open(ports, 1);
}

const open = await begun();
let engine = await open();
await engine.shelf.write([{ kind: 'packet', key: PACKET.visit, value: PACKET }, { kind: 'book', key: BOOK.digest, value: BOOK }]);
for (const line of OWN) await engine.record({ act: 'sheets.record_answer@1', visit: PACKET.visit, input: { line, answer: { verdict: 'conforms', words: '现场查看，符合要求。' } } });

async function show(...args: string[]): Promise<void> {
  const context: Context = { engine, account: 1, name: '示例甲', device: '', go: () => {}, say: () => {}, now: () => Date.now() };
  const shown = await VISIT['visit']!(context, [PACKET.visit, ...args]);
  stage.replaceChildren(shown.node);
}

/** After the next painting. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}

async function taking(what: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await what();
  return performance.now() - from;
}

/** Store opened, packet and rulebook read and scored, home screen painted. */
async function opening(): Promise<number> {
  return taking(async () => {
    engine = await open();
    await show();
    await painted();
  });
}

async function nextItem(at: number): Promise<number> {
  return taking(async () => {
    await show('item', OWN[at]!);
    await painted();
  });
}

/** From the tap until the screen says that it is kept. */
async function tap(at: number): Promise<number> {
  await show('item', FREE[at]!);
  await painted();
  const saved = stage.querySelector('.saved')!;
  const told = new Promise<void>((resolve) => {
    const watch = new MutationObserver(() => { if (saved.textContent?.includes('已存在本机')) { watch.disconnect(); resolve(); } });
    watch.observe(saved, { childList: true, subtree: true });
  });
  return taking(async () => {
    stage.querySelector<HTMLElement>('.verdict-conforms')!.click();
    await told;
  });
}

document.body.append(stage);
Object.assign(globalThis, { measured: { opening, nextItem, tap } });
document.body.dataset['ready'] = 'yes';
