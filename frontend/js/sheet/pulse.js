// Every quarter of a minute: who is here, what colleagues have changed. Sooner when the page comes back to sight.
import { postForm } from './wire.js';

const EVERY = 15_000;

/** startPulse({url, since, line, told}): `told(data)` gets what the server says; `line()` is where this person is. */
export function startPulse({ url, since, line, told }) {
  let seq = since;
  let asking = false;

  async function beat() {
    if (asking || document.visibilityState === 'hidden') return;
    asking = true;
    try {
      const { status, data } = await postForm(url, { since: seq, line: line() });
      if (status === 200) {
        seq = data.seq;
        await told(data);
      }
    } catch {
      // Nothing answers: the next beat asks for everything since.
    } finally {
      asking = false;
    }
  }

  setInterval(beat, EVERY);
  document.addEventListener('visibilitychange', beat);
  window.addEventListener('online', beat);
  beat();
  return { beat, from: (value) => (seq = value) };
}
