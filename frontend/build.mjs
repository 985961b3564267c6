// Builds frontend/ into the app's static folder: one style sheet, one script an entry, one icon sprite.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const OUT = 'src/dabiao/look/static/built';
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

async function sprite() {
  const lines = (await readFile('src/dabiao/look/icons.txt', 'utf8')).split('\n');
  const names = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
  const symbols = await Promise.all(names.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${MARK}${symbols.join('')}</svg>`;
}

async function styles() {
  const { css } = sass.compile('frontend/css/look.scss', { loadPaths: ['node_modules'], quietDeps: true });
  const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target: ['chrome108', 'firefox115'] });
  return code;
}

async function scripts() {
  const entries = (await readdir('frontend/entries')).filter((name) => /\.(js|ts)$/.test(name));
  await esbuild.build({
    entryPoints: entries.map((name) => `frontend/entries/${name}`),
    outdir: OUT,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome108', 'firefox115'],
    legalComments: 'none',
  });
  return entries;
}

await mkdir(OUT, { recursive: true });
const css = await styles();
await writeFile(`${OUT}/look.css`, css);
await writeFile(`${OUT}/icons.svg`, await sprite());
const entries = await scripts();
console.log(`look.css ${(gzipSync(css).length / 1024).toFixed(1)} kB gzipped; scripts: ${entries.join(' ')}`);
