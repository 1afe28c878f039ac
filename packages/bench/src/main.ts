import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { detailedReport } from './benchmarks/detailed-report.js';
import { installedSize } from './benchmarks/installed-size.js';
import { reportFormats } from './benchmarks/report-formats.js';
import { reportFromResults } from './benchmarks/report-from-results.js';
import { startUp } from './benchmarks/start-up.js';
import { submittedScan } from './benchmarks/submitted-scan.js';
import { uploadMemory } from './benchmarks/upload-memory.js';
import { uploadSpeed } from './benchmarks/upload-speed.js';
import type { Benchmark, Figure } from './figure.js';
import { ROOT } from './places.js';
import { renderJson, renderTable } from './report.js';

const BENCHMARKS: readonly Benchmark[] = [startUp, submittedScan, uploadSpeed, uploadMemory, detailedReport, reportFormats, reportFromResults, installedSize];

const { values: options, positionals: wanted } = parseArgs({
  options: { json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const unknown = wanted.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. Known: ${BENCHMARKS.map(({ name }) => name).join(', ')}.`);
  process.exitCode = 2;
} else if (options.write && wanted.length > 0) {
  console.error('--write keeps the figures of all benchmarks in one file, measured on one machine: give no names with it.');
  process.exitCode = 2;
} else {
  await main(BENCHMARKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
}

async function main(benchmarks: readonly Benchmark[]): Promise<void> {
  const machine = describeMachine();
  const figures: Figure[] = [];
  for (const benchmark of benchmarks) {
    console.error(`Measuring ${benchmark.name}`);
    figures.push(...(await runInFolder(benchmark)));
  }
  process.stdout.write(options.json ? renderJson(figures) : renderTable(figures));
  if (options.write) await writeFile(join(ROOT, 'docs', 'benchmarks.json'), renderJson(figures, machine));
  if (figures.some((figure) => 'met' in figure && !figure.met)) process.exitCode = 1;
}

async function runInFolder(benchmark: Benchmark): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-bench-'));
  try {
    return await benchmark.run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the kept figures were measured on, and what else it had to do when the first one began. */
function describeMachine(): Record<string, string> {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    processors: `${processors.length} × ${processors[0]?.model ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    loadBefore: `${(loadavg()[0] ?? 0).toFixed(1)} runnable or waiting, average of a minute`,
  };
}
