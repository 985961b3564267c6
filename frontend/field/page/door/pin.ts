// What a PIN must be. Six digits, because a glove hits ten large keys and no keyboard.

export const FEWEST = 6;
export const MOST = 12;

/** Why it will not do; empty where it will. */
export function pinFault(pin: string, again = pin): string {
  if (!/^\d*$/.test(pin)) return '口令只用数字。';
  if (pin.length < FEWEST || pin.length > MOST) return `口令要 ${FEWEST} 到 ${MOST} 位数字。`;
  if (simple(pin)) return '这个口令太容易猜（同一个数字或者顺着数），请换一个。';
  return pin === again ? '' : '两次填写的口令不一样。';
}

/** All the same, or each one up (or down) by one. */
function simple(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]!);
}
