import { defineConfig } from 'tsup';

import { writeBundledLicences } from '../../scripts/bundling/bundled-licences.js';

/** One bundle, split where commands load: the entry alone tells the version. See docs/decisions, "The CLI is bundled". */
export default defineConfig({
  entry: ['src/main.ts', 'src/run-process.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  splitting: true,
  // The CycloneDX library takes it for its XML form if it is there; we write JSON.
  noExternal: [/^(?!xmlbuilder2$)/],
  external: ['xmlbuilder2'],
  // undici and others are CommonJS, and call `require` for Node's own modules.
  banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
  esbuildOptions(options) {
    options.conditions = ['@verapipe/source', 'import', 'module', 'node'];
  },
  clean: true,
  metafile: true,
  onSuccess: () => writeBundledLicences('dist', 'esm'),
});
