import { simulate } from './simulate/simulate.js';

process.exitCode = await simulate(process.argv.slice(2));
