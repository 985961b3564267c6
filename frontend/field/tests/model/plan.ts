// How large a seed's story is, and what befalls it.
import type { Chance } from './chance.ts';
import { FAULTS } from './faults.ts';
import type { Fault } from './faults.ts';

export interface Plan {
  readonly whole: boolean;
  readonly tablets: number;
  readonly shared: number; // tablets with a second person
  readonly visits: number;
  readonly acts: number;
  readonly pictures: number;
  readonly faulty: number; // share of requests with a fault
  readonly kinds: readonly Fault[]; // which
  readonly kills: number; // share of a process's calls that kill it
  readonly hours: number;
  readonly happenings: number;
  readonly handovers: number;
  readonly closings: number;
  readonly exports: number;
  readonly windows: number; // how often somebody opens a second one
}

/** Most of the size of a whole review (1–30 visits, 50–400 acts, 0–40 pictures); in small ones rare turns come together sooner. */
export function plan(chance: Chance): Plan {
  const whole = chance.hits(0.7);
  const tablets = chance.between(1, 4);
  return {
    whole,
    tablets,
    shared: chance.hits(0.2) ? chance.between(1, tablets) : 0,
    visits: whole ? chance.between(1, 30) : chance.between(1, 3),
    acts: whole ? chance.between(50, 400) : chance.between(2, 30),
    pictures: whole ? chance.between(0, 40) : chance.between(0, 6),
    faulty: chance.of([0, 0.1, 0.3, 0.5, 0.7]),
    kinds: chance.hits(0.3) ? [chance.of(FAULTS), chance.of(FAULTS)] : FAULTS,
    kills: chance.of([0, 0, 0.002, 0.01, 0.03]),
    hours: chance.of([0.2, 1, 4]),
    happenings: chance.between(0, 8),
    handovers: chance.of([0, 0, 1, 2, 4]),
    closings: chance.of([0, 0, 1, 2]),
    exports: chance.hits(0.15) ? chance.between(1, 2) : 0,
    windows: chance.hits(0.2) ? chance.between(1, 4) : 0,
  };
}
