// One picture, large: its description, taking it off, drawing arrows and circles on a copy of it.
import { button, field, fill, h } from '../../dom.ts';
import type { PictureRecord } from '../../../digests/sheet.ts';
import { confirmed, dialog } from '../dialogs.ts';
import { blobOf, jpeg, paint } from '../images.ts';
import { keep } from '../keeping.ts';
import { kindOf } from '../model/evidence.ts';
import { made, middle, moved } from '../model/marks.ts';
import type { Mark, Point, Tool } from '../model/marks.ts';
import { markedFrom } from '../model/sources.ts';
import type { Origin } from '../model/sources.ts';
import * as places from '../places.ts';
import type { Item } from './screen.ts';
import { attached } from './pictures.ts';

const MOST_CAPTION = 200; // the server's

export async function look(item: Item, picture: PictureRecord): Promise<void> {
  const bytes = await item.context.engine.shelf.bytes(picture.digest);
  const url = bytes ? URL.createObjectURL(blobOf(bytes)) : '';
  const caption = h('input', { type: 'text', maxlength: MOST_CAPTION, value: picture.words, readonly: Boolean(item.locked) });
  const shown = dialog<'mark' | 'remove'>('图片', (close) => [large(bytes, url, picture), field('说明', caption), taps(item, bytes, close)], true);
  const chosen = await shown.done;
  if (url) URL.revokeObjectURL(url);
  if (!item.locked && caption.value.trim() !== picture.words) await act(item, 'sheets.caption_picture@1', { picture: picture.digest, caption: caption.value.trim() });
  if (chosen === 'mark' && bytes) await annotate(item, bytes, caption.value.trim(), markedFrom(item.desk.acts, picture.digest));
  if (chosen === 'remove' && (await confirmed('移除这张图片', '从这一项上移除。已经送达的，服务器仍留有记录。', '移除', 'danger'))) await act(item, 'sheets.detach_picture@1', { picture: picture.digest });
}

function large(bytes: Uint8Array | undefined, url: string, picture: PictureRecord): HTMLElement {
  const kind = bytes ? kindOf(bytes) : '';
  if (kind === 'mp4') return h('video', { class: 'large', src: url, controls: true });
  if (kind === 'jpeg' || kind === 'png') return h('img', { class: 'large', src: url, alt: picture.words || '现场图片' });
  return h('p', {}, bytes ? '这种照片在本机不能显示，会照原样送达。' : '这张图片不在本机，在服务器上。');
}

function taps(item: Item, bytes: Uint8Array | undefined, close: (value: 'mark' | 'remove' | null) => void): HTMLElement {
  const kind = bytes ? kindOf(bytes) : '';
  const drawable = !item.locked && (kind === 'jpeg' || kind === 'png');
  return h('div', { class: 'dialog-taps' },
    item.locked ? null : button('移除', () => close('remove'), 'danger', 'trash'),
    drawable ? button('画标注', () => close('mark'), 'plain', 'pencil') : null,
    button('完成', () => close(null), 'primary'));
}

async function act(item: Item, name: string, input: object): Promise<void> {
  await keep(item.context, item.desk, () => ({ act: name, input: { line: item.line.key, ...input }, where: places.recent() }));
  item.again();
}

/** A new picture, beside the one it was drawn on. */
async function annotate(item: Item, bytes: Uint8Array, caption: string, origin: Origin): Promise<void> {
  const image = await createImageBitmap(blobOf(bytes)).catch(() => null);
  if (!image) { item.context.say('照片打不开，不能标注。', 'bad'); return; }
  const board = new Board(image);
  const shown = dialog<true>('画标注', (close) => [board.canvas, h('p', { class: 'small muted' }, '拖动画出箭头或圆圈；点一下也可以。键盘：回车加一个，方向键移动，按住 Shift 改大小。原图保留，标注另存一张。'), board.tools,
    h('div', { class: 'dialog-taps' }, button('不要', () => close(null)), button('存为新图片', () => close(true), 'primary'))], true);
  const saved = (await shown.done) && board.marks.length;
  if (saved) await attached(item, await jpeg(board.canvas), origin, `标注${caption ? `：${caption}` : ''}`.slice(0, MOST_CAPTION));
  image.close();
}

class Board {
  readonly canvas = h('canvas', { class: 'large board', tabindex: 0, role: 'img', 'aria-label': '要标注的图片' });
  readonly tools = h('div', { class: 'trio' });
  marks: readonly Mark[] = [];
  private tool: Tool = 'arrow';
  private from: Point | null = null;

  constructor(private readonly image: ImageBitmap) {
    this.canvas.addEventListener('pointerdown', (event) => { this.from = this.point(event); this.canvas.setPointerCapture(event.pointerId); });
    this.canvas.addEventListener('pointermove', (event) => { if (this.from) this.draw([...this.marks, made(this.tool, this.from, this.point(event))]); });
    this.canvas.addEventListener('pointerup', (event) => this.put(event));
    this.canvas.addEventListener('pointercancel', () => { this.from = null; this.draw(); });
    this.canvas.addEventListener('keydown', (event) => this.key(event));
    this.draw();
    this.show();
  }

  private put(event: PointerEvent): void {
    if (this.from) this.set([...this.marks, made(this.tool, this.from, this.point(event))]);
    this.from = null;
  }

  private key(event: KeyboardEvent): void {
    const next = event.key === 'Enter' ? [...this.marks, middle(this.tool)] : moved(this.marks, event.key, event.shiftKey);
    if (!next) return;
    event.preventDefault();
    this.set(next);
  }

  private set(marks: readonly Mark[]): void {
    this.marks = marks;
    this.draw();
  }

  private draw(marks = this.marks): void {
    paint(this.canvas, this.image, marks);
  }

  private show(): void {
    const tap = (tool: Tool, words: string) => {
      const made = button(words, () => { this.tool = tool; this.show(); });
      made.setAttribute('aria-pressed', String(this.tool === tool));
      return made;
    };
    fill(this.tools, tap('arrow', '箭头'), tap('circle', '圆圈'), button('撤销', () => this.set(this.marks.slice(0, -1))));
  }

  private point(event: PointerEvent): Point {
    const box = this.canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }
}
