export { withChromium } from '../../../scripts/testing/chromium.js';
