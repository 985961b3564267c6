// A signature by hand: dark on white whatever the screen, kept when the screen turns, never larger than the server takes.
import SignaturePad from 'signature_pad';
import { button, field, h } from '../../dom.ts';
import { dialog } from '../dialogs.ts';
import { encoded } from '../images.ts';
import { MOST_IMAGE } from '../model/closing.ts';

const HEIGHT = 220;
const MOST_REMARK = 500;
const SCALES = [1, 0.7, 0.5];

export interface Drawn {
  readonly png: Uint8Array;
  readonly remark: string;
}

/** null: nobody signed. */
export async function signature(name: string, side: 'team' | 'unit', say: (text: string) => void): Promise<Drawn | null> {
  const canvas = h('canvas', { class: 'pad', role: 'img', 'aria-label': `${name}在此手写签名` });
  const remark = h('textarea', { rows: 2, maxlength: MOST_REMARK });
  const shown = dialog<true>(`${name}签字`, (close) => [
    h('p', { class: 'small' }, '在白框内手写签名。签字表示对本次记录的全部内容确认。'), canvas,
    side === 'unit' ? field('不同意见（没有就不填）', remark) : field('说明（没有就不填）', remark),
    h('div', { class: 'dialog-taps' }, button('重写', () => pad.clear()), button('不签', () => close(null)), button('签好了', () => (pad.isEmpty() ? say('还没有签名，请在白框内手写。') : close(true)), 'primary')),
  ], true);
  const pad = new SignaturePad(canvas, { backgroundColor: '#ffffff', penColor: '#12213f', minWidth: 1.2, maxWidth: 3.2 });
  const watch = new ResizeObserver(() => fit(canvas, pad));
  watch.observe(canvas);
  const signed = await shown.done;
  watch.disconnect();
  return signed ? { png: await png(canvas), remark: remark.value.trim() } : null;
}

/** As many pixels as the screen has; what is drawn stays. */
function fit(canvas: HTMLCanvasElement, pad: SignaturePad): void {
  const scale = Math.max(window.devicePixelRatio || 1, 1);
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round((canvas.clientHeight || HEIGHT) * scale);
  if (!width || (canvas.width === width && canvas.height === height)) return;
  const drawn = pad.toData();
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')!.scale(scale, scale);
  pad.fromData(drawn);
}

/** Smaller until it fits. */
async function png(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  for (const scale of SCALES) {
    const found = await encoded(scale === 1 ? canvas : scaled(canvas, scale), 'image/png');
    if (found.length <= MOST_IMAGE) return found;
  }
  throw new RangeError('签名图样过大，请清除后重写。');
}

function scaled(canvas: HTMLCanvasElement, by: number): HTMLCanvasElement {
  const made = document.createElement('canvas');
  Object.assign(made, { width: Math.round(canvas.width * by), height: Math.round(canvas.height * by) });
  made.getContext('2d')!.drawImage(canvas, 0, 0, made.width, made.height);
  return made;
}
