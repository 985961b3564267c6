import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const TEXT = 4.5;
const SHAPE = 3;
const SUN = 7; // on site
const source = readFileSync(new URL('../css/_tokens.scss', import.meta.url), 'utf8');

function tokens(mixin) {
  const block = source.slice(source.indexOf(`@mixin ${mixin}`)).split('}')[0];
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

function luminance(hex) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'surface', 'surface-2', 'surface-3'];
const pairs = [
  ...grounds.flatMap((ground) => ['ink', 'ink-2', 'ink-3'].map((ink) => [ink, ground, TEXT])),
  ...['paper', 'surface', 'surface-2', 'surface-3', 'brand-weak'].map((ground) => ['brand-ink', ground, TEXT]),
  ...['ink', 'ink-2'].map((ink) => [ink, 'brand-weak', TEXT]),
  ...['green', 'amber', 'grey', 'accent'].flatMap((light) => [
    [`${light}-ink`, `${light}-weak`, TEXT], [`${light}-ink`, 'surface', TEXT], [`${light}-ink`, 'paper', TEXT], ['ink', `${light}-weak`, TEXT],
  ]),
  ['on-brand', 'brand', TEXT], ['on-brand', 'brand-strong', TEXT], ['on-accent', 'accent', TEXT],
  ['on-bar', 'bar', TEXT], ['on-bar', 'bar-2', TEXT], ['on-bar-2', 'bar', TEXT], ['on-bar-2', 'bar-2', TEXT],
  ['line-strong', 'surface', SHAPE], ['focus', 'paper', SHAPE], ['focus', 'surface', SHAPE],
];

for (const mixin of ['light', 'dark']) {
  test(`every pair of text and ground can be read, ${mixin}`, () => {
    const values = tokens(mixin);
    const poor = pairs
      .map(([ink, ground, least]) => [ink, ground, contrast(values[ink], values[ground]), least])
      .filter(([, , got, least]) => !(got >= least))
      .map(([ink, ground, got, least]) => `${ink} on ${ground}: ${got.toFixed(2)} < ${least}`);
    assert.deepEqual(poor, []);
  });
}

test('on site, in the sun, text stands out from every ground it lies on', () => {
  const own = [...readFileSync(new URL('../css/field/_ground.scss', import.meta.url), 'utf8').matchAll(/--(ink|ink-2): (#[0-9a-f]{6});/g)].map((match) => match[2]);
  const [light, dark] = [own.slice(0, 2), own.slice(2)];
  assert.equal(dark.length, 4); // as the system wishes, and as the person does
  for (const [mixin, inks] of [['light', light], ['dark', dark]]) {
    const values = tokens(mixin);
    for (const ground of grounds) for (const ink of inks) assert.ok(contrast(ink, values[ground]) >= SUN, `${ink} on ${ground}, ${mixin}: ${contrast(ink, values[ground]).toFixed(2)}`);
  }
});

test('light and dark name the same tokens', () => {
  assert.deepEqual(Object.keys(tokens('light')).sort(), Object.keys(tokens('dark')).sort());
});
