// Bundles the scripts and styles of this folder, and an icon sprite of the icons named in icons.txt, into wwwroot/dist.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const out = '../wwwroot/dist';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const common = {
  bundle: true,
  minify: true,
  target: ['es2022'],
  legalComments: 'linked',
  logLevel: 'warning',
  loader: { '.woff2': 'file' },
  assetNames: 'fonts/[name]-[hash]',
  outdir: out,
};
await build({ ...common, entryPoints: { app: 'app.js' }, format: 'esm' });
await build({ ...common, entryPoints: { app: 'app.css', 'app.rtl': 'app.rtl.css' } });

const icon = (name) => {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, 'utf8');
  const inner = svg.replace(/<!--[\s\S]*?-->/g, '').match(/<svg[^>]*>([\s\S]*?)<\/svg>/)[1].trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
};
const names = readFileSync('icons.txt', 'utf8').split(/\s+/).filter(Boolean);
writeFileSync(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${names.map(icon).join('')}</svg>`);
