// How long to wait after anything that is not an envelope: 2, 4, 8 … 60 s with jitter (§8).

const FIRST = 2000;
const LONGEST = 60_000;

export class Backoff {
  private tries = 0;

  constructor(private readonly random: () => number) {}

  /** Half of the wait is certain, half is chance, so that a city's devices do not come back at once. */
  next(): number {
    const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(this.tries, 10));
    this.tries += 1;
    return Math.round(whole / 2 + (whole / 2) * this.random());
  }

  reset(): void {
    this.tries = 0;
  }
}
