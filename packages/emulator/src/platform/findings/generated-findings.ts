import { compareGroups, type Finding, type FindingGroup, type FindingSource } from './finding.js';
import { weaknesses, type Weakness } from './weaknesses.js';

const packages = ['orders', 'billing', 'catalogue', 'login', 'search', 'export', 'admin', 'reporting', 'shipping', 'stock'];
const classes = ['Controller', 'Service', 'Repository', 'Mapper', 'Client', 'Filter', 'Job', 'Listener', 'Factory', 'View'];
const functions = ['void handle(java.lang.String)', 'java.lang.String render(int)', 'boolean check(java.util.Map)', 'void run()'];

/**
 * Any number of made-up findings, none of them stored: finding `n` is a function of the seed and `n`, so the n-th finding
 * stays the same when a later build has more of them. Weaknesses take turns, which spreads them over all severities.
 */
export function generatedFindings(count: number, seed: number, moduleNames: readonly string[]): FindingSource {
  const groups = weaknesses
    .map((weakness, turn) => generatedGroup(weakness, turn, { count, seed, moduleNames }))
    .filter((group) => group.count > 0)
    .sort(compareGroups);
  return {
    count,
    groups,
    find(issueId) {
      const weakness = weaknesses[(issueId - 1) % weaknesses.length];
      const exists = Number.isInteger(issueId) && issueId >= 1 && issueId <= count;
      return exists && weakness !== undefined ? generateFinding(issueId, weakness, seed, moduleNames) : undefined;
    },
  };
}

interface GroupInput {
  readonly count: number;
  readonly seed: number;
  readonly moduleNames: readonly string[];
}

function generatedGroup(weakness: Weakness, turn: number, { count, seed, moduleNames }: GroupInput): FindingGroup {
  return {
    analysis: 'static',
    weakness,
    severity: weakness.severity,
    count: count > turn ? Math.floor((count - 1 - turn) / weaknesses.length) + 1 : 0,
    *findings(skip = 0) {
      for (let issueId = turn + 1 + skip * weaknesses.length; issueId <= count; issueId += weaknesses.length) {
        yield generateFinding(issueId, weakness, seed, moduleNames);
      }
    },
  };
}

function generateFinding(issueId: number, weakness: Weakness, seed: number, moduleNames: readonly string[]): Finding {
  const dice = scramble(seed, issueId);
  const folder = pick(packages, dice);
  const name = `${folder.charAt(0).toUpperCase()}${folder.slice(1)}${pick(classes, dice >>> 8)}`;
  return {
    issueId,
    analysis: 'static',
    weakness,
    severity: weakness.severity,
    moduleName: moduleNames[issueId % moduleNames.length] ?? '',
    type: weakness.type,
    description: weakness.description,
    sourceFolder: `src/main/java/com/example/${folder}/`,
    sourceFile: `${name}.java`,
    line: 1 + ((dice >>> 3) % 900),
    functionPrototype: pick(functions, dice >>> 16),
    exploitability: ((dice >>> 20) % 5) - 2,
  };
}

function pick(choices: readonly string[], dice: number): string {
  return choices[dice % choices.length] ?? '';
}

/** 32 well mixed bits out of two numbers (the finaliser of MurmurHash3). */
function scramble(seed: number, position: number): number {
  let bits = (Math.imul(seed, 0x9e3779b1) ^ position) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
