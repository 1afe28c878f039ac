import { defineConfig } from 'tsup';

/** The option table comes along, as far as it is used: 50 kB. The command line lies beside, with all that it needs. */
export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  splitting: false,
  noExternal: [/^(?!verapipe|xmlbuilder2$)/],
  external: ['xmlbuilder2', /^verapipe(?:\/|$)/],
  esbuildOptions(options) {
    options.conditions = ['@verapipe/source', 'import', 'module', 'node'];
  },
  clean: true,
});
