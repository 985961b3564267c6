// Everything that can go wrong, by name; and how often it really did.

/** On the way between a device and the server: one draw a request. */
export const FAULTS = [
  'request dropped', 'response dropped', 'duplicated', 'delayed', 'request cut', 'response cut', 'request flipped', 'response flipped',
  'reset', 'server crashed', 'gateway 502', 'gateway 503', 'gateway 504', 'gateway 504 after', 'portal', 'redirect', '401', '403', '409', '413', '423', '429',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What befalls devices, people and the server itself, and what follows from delays. */
export const BLOWS = [
  'reordered', 'delayed past sign-in expiry', 'clock off by up to a day', 'storage full', 'killed at an await', 'signed out', 'other account',
  'case reassigned', 'case closed', 'server in maintenance', 'server upgraded', 'server restored', 'batches refused as too large',
] as const;

/** From device to device, and between windows. */
export const MOVES = [
  'handed over', 'hand-over cut', 'hand-over flipped', 'hand-over given again', 'hand-over refused: both wrote', 'exported', 'export cut', 'export flipped',
  'import by another person', 'tablet broken after its export', 'tablet broken after a hand-over', 'device given up', 'copies recorded anew', 'closing signed', 'closing not matching', 'closing waited for colleagues', 'second window turned away',
  'second window took over', 'two people on one tablet',
] as const;

export type Happening = Fault | (typeof BLOWS)[number] | (typeof MOVES)[number];

export class Tally {
  readonly counts = new Map<Happening, number>();
  whole = 0; // stories of the size of a whole review

  count = (what: Happening): void => {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  };

  /** What never happened. */
  missing(): Happening[] {
    return [...FAULTS, ...BLOWS, ...MOVES].filter((each) => !this.counts.get(each));
  }
}
