import { kills } from './kills/kills.js';

process.exitCode = await kills(process.argv.slice(2));
