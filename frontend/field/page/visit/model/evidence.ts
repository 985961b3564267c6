// Pictures as evidence: what is kept as it came, what is made smaller, and that time and place it carries are not lost.
// What is sent is what is kept; nothing else of the picture stays on the device.

export const KEPT = 5 << 20; // bytes: up to here a picture is kept as it came
export const LONGEST = 3000; // pixels of the longer edge of one made smaller
export const MOST_PICTURE = 30 << 20; // the server's
export const MOST_VIDEO = 60 << 20; // ours: more does not go through a telephone's memory
export const MOST_ON_A_LINE = 20; // the server's
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const ORIENTATION = 0x0112;

export type Kind = 'jpeg' | 'png' | 'heic' | 'mp4' | '';

/** By content, as the server does; empty: nothing the server takes. */
export function kindOf(bytes: Uint8Array): Kind {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.slice(4, 8) !== 'ftyp') return '';
  return ['heic', 'heix', 'hevc', 'mif1', 'msf1', 'heim', 'heis'].includes(text.slice(8, 12)) ? 'heic' : 'mp4';
}

/** Why it is not taken; empty: it is. */
export function objection(kind: Kind, size: number): string {
  if (!kind) return '不支持这种文件，请拍照，或者选择 JPG、PNG、HEIC 照片或 MP4 视频。';
  if (kind === 'mp4') return size > MOST_VIDEO ? `视频不能超过 ${MOST_VIDEO >> 20} MB，请拍短一些。` : '';
  return size > MOST_PICTURE && kind === 'heic' ? `照片不能超过 ${MOST_PICTURE >> 20} MB。` : '';
}

export function toBeSmaller(kind: Kind, size: number): boolean {
  return (kind === 'jpeg' || kind === 'png') && size > KEPT;
}

export function fitted(width: number, height: number, longest = LONGEST): { width: number; height: number } {
  const by = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}

/** The smaller JPEG with the camera's own notes of the original, but turned upright: it is drawn so already. */
export function annotated(smaller: Uint8Array, original: Uint8Array): Uint8Array {
  const notes = kindOf(original) === 'jpeg' ? exif(original) : null;
  if (!notes) return smaller;
  const made = new Uint8Array(smaller.length + notes.length);
  made.set(smaller.subarray(0, 2));
  made.set(upright(notes), 2);
  made.set(smaller.subarray(2), 2 + notes.length);
  return made;
}

/** The APP1 segment, whole; null: there is none. */
export function exif(jpeg: Uint8Array): Uint8Array | null {
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda; ) {
    const size = 2 + ((jpeg[at + 2]! << 8) | jpeg[at + 3]!);
    if (jpeg[at + 1] === 0xe1 && EXIF.every((byte, place) => jpeg[at + 4 + place] === byte)) return jpeg.slice(at, at + size);
    at += size;
  }
  return null;
}

function upright(segment: Uint8Array): Uint8Array {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const tiff = 4 + EXIF.length;
  const little = view.getUint16(tiff) === 0x4949;
  const first = tiff + view.getUint32(tiff + 4, little);
  const many = view.getUint16(first, little);
  for (let entry = 0; entry < many; entry += 1) {
    const at = first + 2 + entry * 12;
    if (view.getUint16(at, little) === ORIENTATION) view.setUint16(at + 8, 1, little);
  }
  return segment;
}
