export { withFacts } from '../../../scripts/testing/facts.js';
