// Every hand-over file of a story, and what may become of it on the device of whoever takes it.
import type { HandedElement, HandedRow, Handover } from '../../engine/handover.ts';
import type { Packet } from '../../engine/packets.ts';
import { parts } from '../../digests/sheet.ts';
import type { SheetRecord } from '../../digests/sheet.ts';
import { BOOK, elementOf } from './book.ts';
import type { Device } from './device.ts';
import type { Ledger } from './ledger.ts';
import type { Server } from './server.ts';

interface Given {
  readonly from: Device;
  readonly serial: number;
  readonly file: Handover;
}

export class Files {
  private readonly all = new Map<string, Given>();
  private readonly records = new Set<string>(); // visit, line and record, as they were ever given
  private readonly rows = new Map<string, Given>(); // taker, visit, element -> what stands there now

  constructor(private readonly server: Pick<Server, 'ever'>, private readonly ledger: Ledger) {}

  private get wrong(): string[] {
    return this.ledger.wrong;
  }

  get texts(): string[] {
    return [...this.all.keys()];
  }

  /** Nothing is in it but what the giver may know: own work, what the server told, what was handed to them. */
  given(from: Device, text: string): void {
    const file = JSON.parse(text) as Handover;
    this.all.set(text, { from, serial: this.all.size, file });
    for (const [line, record] of lines(file.elements)) {
      this.records.add(JSON.stringify([file.visit, line, record]));
      for (const words of wordsOf(record)) if (!this.knows(from, words)) this.wrong.push(`leak: ${words} was handed over by ${from.account}`);
    }
  }

  private knows(device: Device, words: string): boolean {
    const [account, act] = this.ledger.writers.get(words) ?? [0, ''];
    return account === device.account || device.handed.has(words) || this.server.ever.has(act);
  }

  /** Whole as it was given, and nothing gone that was handed before. */
  merged(to: Device, visit: string, text: string, element: string, before: HandedRow | null, now: HandedRow): void {
    const file = this.all.get(text);
    for (const [line, record] of Object.entries(now.records)) {
      if (!this.records.has(JSON.stringify([visit, line, record]))) this.wrong.push(`altered: ${visit}/${line} was handed over otherwise`);
      for (const words of wordsOf(record)) to.handed.add(words);
    }
    if (digestOf(now) !== now.digest) this.wrong.push(`altered: digest of ${visit}/${element} as handed over`);
    for (const id of now.acts) if (!to.setting.ledger.made.has(id)) this.wrong.push(`altered: nobody made ${id}, which a closing would wait for`);
    this.kept(to, visit, element, file, before, now);
  }

  private kept(to: Device, visit: string, element: string, file: Given | undefined, before: HandedRow | null, now: HandedRow): void {
    const place = `${to.tablet.serial}/${to.account}/${visit}/${element}`;
    const had = this.rows.get(place);
    const newer = had && file && had.from === file.from && had.serial <= file.serial;
    if (file) this.rows.set(place, file);
    if (!before || newer) return;
    const packet = to.disk.table('packet').get(visit) as Packet | undefined;
    for (const [line, record] of Object.entries(before.records)) {
      if ((packet?.answers[line]?.version ?? 0) > (before.base[line] ?? 0)) continue; // the server has something later
      if (JSON.stringify(now.records[line]) !== JSON.stringify(record)) this.wrong.push(`lost: ${place}, line ${line} was handed to ${to.account} before`);
    }
  }
}

export function digestOf(row: HandedElement): string {
  const all = new Map(Object.entries(row.records).filter(([line]) => elementOf(line) === row.key));
  return parts(BOOK, all).find((each) => each.key === row.key)!.digest;
}

function lines(elements: readonly HandedElement[]): [string, SheetRecord][] {
  return elements.flatMap((each) => Object.entries(each.records));
}

function wordsOf({ answer, pictures }: SheetRecord): string[] {
  return [answer.words ?? '', ...pictures.map((each) => each.words)].filter(Boolean);
}
