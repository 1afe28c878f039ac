// Bundles the page's script and style into the module that the HTML format puts into each page. `--print` shows it instead.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { build, transform } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TARGET = fileURLToPath(new URL('../src/formats/html/page-assets.ts', import.meta.url));

const { outputFiles } = await build({
  absWorkingDir: HERE,
  entryPoints: ['main.ts'],
  bundle: true,
  write: false,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2023',
});
const style = await transform(await readFile(new URL('page.css', import.meta.url), 'utf8'), { loader: 'css', minifyWhitespace: true });
const module = `// Made from packages/reports/page by \`pnpm page\`: change it there.

/** What the page does. */
export const PAGE_SCRIPT = ${JSON.stringify(outputFiles[0].text.trimEnd())};

/** How the page looks. */
export const PAGE_STYLE = ${JSON.stringify(style.code.trimEnd())};
`;

if (process.argv.includes('--print')) process.stdout.write(module);
else await writeFile(TARGET, module);
