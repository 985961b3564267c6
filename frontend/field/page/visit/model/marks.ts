// Marks on a picture: arrows and circles in shares of its width and height, so that they fit whatever is drawn on.

export type Tool = 'arrow' | 'circle';

export interface Mark {
  readonly tool: Tool;
  readonly from: Point;
  readonly to: Point;
}

export interface Point {
  readonly x: number; // 0 … 1
  readonly y: number;
}

const LEAST = 0.03; // a tap without a drag is no mark of its own size
const SIZE = 0.18;
const STEP = 0.02;
const HEAD = 0.35; // of the shaft, at most
const KEYS: Readonly<Record<string, Point>> = { ArrowLeft: { x: -STEP, y: 0 }, ArrowRight: { x: STEP, y: 0 }, ArrowUp: { x: 0, y: -STEP }, ArrowDown: { x: 0, y: STEP } };

/** A drag as told; a tap gives a mark of usual size, an arrow pointing at the place. */
export function made(tool: Tool, from: Point, to: Point): Mark {
  if (Math.hypot(to.x - from.x, to.y - from.y) >= LEAST) return { tool, from: within(from), to: within(to) };
  if (tool === 'arrow') return { tool, from: within({ x: to.x - SIZE, y: to.y - SIZE }), to: within(to) };
  return { tool, from: within({ x: to.x - SIZE / 2, y: to.y - SIZE / 2 }), to: within({ x: to.x + SIZE / 2, y: to.y + SIZE / 2 }) };
}

/** By key: the last mark moves; with Shift its end does. null: the key means nothing here. */
export function moved(marks: readonly Mark[], key: string, shift: boolean): readonly Mark[] | null {
  const by = KEYS[key];
  const last = marks.at(-1);
  if (!by || !last) return null;
  const from = shift ? last.from : add(last.from, by);
  return [...marks.slice(0, -1), { ...last, from, to: add(last.to, by) }];
}

export function middle(tool: Tool): Mark {
  return made(tool, { x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 });
}

/** The strokes of one mark in pixels: polylines, and one ellipse where it is a circle. */
export interface Drawn {
  readonly lines: readonly (readonly Point[])[];
  readonly ellipse: { readonly x: number; readonly y: number; readonly rx: number; readonly ry: number } | null;
}

export function drawn({ tool, from, to }: Mark, width: number, height: number): Drawn {
  const [a, b] = [scaled(from, width, height), scaled(to, width, height)];
  if (tool === 'circle') {
    return { lines: [], ellipse: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, rx: Math.abs(b.x - a.x) / 2, ry: Math.abs(b.y - a.y) / 2 } };
  }
  const long = Math.hypot(b.x - a.x, b.y - a.y);
  const head = Math.min(long * HEAD, Math.max(width, height) * 0.06);
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  const wing = (turn: number) => ({ x: b.x - head * Math.cos(angle + turn), y: b.y - head * Math.sin(angle + turn) });
  return { lines: [[a, b], [wing(0.5), b, wing(-0.5)]], ellipse: null };
}

function scaled(point: Point, width: number, height: number): Point {
  return { x: point.x * width, y: point.y * height };
}

function add(one: Point, other: Point): Point {
  return within({ x: one.x + other.x, y: one.y + other.y });
}

function within({ x, y }: Point): Point {
  return { x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) };
}
