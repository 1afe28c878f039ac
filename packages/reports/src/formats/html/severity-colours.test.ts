import { expect, it } from '@jest/globals';

import { SEVERITIES } from '../../severity-name.js';
import { SEVERITY_COLOURS } from './severity-colours.js';

/** Relative luminance. @see w3.org/TR/WCAG22 */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

it.each(SEVERITIES)('is seen on white and on the dark ground of browsers: severity %d', (severity) => {
  const colour = luminance(SEVERITY_COLOURS[severity]);
  expect(1.05 / (colour + 0.05)).toBeGreaterThanOrEqual(3);
  expect((colour + 0.05) / (luminance('#121212') + 0.05)).toBeGreaterThanOrEqual(3);
});
