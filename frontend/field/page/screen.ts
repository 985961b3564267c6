// What the shell gives a screen, and what it gets.
import type { Engine } from '../engine/engine.ts';

export type Tone = 'good' | 'bad' | 'plain';

export interface Context {
  readonly engine: Engine;
  readonly account: number;
  readonly name: string; // how this person signs
  readonly device: string; // uuid
  go(hash: string): void;
  /** A line of words at the bottom of the screen, read aloud; `bad` stays until tapped away. */
  say(text: string, tone?: Tone): void;
  now(): number; // ms, the device's wall clock
}

export interface Shown {
  readonly node: HTMLElement;
  readonly title: string; // in the bar
  readonly back?: string; // where the bar's arrow leads; left out: `#/`, and no arrow there
  /** Called on `engine.onChange`: what the engine holds may have changed. Must not throw away what is typed. */
  refresh?(): void;
  /** The screen goes (another one, lock, new version): keep what is typed. Awaited, two seconds at most. */
  close?(): void | Promise<void>;
}

/** `args`: the parts of the hash after the name of the route, decoded. */
export type Screen = (context: Context, args: string[]) => Shown | Promise<Shown>;

/** By the first part of the hash: `{ visit: show }` answers `#/visit/review-12/…`. */
export type Routes = Readonly<Record<string, Screen>>;
