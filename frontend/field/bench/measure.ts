// In the browser: how long a visit takes to open and a tap to be kept, on the page as it is seated, with the real store on this
// device's disk and no signal. `python -m bench.page` builds this, slows the processor down and asks.
import { Engine } from '../engine/engine.ts';
import { h } from '../page/dom.ts';
import type { Seat } from '../page/seat.ts';
import type { Updates } from '../page/seated/updates.ts';
import { Work } from '../page/seated/work.ts';
import { Vault } from '../store/dexie.ts';
import { BOOK, FREE, OWN, PACKET } from './book.ts';
import { floor } from './floor.ts';
import { changed, painted, taking } from './waiting.ts';

const ROUNDS = 1000; // of the key: unlocking is not measured here
const stage = h('div');
const vault = new Vault(1);
let leave: () => void = () => {};

async function begun(): Promise<() => Promise<Engine>> {
  await vault.wipe();
  const store = await vault.enrol('270518', 'secret', ROUNDS);
  const ports = {
    store, fetch: () => Promise.reject(new Error('off line')), sleep: () => new Promise<void>(() => {}), now: () => Date.now(),
    steady: () => performance.now(), random: Math.random, uuid: () => crypto.randomUUID(),
  };
  return () => Engine.open(ports, 1);
}

const open = await begun();
const first = await open();
await first.shelf.write([{ kind: 'packet', key: PACKET.visit, value: PACKET }, { kind: 'book', key: BOOK.digest, value: BOOK }]);
for (const line of OWN) await first.record({ act: 'sheets.record_answer@1', visit: PACKET.visit, input: { line, answer: { verdict: 'conforms', words: '现场查看，符合要求。' } } });

/** Bar, screens and the engine's tries to deliver, as after the PIN. */
async function seated(): Promise<void> {
  const engine = await open();
  void engine.run();
  const over = new Promise<void>((resolve) => { leave = () => { engine.stop(); resolve(); }; });
  const seat: Seat = { engine, vault, name: '示例甲', over, leave: async () => {} };
  void new Work(seat, { waiting: false, onChange: () => {} } as unknown as Updates).run(stage);
}

function shown(selector: string): Promise<Element> {
  return changed(document.body, () => stage.querySelector(selector));
}

async function at(line: string): Promise<void> {
  location.hash = `#/visit/${PACKET.visit}/item/${line}`;
  await shown(`main.item[data-line="${line}"]`);
  await painted();
}

/** Store opened, packet and rulebook read and scored, home screen painted. */
async function opening(): Promise<number> {
  leave();
  stage.replaceChildren();
  location.hash = `#/visit/${PACKET.visit}`;
  await painted();
  return taking(async () => {
    await seated();
    await shown('main.visit');
    await painted();
  });
}

async function nextItem(turn: number): Promise<number> {
  return taking(() => at(OWN[turn]!));
}

/** The item of the next tap, as it lies before the person. */
async function ready(turn: number): Promise<void> {
  await at(FREE[turn]!);
}

/** From the tap until the screen says that it is kept. */
async function tap(): Promise<number> {
  const saved = stage.querySelector('.saved')!;
  const told = changed(saved, () => saved.textContent?.includes('已存在本机'));
  return taking(async () => {
    stage.querySelector<HTMLElement>('.verdict-conforms')!.click();
    await told;
  });
}

document.body.append(stage);
Object.assign(globalThis, { measured: { opening, nextItem, ready, tap, floor } });
document.body.dataset['ready'] = 'yes';
