// Builds frontend/ into the app's static folder: one style sheet, one script an entry, one icon sprite.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { parse } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const OUT = 'src/dabiao/look/static/built';
const TARGET = ['chrome108', 'firefox115'];
const ICONS = 'node_modules/@tabler/icons/icons/outline';
const MARK =
  '<symbol id="mark" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="var(--mark-ground, #fff)"/>' +
  '<path d="M7 24h5v-5h5v-5h5V9h3" fill="none" stroke="var(--mark-line, #1f4e8c)" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"/>' +
  '<path d="M18.5 22.5l2.6 2.5 4.4-5" fill="none" stroke="var(--mark-line, #1f4e8c)" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"/></symbol>';

async function symbol(name) {
  const svg = await readFile(`${ICONS}/${name}.svg`, 'utf8');
  const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, '')}</symbol>`;
}

async function sprite(list) {
  const lines = (await readFile(list, 'utf8')).split('\n');
  const names = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
  const symbols = await Promise.all(names.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${MARK}${symbols.join('')}</svg>`;
}

async function styles(source) {
  const { css } = sass.compile(source, { loadPaths: ['node_modules'], quietDeps: true });
  const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target: TARGET });
  return code;
}

async function scripts(entryPoints) {
  await esbuild.build({
    entryPoints,
    outdir: OUT,
    bundle: true,
    minify: true,
    format: 'esm',
    target: TARGET,
    legalComments: 'none',
  });
}

await mkdir(OUT, { recursive: true });
const entries = (await readdir('frontend/entries')).filter((name) => /\.(js|ts)$/.test(name));
const css = await styles('frontend/css/look.scss');
await writeFile(`${OUT}/look.css`, css);
await writeFile(`${OUT}/icons.svg`, await sprite('src/dabiao/look/icons.txt'));
await writeFile(`${OUT}/field.css`, await styles('frontend/css/field/field.scss'));
await writeFile(`${OUT}/field.svg`, await sprite('frontend/field/page/icons.txt'));
const entryPoints = entries.map((name) => ({ in: `frontend/entries/${name}`, out: parse(name).name }));
await scripts([...entryPoints, { in: 'frontend/field/worker/worker.ts', out: 'field-worker' }]);
console.log(`look.css ${(gzipSync(css).length / 1024).toFixed(1)} kB gzipped; scripts: ${entries.join(' ')}`);
