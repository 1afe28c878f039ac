import { defineConfig } from 'tsup';

export default defineConfig({
  // Each child is a program of its own, because memory and start-up are measured per process.
  entry: ['src/main.ts', 'src/children/*.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  // Bundled as the CLI is: what users start is no loader of hundreds of files.
  noExternal: [/.*/],
  banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
  esbuildOptions(options) {
    options.conditions = ['@verapipe/source', 'import', 'module', 'node'];
  },
  clean: true,
});
