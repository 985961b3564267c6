// The last resort: everything the device holds, as a file its owner takes to another device and delivers from
// there. Ids stay as they are, so nothing is doubled if the first device comes back (§10).
import { digest, hex } from '../digests/sha256.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { Write } from './ports.ts';
import { actRow, pictureRow } from './shelf.ts';
import type { Held, Shelf } from './shelf.ts';
import { FRESH } from './recording.ts';

export interface Exported {
  readonly dabiao: 'dabiao-export/1';
  readonly account: number;
  readonly acts: readonly Pick<Held, 'act' | 'device' | 'needs' | 'digest'>[];
  readonly pictures: Readonly<Record<string, string>>; // SHA-256 -> base64
  readonly digest?: string | undefined; // of account and acts, as text: pictures have their names
}

export interface Imported {
  readonly taken: number;
  readonly had: number;
  readonly damaged: readonly string[]; // ids of acts whose pictures are missing or altered: not taken
}

/** All acts held, delivered or not: a restored server may need them all. */
export async function exported(shelf: Shelf, account: number): Promise<Exported> {
  const acts = [...shelf.acts.values()].map(({ act, device, needs, digest }) => ({ act, device, needs, digest }));
  const pictures: Record<string, string> = {};
  for (const sha of new Set(acts.flatMap((each) => each.needs))) {
    const bytes = await shelf.bytes(sha);
    if (bytes) pictures[sha] = toBase64(bytes);
  }
  return { dabiao: 'dabiao-export/1', account, acts, pictures, digest: seal({ account, acts }) };
}

/** Of the text, not of the canonical form: a place has fractions. Names keep their order through a file. */
function seal({ account, acts }: Pick<Exported, 'account' | 'acts'>): string {
  return digest(new TextEncoder().encode(JSON.stringify([account, acts])));
}

/** Takes in what is not here yet. RangeError where the file is another person's: their work is theirs to deliver. */
export async function imported(shelf: Shelf, account: number, file: Exported): Promise<Imported> {
  if (file.dabiao !== 'dabiao-export/1') throw new RangeError('不是本系统导出的文件');
  if (file.account !== account) throw new RangeError('这个文件属于另一位人员，只能由本人导入和送达');
  if (file.digest !== undefined && file.digest !== seal(file)) throw new RangeError('文件在传送中损坏，没有导入，请重新导出');
  const fresh = file.acts.filter((each) => !shelf.acts.has(each.act.id));
  const sound = fresh.filter((each) => each.needs.every((sha) => shelf.pictures.has(sha) || intact(file, sha)));
  const bytes = [...new Set(sound.flatMap((each) => each.needs))].filter((sha) => !shelf.pictures.has(sha));
  await shelf.write([...sound.map((each) => actRow({ ...FRESH, ...each })), ...bytes.flatMap((sha) => kept(file, sha))]);
  const damaged = fresh.filter((each) => !sound.includes(each)).map((each) => each.act.id);
  return { taken: sound.length, had: file.acts.length - fresh.length, damaged };
}

function intact(file: Exported, sha: string): boolean {
  try {
    return hex(fromBase64(file.pictures[sha] ?? '')) === sha;
  } catch {
    return false; // not even base64
  }
}

function kept(file: Exported, sha: string): Write[] {
  const value = fromBase64(file.pictures[sha]!);
  return [{ kind: 'bytes', key: sha, value }, pictureRow({ sha, size: value.length, tried: true, complete: false, refused: '' })];
}
