import { defineConfig } from 'tsup';

export default defineConfig({
  // Each child is a program of its own, because memory and start-up are measured per process.
  entry: ['src/main.ts', 'src/children/*.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
});
