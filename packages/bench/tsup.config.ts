import { defineConfig } from 'tsup';

export default defineConfig({
  // Each child is a program of its own, because memory and start-up are measured per process.
  entry: ['src/main.ts', 'src/children/*.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  // Bundled as the CLI is: what users start is no loader of hundreds of files.
  // The CycloneDX library takes it for its XML form if it is there; we write JSON.
  noExternal: [/^(?!xmlbuilder2$)/],
  external: ['xmlbuilder2'],
  banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
  esbuildOptions(options) {
    options.conditions = ['@verapipe/source', 'import', 'module', 'node'];
  },
  clean: true,
});
