// What must hold at the end of every story, as sentences; none is good.
import { hex } from '../../digests/sha256.ts';
import type { Held } from '../../engine/shelf.ts';
import type { Act } from '../../engine/wire.ts';
import type { Device } from './device.ts';
import type { Server } from './server.ts';

/** All that is looked at when the story is over. */
export interface Stage {
  readonly devices: readonly Device[];
  readonly server: Server;
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

export function stuck({ devices }: Stage): string[] {
  return devices.flatMap((device) => device.held().filter((held) => held.state === 'queued').map((held) =>
    `stuck: ${held.act.id} ${held.act.act} after ${device.engine?.status.state}`));
}

export function broken(world: Stage): string[] {
  const { devices, server } = world;
  return [...devices.flatMap((device) => lost(world, device)), ...doubled(server.data.effects), ...altered(world), ...withoutBytes(world),
    ...server.gone.map((id) => `lost: ${id} was acknowledged before a crash`)];
}

/** Kept before a person's eyes, and neither on the server nor still in sight. */
function lost({ server }: Stage, device: Device): string[] {
  const here = new Map<string, Held>(device.held().map((held) => [held.act.id, held]));
  return [...device.promised].flatMap(([id, content]) => {
    const receipt = server.data.receipts.get(id);
    if (receipt) return receipt.content === content ? [] : [`altered: ${id}`];
    const held = here.get(id); // what is queued but should not be is said by `stuck`
    return held?.state === 'queued' ? [] : [`lost: ${id} (${held?.state ?? 'not on the device'})`];
  });
}

/** By what a person wrote: a second id for the same thing is a doubling too. */
function doubled(effects: readonly Act[]): string[] {
  const seen = new Map<string, string>();
  return effects.flatMap((act) => {
    const { answer, caption } = act.input as { answer?: { words: string }; caption?: string };
    const words = answer?.words ?? caption ?? '';
    const before = seen.get(words);
    seen.set(words, act.id);
    return before ? [`doubled: ${words} by ${before} and ${act.id}`] : [];
  });
}

function altered({ devices, server, bytes }: Stage): string[] {
  const made = new Map(devices.flatMap((device) => [...device.made]));
  const acts = [...server.data.receipts].filter(([id, receipt]) => made.get(id) !== receipt.content);
  const pictures = [...server.data.pictures].filter(([sha, kept]) => hex(kept) !== sha || !same(kept, bytes.get(sha)));
  return [...acts.map(([id]) => `altered: ${id}`), ...pictures.map(([sha]) => `altered: picture ${sha}`)];
}

function withoutBytes({ server }: Stage): string[] {
  const named = server.data.effects.map((act) => (act.input as { picture?: string }).picture).filter((sha) => sha !== undefined);
  return named.filter((sha) => !server.data.pictures.has(sha)).map((sha) => `no bytes: ${sha}`);
}

function same(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0;
}
