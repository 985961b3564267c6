// Canonical JSON (§7): keys sorted by code point, no spaces, no escapes beyond what JSON demands, UTF-8.
// Numbers are integers only: points, counts and moments never need more.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const encoder = new TextEncoder();

/** The bytes that are hashed and signed. TypeError where a value has no one form: fractions, lone surrogates. */
export function canonical(value: Json): Uint8Array {
  return encoder.encode(write(value));
}

function write(value: Json): string {
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return whole(value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  return object(value as { readonly [key: string]: Json });
}

function object(value: { readonly [key: string]: Json }): string {
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${text(key)}:${write(value[key]!)}`).join(',')}}`;
}

function text(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new TypeError('文字中有不成对的代理字符，不能签字');
  return JSON.stringify(value);
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`不是整数：${value}`);
  return String(value);
}

/** JavaScript sorts by UTF-16 units, which puts characters beyond U+FFFF before U+E000…U+FFFF. */
export function byCodePoint(one: string, other: string): number {
  const least = Math.min(one.length, other.length);
  for (let at = 0; at < least; at += 1) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(at);
    if (left !== right) return lift(left) - lift(right);
  }
  return one.length - other.length;
}

/** Surrogates stand for the highest code points. */
function lift(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
