// Nobody touches the device: it locks itself. Time counts while the screen is dark too.

export const IDLE = 15 * 60_000;
const LOOK = 10_000;
const TOUCHES = ['pointerdown', 'keydown', 'input', 'scroll'] as const;

/** `left` once, when nobody has touched anything for so long; gives what ends the watching. */
export function watchIdle(left: () => void, idle = IDLE, now: () => number = Date.now): () => void {
  let touched = now();
  const touch = (): void => { touched = now(); };
  const look = (): void => {
    if (now() - touched < idle) return;
    end();
    left();
  };
  const timer = setInterval(look, LOOK);
  const end = (): void => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
    for (const name of TOUCHES) removeEventListener(name, touch, true);
  };
  for (const name of TOUCHES) addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener('visibilitychange', look);
  return end;
}
