// Exact shares and the one rounding there is: half up. Never a binary float between answer and level.

export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint; // > 0, coprime to the numerator
}

/** Share obtained of what applies; null where nothing applies. */
export function rate(obtained: number, applicable: number): Fraction | null {
  if (applicable === 0) return null;
  const common = gcd(BigInt(obtained), BigInt(applicable));
  return { numerator: BigInt(obtained) / common, denominator: BigInt(applicable) / common };
}

/** Is `scale` x share at least `least` / 1000? */
export function reaches(share: Fraction, scale: number, least: number): boolean {
  return share.numerator * BigInt(scale) * 1000n >= BigInt(least) * share.denominator;
}

/** `scale` x share in whole steps of 1 / `parts`, half up. */
export function halfUp(share: Fraction, scale: number, parts: number): number {
  const value = share.numerator * BigInt(scale) * BigInt(parts);
  return Number((2n * value + share.denominator) / (2n * share.denominator));
}

/** A number of 1 / 10^`places` the shortest way that keeps one decimal: 905 tenths -> "90.5", 800 -> "80.0". */
export function spellDecimal(steps: number, places: number): string {
  const digits = String(steps).padStart(places + 1, '0');
  const rest = digits.slice(-places).replace(/0+$/, '');
  return `${digits.slice(0, -places)}.${rest || '0'}`;
}

/** Thousandths the shortest exact way: 2500 -> "2.5", 1000000 -> "1000". */
export function spell(thousandths: number): string {
  const whole = Math.trunc(Math.abs(thousandths) / 1000);
  const rest = Math.abs(thousandths) % 1000;
  const decimals = rest ? `.${String(rest).padStart(3, '0').replace(/0+$/, '')}` : '';
  return `${thousandths < 0 ? '-' : ''}${whole}${decimals}`;
}

function gcd(one: bigint, other: bigint): bigint {
  while (other) [one, other] = [other, one % other];
  return one < 0n ? -one : one || 1n;
}
