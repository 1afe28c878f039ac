import { faults } from './faults/faults.js';

process.exitCode = await faults(process.argv.slice(2));
