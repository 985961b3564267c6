// Pictures in the browser: read, made smaller where they are huge, shown; nothing of it leaves the page.
import { annotated, fitted, kindOf, LONGEST, objection, toBeSmaller } from './model/evidence.ts';
import { drawn } from './model/marks.ts';
import type { Mark } from './model/marks.ts';

const QUALITY = 0.88;
const MARK = '#e0241b';

export interface Read {
  readonly bytes: Uint8Array;
  readonly smaller: boolean;
}

/** RangeError, in words, where the server would not take it. */
export async function read(file: Blob): Promise<Read> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOf(bytes);
  const why = objection(kind, bytes.length);
  if (why) throw new RangeError(why);
  if (!toBeSmaller(kind, bytes.length)) return { bytes, smaller: false };
  const small = await shrunk(file).catch(() => { throw new RangeError('照片打不开，可能已损坏，请重新拍摄。'); });
  return { bytes: annotated(small, bytes), smaller: true };
}

async function shrunk(file: Blob): Promise<Uint8Array> {
  const image = await createImageBitmap(file);
  const { width, height } = fitted(image.width, image.height, LONGEST);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')!.drawImage(image, 0, 0, width, height);
  image.close();
  return jpeg(canvas);
}

export async function jpeg(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  return encoded(canvas, 'image/jpeg', QUALITY);
}

export function encoded(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? blob.arrayBuffer().then((bytes) => resolve(new Uint8Array(bytes)), reject) : reject(new RangeError('图片没有生成，请再试一次。'))), type, quality);
  });
}

const TYPES = { jpeg: 'image/jpeg', png: 'image/png', heic: 'image/heic', mp4: 'video/mp4', '': '' } as const;

export function blobOf(bytes: Uint8Array): Blob {
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: TYPES[kindOf(bytes)] });
}

/** The picture with its marks on it, at most as large as one made smaller. */
export function paint(canvas: HTMLCanvasElement, image: ImageBitmap, marks: readonly Mark[]): void {
  const { width, height } = fitted(image.width, image.height, LONGEST);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d')!;
  pen.drawImage(image, 0, 0, width, height);
  pen.lineCap = pen.lineJoin = 'round';
  const thick = Math.max(4, Math.max(width, height) / 160);
  for (const [colour, wide] of [['#ffffff', thick * 1.8], [MARK, thick]] as const) {
    Object.assign(pen, { strokeStyle: colour, lineWidth: wide });
    for (const mark of marks) stroke(pen, mark, width, height);
  }
}

function stroke(pen: CanvasRenderingContext2D, mark: Mark, width: number, height: number): void {
  const { lines, ellipse } = drawn(mark, width, height);
  for (const line of lines) {
    pen.beginPath();
    line.forEach(({ x, y }, at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.stroke();
  }
  if (!ellipse) return;
  pen.beginPath();
  pen.ellipse(ellipse.x, ellipse.y, ellipse.rx, ellipse.ry, 0, 0, 2 * Math.PI);
  pen.stroke();
}
