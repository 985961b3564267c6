// Is there room for what the visits will bring? Reckoned from what a visit usually has. Pure, but for the asking.
import { size } from '../words.ts';

const PICTURES = 80; // of one visit
const PICTURE = 1.2e6; // bytes
const WORDS = 3e6; // rulebook, answers, acts

export interface Room {
  readonly free: number; // bytes; what the browser says it would give: some say 10 GiB of any disk, so that no page knows it by that
  readonly kept: boolean; // the browser has promised not to clear it by itself
}

export async function room(storage: StorageManager = navigator.storage): Promise<Room> {
  const { quota = 0, usage = 0 } = await storage.estimate();
  return { free: Math.max(0, quota - usage), kept: await storage.persisted() };
}

export function need(visits: number): number {
  return visits * (PICTURES * PICTURE + WORDS);
}

/** Empty where there is room enough. */
export function shortage({ free }: Room, visits: number): string {
  const wanted = need(visits);
  if (free >= wanted) return '';
  return `浏览器报告可用空间 ${size(free)}，${visits} 次现场大约要 ${size(wanted)}（照片占大部分）。请先删去本机不用的照片、视频，否则可能存不下。`;
}
