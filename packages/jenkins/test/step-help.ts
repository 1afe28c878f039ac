import { environmentName, type OptionDeclaration, optionKey, optionsOf } from '@verapipe/ci-kit';

import type { STEP_COMMANDS } from './option-table.js';

type StepCommand = (typeof STEP_COMMANDS)[number];

interface StepText {
  readonly step: string;
  readonly purpose: string;
  readonly call: string;
}

/** What each step is for. */
const STEPS: Readonly<Record<StepCommand, StepText>> = {
  scan: { step: 'verapipeScan', purpose: 'A policy or sandbox scan, waited for and judged.', call: "verapipeScan(app: 'Web shop', file: 'build/*.jar')" },
  'pipeline-scan': { step: 'verapipePipelineScan', purpose: 'A pipeline scan: minutes, and nothing stays on the platform.', call: "verapipePipelineScan(file: 'build/*.jar', failOnSeverity: 'High')" },
  gate: { step: 'verapipeGate', purpose: 'Judges the results of a scan again. The platform is not asked, unless verifyPlatform is true.', call: "verapipeGate(failOnSeverity: 'Very High')" },
  preflight: { step: 'verapipePreflight', purpose: 'Looks at everything that a scan would meet, and scans nothing.', call: "verapipePreflight(app: 'Web shop', file: 'build/*.jar')" },
};

/** Parameters of the library itself, and the steps that have them. */
const OWN: readonly { readonly name: string; readonly help: (command: StepCommand) => string | null }[] = [
  { name: 'credentialsId', help: (command) => `Id of a username (API id) with a password (API key). Default: ${command === 'gate' ? 'none; veracode with verifyPlatform' : "veracode; '' binds none"}.` },
  { name: 'credentials', help: () => "Instead: [id: '…', key: '…'], the ids of two secret texts." },
  { name: 'cli', help: () => "Where verapipe comes from: 'installed' (the default: on the PATH of the agent), [npx: 'VERSION'], [folder: 'PATH'] or [image: 'NAME', args: 'ARGUMENTS']." },
  { name: 'onFail', help: () => 'What exit code 1, a gate or check that said no, makes of the build: FAILURE (the default) or UNSTABLE.' },
  { name: 'onUnfinished', help: (command) => `The same for exit code 7, not finished in time: FAILURE (the default)${command === 'scan' ? ', UNSTABLE, or WAIT, which goes on until a timeout step around it ends it' : ' or UNSTABLE'}.` },
  { name: 'onSkipped', help: () => 'The same for exit code 8, no credentials where that was allowed: NOT_BUILT (the default), STAGE_NOT_BUILT, UNSTABLE or FAILURE.' },
  { name: 'publish', help: (command) => (command === 'scan' || command === 'pipeline-scan' ? "What is shown of the results, a list of issues, junit, html and archive. Default: all; [] for nothing." : null) },
  { name: 'shell', help: () => 'On Windows: bat (the default), powershell or pwsh.' },
];

/** The help page of a step, as plain text: Jenkins shows it by its own markup formatter. Pure. */
export function renderStepHelp(command: StepCommand): { readonly step: string; readonly text: string } {
  const { step, purpose, call } = STEPS[command];
  const own = OWN.flatMap(({ name, help }) => help(command)?.replace(/^/u, `${name}: `) ?? []);
  const options = optionsOf(command).map((option) => `${optionKey(option.name)}: ${option.help} ${defaultOf(option)}`);
  const text = `${purpose}

    ${call}

It ends as verapipe ${command} does: 0 is success, 1 a gate or check that said no, 7 not finished, 8 skipped; anything else is a failure. It returns a map: exitCode, result and outputDir${command.endsWith('scan') ? '; verdict, scanId, applicationId, sandboxId, url and reports as well' : ''}.

Parameters of the step

${own.join('\n')}

Options of verapipe ${command}. A text is handed on as it is, a list where several are possible; null counts as absent. The environment variable ${environmentName('…')} of an option is read where the call does not name it. outputDir is "veracode" where nobody says otherwise.

${options.join('\n')}
`;
  return { step, text };
}

function defaultOf({ default: value, defaultText }: OptionDeclaration): string {
  return `Default: ${defaultText ?? String(value)}.`;
}
