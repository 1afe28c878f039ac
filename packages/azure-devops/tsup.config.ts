import { defineConfig, type Options } from 'tsup';

import { writeBundledLicences } from '../../scripts/bundling/bundled-licences.js';

/** One file with everything in it: an extension holds no `node_modules`. */
const BUNDLE: Options = {
  // The CycloneDX library takes it for its XML form if it is there; we write JSON.
  noExternal: [/^(?!xmlbuilder2$)/],
  external: ['xmlbuilder2'],
  splitting: false,
  minify: true,
  metafile: true,
  clean: true,
};

export default defineConfig([
  {
    ...BUNDLE,
    entry: { main: 'src/main.ts' },
    outDir: 'dist/task',
    format: ['cjs'],
    target: 'node20',
    platform: 'node',
    // Some libraries ask for the URL of their module, which a CommonJS file does not have by itself.
    shims: true,
    outExtension: () => ({ js: '.cjs' }),
    esbuildOptions(options) {
      options.conditions = ['@verapipe/source', 'import', 'module', 'node'];
    },
    onSuccess: () => writeBundledLicences('dist/task', 'cjs'),
  },
  {
    ...BUNDLE,
    entry: { tab: 'tab/main.ts' },
    outDir: 'dist/tab',
    format: ['iife'],
    target: 'es2022',
    platform: 'browser',
    outExtension: () => ({ js: '.js' }),
    onSuccess: () => writeBundledLicences('dist/tab', 'iife'),
  },
  {
    entry: { stage: 'src/main-stage.ts', pack: 'src/main-pack.ts' },
    outDir: 'dist/program',
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    // They run in this repository only.
    skipNodeModulesBundle: true,
    splitting: false,
    clean: true,
  },
]);
