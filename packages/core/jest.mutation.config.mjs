import config from './jest.config.mjs';

/** Tests as they are, without the reporter that keeps results for `npm test`. */
export default { ...config, reporters: ['default'], coverageThreshold: undefined };
