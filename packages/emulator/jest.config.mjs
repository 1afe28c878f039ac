import preset from '../../jest.preset.mjs';

// Some tests drive whole programs or move hundreds of megabytes: a busy machine must not fail them.
export default { ...preset, testTimeout: 60_000 };
