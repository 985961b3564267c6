// Pictures of an item: taken with the camera or picked, kept before they are shown, looked at, described, marked.
import { fill, h, icon } from '../../dom.ts';
import { hex } from '../../../digests/sha256.ts';
import type { PictureRecord } from '../../../digests/sheet.ts';
import { keep } from '../keeping.ts';
import { blobOf, read } from '../images.ts';
import { kindOf, MOST_ON_A_LINE } from '../model/evidence.ts';
import { pictureWanting } from '../model/gaps.ts';
import type { Origin, Source } from '../model/sources.ts';
import * as places from '../places.ts';
import type { Item, Region } from './screen.ts';
import { look } from './looking.ts';

export function pictures(item: Item): Region {
  const urls = new Map<string, string>(); // SHA-256 -> what the browser shows
  const list = h('ul', { class: 'thumbs' });
  const wanted = h('p', { class: 'small' });
  const state = h('p', { class: 'small muted', role: 'status' });
  const taps = h('div', { class: 'pair' }, picker(item, 'camera', state), picker(item, 'gallery', state));
  const node = h('section', { class: 'pictures', 'aria-label': '图片' }, h('h2', {}, '图片'), wanted, list, taps, state);
  let drawn = '';
  const draw = () => {
    const shown = item.desk.line(item.line.key).pictures;
    taps.hidden = Boolean(item.locked);
    fill(wanted, needed(item, shown.length));
    if (drawn === JSON.stringify(shown)) return;
    drawn = JSON.stringify(shown);
    fill(list, shown.map((picture) => thumb(item, picture, urls)));
  };
  return { node, draw, close: () => urls.forEach((url) => URL.revokeObjectURL(url)) };
}

function needed({ desk, line, answering }: Item, many: number): HTMLElement | null {
  const why = pictureWanting(line, answering.kept ?? undefined, desk.occasion);
  return why ? h('span', { class: many ? 'badge badge-good' : 'badge badge-warn' }, icon(many ? 'check' : 'camera'), many ? '要求的图片已附' : `要求附图：${why.replace(/^.*?，请|。$/g, '')}`) : null;
}

/** The same kind of field twice: only `capture` tells the camera from the gallery. */
function picker(item: Item, source: Source, state: HTMLElement): HTMLElement {
  const camera = source === 'camera';
  const input = h('input', { type: 'file', class: 'visually-hidden', accept: camera ? 'image/*' : 'image/jpeg,image/png,image/heic,image/heif,video/mp4', capture: camera && 'environment', multiple: !camera });
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    void takeAll(item, files, source, state);
  });
  return h('label', { class: camera ? 'tap tap-primary' : 'tap' }, icon(camera ? 'camera' : 'photo-plus'), camera ? '拍照' : '从相册选', input);
}

async function takeAll(item: Item, files: readonly File[], source: Source, state: HTMLElement): Promise<void> {
  for (const [at, file] of files.entries()) {
    fill(state, `正在存第 ${at + 1}/${files.length} 个……`);
    await take(item, file, source).catch((error) => item.context.say(error instanceof RangeError ? error.message : '图片没有存下，请再试一次。', 'bad'));
  }
  fill(state);
}

async function take(item: Item, file: File, source: Source): Promise<void> {
  if (item.desk.line(item.line.key).pictures.length >= MOST_ON_A_LINE) throw new RangeError(`一项最多 ${MOST_ON_A_LINE} 个影像，请先移除不需要的。`);
  await room(file.size);
  const told = await read(file);
  if ((await attached(item, told.bytes, { source }, '')) && told.smaller) item.context.say('照片很大，已缩小后存下；拍摄时间和地点照原样保留，送出的就是存下的这一张。');
}

/** What the browser says it can still keep, asked before a large picture is read. */
async function room(size: number): Promise<void> {
  const told = await navigator.storage?.estimate?.().catch(() => null);
  if (told?.quota && told.quota - (told.usage ?? 0) < size * 2) throw new RangeError('本机存储空间不够，这张图片没有存下。请先送达，或者删去本机其他内容。');
}

export async function attached(item: Item, bytes: Uint8Array, origin: Origin, caption: string): Promise<boolean> {
  const input = { line: item.line.key, picture: hex(bytes), caption, ...origin };
  const held = await keep(item.context, item.desk, () => ({ act: 'sheets.attach_picture@1', input, pictures: [bytes], where: places.recent() }));
  item.again();
  return held !== null;
}

function thumb(item: Item, picture: PictureRecord, urls: Map<string, string>): HTMLElement {
  const frame = h('span', { class: 'thumb-frame' });
  const words = picture.words || '没有说明';
  const tap = h('button', { type: 'button', class: 'thumb' }, h('span', { class: 'visually-hidden' }, '图片：'), frame, h('span', { class: 'thumb-words' }, words));
  tap.addEventListener('click', () => void look(item, picture));
  void show(item, picture.digest, urls, frame);
  return h('li', {}, tap);
}

async function show(item: Item, sha: string, urls: Map<string, string>, frame: HTMLElement): Promise<void> {
  const had = urls.get(sha);
  if (had) { fill(frame, h('img', { src: had, alt: '', decoding: 'async' })); return; }
  const bytes = await item.context.engine.shelf.bytes(sha);
  const kind = bytes ? kindOf(bytes) : '';
  if (!bytes || kind === 'heic' || kind === 'mp4') { fill(frame, h('span', { class: 'small' }, !bytes ? '在服务器上' : kind === 'mp4' ? '视频' : 'HEIC 照片')); return; }
  const url = URL.createObjectURL(blobOf(bytes));
  urls.set(sha, url);
  fill(frame, h('img', { src: url, alt: '', decoding: 'async' }));
}
