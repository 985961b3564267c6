// Where the device is, as far as it tells: asked for once at a mark, then kept up while the visit is open.
import type { Place } from '../../engine/wire.ts';

const PATIENCE = 8000;
const FRESH = 120_000; // ms: an older place is not where this was done

export interface Told {
  readonly place: Place | null;
  readonly words: string; // why there is none
}

let last: { readonly place: Place; readonly at: number } | null = null;
let watching: number | null = null;

/** Asks the device, which may ask the person. A refused place is fine: the mark stands without. */
export async function here(): Promise<Told> {
  if (!('geolocation' in navigator)) return { place: null, words: '这台设备不提供位置，没有记位置。' };
  const told = await new Promise<Told>((resolve) => {
    navigator.geolocation.getCurrentPosition((at) => resolve({ place: kept(at), words: '' }), (why) => resolve({ place: null, words: refusal(why) }), {
      enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 15_000,
    });
  });
  if (told.place) watch();
  return told;
}

/** The place known by now, without waiting; null where there is none or it is old. */
export function recent(): Place | null {
  return last && Date.now() - last.at < FRESH ? last.place : null;
}

/** Goes on only where the person has allowed it before. */
export async function goOn(): Promise<void> {
  const state = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null);
  if (state?.state === 'granted') watch();
}

function watch(): void {
  watching ??= navigator.geolocation.watchPosition(kept, () => {}, { enableHighAccuracy: false, maximumAge: 30_000 });
}

function kept(at: GeolocationPosition): Place {
  const { latitude, longitude, accuracy } = at.coords;
  const told = at as unknown as { readonly mocked?: boolean; readonly coords: { readonly mocked?: boolean; readonly isMock?: boolean } }; // what some platforms say
  const place = { lat: latitude, lon: longitude, accuracy, mocked: Boolean(told.mocked ?? told.coords.mocked ?? told.coords.isMock) };
  last = { place, at: Date.now() };
  return place;
}

function refusal(why: GeolocationPositionError): string {
  if (why.code === why.PERMISSION_DENIED) return '没有允许使用位置，没有记位置。';
  return why.code === why.TIMEOUT ? '一时定不了位，没有记位置。' : '收不到定位信号，没有记位置。';
}
