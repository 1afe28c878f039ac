import preset from '../../jest.preset.mjs';

export default {
  ...preset,
  // Looked at by `test:coverage` only.
  coverageThreshold: { global: { branches: 90 } },
  coverageReporters: ['text', 'json-summary'],
};
