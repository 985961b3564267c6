// Pictures travel in pieces and count as received when the server says that the bytes have their name (§8).
import { ask, Halt } from './asking.ts';
import type { Envelope } from './asking.ts';
import type { Limits, Ports } from './ports.ts';
import { pictureRow } from './shelf.ts';
import type { Picture, Shelf } from './shelf.ts';
import type { PictureStanding } from './wire.ts';

const SMALLEST = 16 << 10; // a server that refuses so small a piece refuses the picture
const CONFLICT = 409;
const TOO_LARGE = 413;
const NEVER = [415, 422]; // what is in it will not become acceptable by waiting (400: altered on the way)

/** Sends what is missing of one picture. Halts where the way is not clear; false: the bytes are not here. A picture
 * that the server refuses for good holds nothing up: the act that names it is refused there, with the reason. */
export async function send(ports: Ports, shelf: Shelf, limits: Limits, csrf: string, sha: string): Promise<boolean> {
  const picture = shelf.pictures.get(sha);
  if (!picture) return false;
  if (picture.complete || picture.refused) return true;
  const bytes = await shelf.bytes(sha);
  if (!bytes) return false;
  return new Sending(ports, shelf, csrf, picture, bytes, limits.piece).run();
}

class Sending {
  private left: number; // questions until we rest: a server that forgets pieces must not keep us for ever

  constructor(
    private readonly ports: Ports, private readonly shelf: Shelf, private readonly csrf: string,
    private readonly picture: Picture, private readonly bytes: Uint8Array, private piece: number,
  ) {
    this.left = 8 + 3 * Math.ceil(bytes.length / piece);
  }

  async run(): Promise<boolean> {
    let standing = await this.begin();
    while (!standing.complete) {
      this.left -= 1;
      if (this.left < 0) throw new Halt('waiting');
      const next = await this.put(standing.have < this.bytes.length ? standing.have : 0);
      if (next === null) return true;
      standing = next;
    }
    await this.shelf.write([pictureRow({ ...this.picture, tried: true, complete: true })]);
    return true;
  }

  /** A new picture begins at 0; of one tried before, the server says how far it is. */
  private async begin(): Promise<PictureStanding> {
    if (this.picture.tried) return standing(await ask(this.ports, { method: 'GET', path: this.path, body: null }, this.csrf));
    await this.shelf.write([pictureRow({ ...this.picture, tried: true })]);
    return { have: 0, complete: false };
  }

  private async put(from: number): Promise<PictureStanding | null> {
    const until = Math.min(from + this.piece, this.bytes.length);
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Range': `bytes ${from}-${until - 1}/${this.bytes.length}` };
    const asked = { method: 'PUT', path: this.path, body: this.bytes.slice(from, until) } as const;
    const told = await ask(this.ports, asked, this.csrf, headers, [CONFLICT, TOO_LARGE, ...NEVER]);
    if (told.status === CONFLICT && told.body['have'] === undefined) throw new Halt('other_account', 60_000);
    if (told.status === TOO_LARGE && this.piece > SMALLEST) return this.halved(from);
    return told.status < 300 || told.status === CONFLICT ? standing(told) : this.refused(told);
  }

  private halved(from: number): PictureStanding {
    this.piece = Math.max(SMALLEST, this.piece >> 1);
    return { have: from, complete: false };
  }

  /** For good, and the person is told why. */
  private async refused({ body }: Envelope): Promise<null> {
    const why = String(body['error']?.text || '服务器不接收这张图片');
    await this.shelf.write([pictureRow({ ...this.picture, tried: true, refused: why })]);
    return null;
  }

  private get path(): string {
    return `/field/pictures/${this.picture.sha}`;
  }
}

function standing({ body }: Envelope): PictureStanding {
  const { have, complete } = body;
  if (!Number.isSafeInteger(have) || have < 0) throw new Halt('waiting');
  return { have, complete: complete === true };
}
