import { OUTPUT_VARIABLES } from './output-variables.js';
import { MANIFEST_GROUPS, manifestInputs, type ManifestInput } from './task-inputs.js';
import { RELEASE } from './variant.js';

const NOTICE = '<!-- Made from the options of the command line by packages/azure-devops; do not edit: UPDATE_MANIFESTS=1 pnpm test manifest -->';

/** The page of the manual that lists inputs and output variables. Pure. */
export function inputsPage(): string {
  const inputs = manifestInputs(RELEASE);
  const first = inputs.filter(({ groupName }) => groupName === undefined);
  return [
    NOTICE,
    '# Azure DevOps: inputs and output variables',
    'All inputs of `Verapipe@1`. They are the options of the [command line](../packages/cli/README.md) in camel case; lists have one item a line. An input beside a command that does not take it is a fault. [How to use them](azure-devops.md).',
    table(first),
    ...MANIFEST_GROUPS.flatMap(({ name, displayName }) => [`## ${displayName}`, table(inputs.filter(({ groupName }) => groupName === name))]),
    '## Output variables',
    'Of a step with a `name`: `$(veracode.verdict)` in the same job, `dependencies.JOB.outputs[\'veracode.verdict\']` in others.',
    ['| variable | holds |', '|---|---|', ...Object.entries(OUTPUT_VARIABLES).map(([name, text]) => `| \`${name}\` | ${cell(text)} |`)].join('\n'),
  ].join('\n\n').concat('\n');
}

function table(inputs: readonly ManifestInput[]): string {
  return ['| input | commands | what it does |', '|---|---|---|', ...inputs.map((input) => `| \`${input.name}\` | ${commandsOf(input)} | ${cell(input.helpMarkDown)}${wordsOf(input)} |`)].join('\n');
}

function commandsOf({ visibleRule = '' }: ManifestInput): string {
  const words = [...visibleRule.matchAll(/command = (\w+)/gu)].map(([, word = '']) => word);
  return words.length === 0 ? 'all' : words.filter((word) => word !== 'oldInputs').join(', ');
}

function wordsOf({ type, options }: ManifestInput): string {
  if (options !== undefined) return ` One of ${Object.keys(options).map((word) => `\`${word}\``).join(', ')}.`;
  return type === 'boolean' ? ' `true` or `false`.' : type === 'multiLine' ? ' A list.' : '';
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
