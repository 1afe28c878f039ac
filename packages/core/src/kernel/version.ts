import packageJson from '../../package.json' with { type: 'json' };

/** Version of this package. @public */
export const VERSION: string = packageJson.version;
