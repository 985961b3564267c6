// What the server and files say is looked at before it is kept: a shape is a question with an answer of its type.
// Names that are not asked for may be there; a newer server says more.

export type Shape<T> = (told: unknown) => told is T;
export type Of<S> = S extends Shape<infer T> ? T : never;
type Fields = Readonly<Record<string, Shape<never> | Shape<unknown>>>;
type Optional<F> = { [K in keyof F]: undefined extends Of<F[K]> ? K : never }[keyof F];
type Record_<F> = { readonly [K in Exclude<keyof F, Optional<F>>]: Of<F[K]> } & { readonly [K in Optional<F>]?: Exclude<Of<F[K]>, undefined> };

export const text: Shape<string> = (told): told is string => typeof told === 'string';
export const flag: Shape<boolean> = (told): told is boolean => typeof told === 'boolean';
/** A whole number, not below nothing. */
export const count: Shape<number> = (told): told is number => Number.isSafeInteger(told) && (told as number) >= 0;
export const anyNumber: Shape<number> = (told): told is number => typeof told === 'number';
export const anything: Shape<unknown> = (_): _ is unknown => true;

export function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  return (told): told is T => words.some((word) => word === told);
}

export function perhaps<T>(shape: Shape<T>): Shape<T | undefined> {
  return (told): told is T | undefined => told === undefined || shape(told);
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (told): told is T | null => told === null || shape(told);
}

export function either<A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> {
  return (told): told is A | B => one(told) || other(told);
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (told): told is readonly T[] => Array.isArray(told) && told.every(shape);
}

export function named<T>(shape: Shape<T>): Shape<{ readonly [name: string]: T }> {
  return (told): told is { readonly [name: string]: T } => plain(told) && Object.values(told).every(shape);
}

export function record<F extends Fields>(fields: F): Shape<Record_<F>> {
  const asked = Object.entries(fields);
  return (told): told is Record_<F> => plain(told) && asked.every(([name, shape]) => shape(Object.hasOwn(told, name) ? told[name] : undefined));
}

function plain(told: unknown): told is Readonly<Record<string, unknown>> {
  return typeof told === 'object' && told !== null && !Array.isArray(told);
}
