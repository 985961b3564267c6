// Who is signed in, asked again by itself for as long as there is no answer: 2, 4, 8 … 60 s, and at once when woken.
import { Backoff } from '../../engine/backoff.ts';
import type { Met } from './meeting.ts';

export class Asking {
  private readonly backoff: Backoff;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current = new AbortController();

  constructor(private readonly meet: (over: AbortSignal) => Promise<Met>, private readonly told: (met: Met) => void, random: () => number = Math.random) {
    this.backoff = new Backoff(random);
  }

  /** Now: what is on its way or was to come later gives way to it. */
  readonly wake = async (): Promise<void> => {
    this.stop();
    const { signal } = (this.current = new AbortController());
    const met = await this.meet(signal);
    if (signal.aborted) return;
    this.told(met);
    if (met.kind !== 'away') return this.backoff.reset();
    this.timer = setTimeout(() => void this.wake(), met.rest ?? this.backoff.next());
  };

  stop(): void {
    clearTimeout(this.timer);
    this.current.abort();
  }
}
