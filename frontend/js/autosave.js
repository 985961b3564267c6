// Saving as people type, one thing at a time, in order, nothing lost. The page shows the state:
// <span class="autosave" data-state="saved">. A queue knows no DOM: it is given `send`.

/**
 * createQueue({send, onState, wait}): put(key, value) saves `value` under `key` soon; a newer value of the same
 * key replaces one not yet sent. `send(key, value)` resolves when acknowledged; it rejects with {conflict: true}
 * for somebody else's newer version (which is shown, never overwritten) and with anything else for a failure, tried again.
 */
export function createQueue({ send, onState, wait = defaultWait, pause = 600 }) {
  const waiting = new Map();
  const refused = new Set(); // keys whose newest value stands against somebody else's, or was not taken
  let running = null;
  let tries = 0;

  function tell(state) {
    onState(state, waiting.size);
  }

  async function once() {
    const [key, value] = waiting.entries().next().value;
    tell('saving');
    try {
      await send(key, value);
      if (waiting.get(key) === value) waiting.delete(key);
      refused.delete(key);
      tries = 0;
    } catch (error) {
      if (error?.conflict) {
        if (waiting.get(key) === value) waiting.delete(key); // what was typed meanwhile goes out too
        refused.add(key);
        onState('conflict', waiting.size, error);
        return;
      }
      tries += 1;
      tell(error?.offline ? 'offline' : 'failed');
      await wait(backoff(tries));
    }
  }

  async function run() {
    await wait(pause);
    refused.clear();
    while (waiting.size) await once();
    if (!refused.size) tell('saved');
    running = null;
  }

  return {
    put(key, value) {
      waiting.delete(key);
      waiting.set(key, value);
      tell('pending');
      running ??= run();
      return running;
    },
    get size() {
      return waiting.size;
    },
    settled: () => running ?? Promise.resolve(),
  };
}

/** Milliseconds before another try: 1, 2, 4 … seconds, half a minute at most. */
export function backoff(tries) {
  return Math.min(1000 * 2 ** (tries - 1), 30_000);
}

/** Show a state in an indicator; the words come from its own data-words-… attributes. */
export function show(indicator, state, count = 0) {
  indicator.dataset.state = state;
  const words = indicator.dataset[`words${state[0].toUpperCase()}${state.slice(1)}`] ?? '';
  indicator.querySelector('[data-words]').textContent = words.replace('{count}', String(count));
}

function defaultWait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
