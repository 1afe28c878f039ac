import preset from '../../jest.preset.mjs';

export default {
  ...preset,
  // For continuous integration, which runs the tests twice anyway; `test:coverage` is the same by itself.
  collectCoverage: process.env['VERAPIPE_COVERAGE'] === '1',
  coverageThreshold: { global: { branches: 90 } },
  coverageReporters: ['text', 'json-summary'],
};
