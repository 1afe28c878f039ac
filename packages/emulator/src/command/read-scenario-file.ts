import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { ScenarioError } from '../scenarios/scenario-error.js';
import { parseScenario, type Scenario } from '../scenarios/scenario.js';
import { UsageError } from './command-options.js';

/** Reads a scenario file: JSON by its ending, YAML otherwise. @throws UsageError that names the file */
export function readScenarioFile(file: string): Scenario {
  const text = readText(file);
  try {
    return parseScenario(text, extname(file).toLowerCase() === '.json' ? 'json' : 'yaml');
  } catch (error) {
    if (error instanceof ScenarioError) {
      throw new UsageError(`${file}: ${error.message}`);
    }
    throw error;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`The scenario file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
