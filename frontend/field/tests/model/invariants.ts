// What must hold at the end of every story, as sentences; none is good.
import { differing } from '../../digests/sheet.ts';
import { hex } from '../../digests/sha256.ts';
import type { Held } from '../../engine/shelf.ts';
import type { Act } from '../../engine/wire.ts';
import type { Device } from './device.ts';
import { held } from './judging.ts';
import type { Closing } from './judging.ts';
import type { Ledger } from './ledger.ts';
import type { Server } from './server.ts';

/** All that is looked at when the story is over. */
export interface Stage {
  readonly devices: readonly Device[];
  readonly server: Server;
  readonly ledger: Ledger;
  readonly asked?: ReadonlySet<string>; // visits that must be closed by now
  readonly restores?: number;
}

export function stuck({ devices }: Pick<Stage, 'devices'>): string[] {
  return devices.flatMap((device) => device.held().filter((held) => held.state === 'queued').map((held) =>
    `stuck: ${held.act.id} ${held.act.act} after ${device.engine?.status.state}`));
}

export function broken(world: Stage): string[] {
  const { devices, server, ledger } = world;
  return [...ledger.wrong, ...devices.flatMap((device) => lost(world, device)), ...doubled(server.data.effects), ...altered(world), ...withoutBytes(world),
    ...merged(world), ...devices.flatMap((device) => misled(world, device)), ...server.gone.map((id) => `lost: ${id} was acknowledged before a crash`)];
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

/** By what a person wrote or signed: a second id for the same thing is a doubling too. */
function doubled(effects: readonly Act[]): string[] {
  const seen = new Map<string, string>();
  return effects.flatMap((act) => {
    const words = said(act);
    const before = seen.get(words);
    seen.set(words, act.id);
    return before ? [`doubled: ${words} by ${before} and ${act.id}`] : [];
  });
}

function said({ act, input }: Act): string {
  const { answer, caption, closing, summary, acts } = input as { answer?: { words: string }; caption?: string; closing?: Closing; summary?: string; acts?: string[] };
  return answer?.words ?? caption ?? closing?.signatures[0]?.image ?? `${act} ${summary ?? acts ?? ''}`;
}

function altered({ ledger, server }: Stage): string[] {
  const acts = [...server.data.receipts].filter(([id, receipt]) => ledger.made.get(id) !== receipt.content);
  const pictures = [...server.data.pictures].filter(([sha, kept]) => hex(kept) !== sha || !same(kept, ledger.bytes.get(sha)));
  return [...acts.map(([id]) => `altered: ${id}`), ...pictures.map(([sha]) => `altered: picture ${sha}`)];
}

function withoutBytes({ server }: Stage): string[] {
  const named = server.data.effects.flatMap(({ input }) => {
    const { picture, closing } = input as { picture?: string; closing?: Closing };
    return [...(picture ? [picture] : []), ...(closing?.signatures.map((each) => each.image) ?? [])];
  });
  return named.filter((sha) => !server.data.pictures.has(sha)).map((sha) => `no bytes: ${sha}`);
}

/** A sheet is closed over what both sides signed, or not at all; what came to nothing is kept with what differs; who was asked again closes. */
function merged({ server: { data }, ledger, asked = new Set() }: Stage): string[] {
  const closed = [...data.sheets].filter(([, sheet]) => sheet.closed);
  const silently = closed.filter(([visit, sheet]) => differing(held(data, visit), closingOf(ledger, sheet.closed)?.covered ?? []).length);
  const unexplained = [...data.receipts].filter(([id, { outcome }]) => outcome.outcome === 'conflict' && closingOf(ledger, id) && !outcome.differs?.length);
  const open = [...asked].filter((visit) => !data.sheet(visit).closed);
  return [...silently.map(([visit]) => `merged: ${visit} is closed over something else than was signed`),
    ...unexplained.map(([id]) => `merged: ${id} does not match, and nobody is told why`), ...open.map((visit) => `stuck: ${visit} was signed again and is not closed`)];
}

/** null: nobody made such an act, which `altered` says, or it closes nothing. */
function closingOf(ledger: Ledger, id: string): Closing | null {
  const text = ledger.made.get(id);
  return text?.includes('"closing"') ? ((JSON.parse(text) as Act).input['closing'] as Closing) : null;
}

/** What a person is shown of an act is what the server made of it (a restored server may have judged anew). */
function misled({ server, restores = 0 }: Stage, device: Device): string[] {
  if (restores) return [];
  const wrong = device.held().filter((held) => held.receipt && server.data.receipts.has(held.act.id) && server.data.receipts.get(held.act.id)!.outcome.outcome !== held.state);
  return wrong.map((held) => `misled: ${held.act.id} is shown as ${held.state}`);
}

function same(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0;
}
