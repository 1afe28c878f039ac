import type { Env } from './component-settings.js';

/**
 * What `SECURE_LOG_LEVEL`, the setting of all security jobs of GitLab, means to the command: `debug` tells every request,
 * `warn` and above only what is important. Pure.
 *
 * @see docs.gitlab.com "Security scanner integration", logging level
 */
export function logOptions(env: Env): readonly string[] {
  switch (env['SECURE_LOG_LEVEL']?.trim().toLowerCase() ?? '') {
    case 'debug':
      return ['--debug'];
    case 'warn':
    case 'error':
    case 'fatal':
      return ['--quiet'];
    default:
      return [];
  }
}
