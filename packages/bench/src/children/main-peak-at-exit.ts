import { writeFileSync } from 'node:fs';

/**
 * Imported before a program that is measured as users start it (`node --import`): at its end it writes the program's peak
 * memory, in bytes, to the file that `BENCH_PEAK_FILE` names.
 */
process.once('exit', () => writeFileSync(process.env['BENCH_PEAK_FILE'] ?? '', String(process.resourceUsage().maxRSS * 1024)));
