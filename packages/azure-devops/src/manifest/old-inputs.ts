import type { OldInput } from '@verapipe/ci-kit';

const CONNECTION = 'connection, with a service connection of the type Veracode (verapipe): one of another extension hands its keys to that extension only';
const CREDENTIALS = 'connection, or secret variables in `env:` of the step: VERACODE_API_KEY_ID: $(…), VERACODE_API_KEY_SECRET: $(…)';

/**
 * Inputs of `Veracode@3`. Those that are named as here (`createProfile`, `createSandBox`) are not among them: Azure does not
 * tell capitals.
 *
 * @see docs.veracode.com "Azure DevOps: YAML properties", read 2026-11
 */
export const OLD_INPUTS: Readonly<Record<string, OldInput>> = {
  ConnectionDetailsSelection: { needless: ['Endpoint', 'Service Connection', 'Credentials'], wanted: 'nothing: a connection is used where one is given' },
  AnalysisService: { wanted: CONNECTION },
  apiId: { wanted: CREDENTIALS },
  apiKey: { wanted: CREDENTIALS },
  veracodeAppProfile: { option: 'app' },
  // It filled these in itself.
  version: { option: 'scan-name', refused: { pattern: /\$(?:buildnumber|projectname)/iu, wanted: '$(Build.BuildNumber) and $(System.TeamProject), which Azure fills in; or scanName with its own placeholders' } },
  filepath: { option: 'file' },
  sandboxName: { option: 'sandbox' },
  maximumWaitTime: { option: 'timeout' },
  deleteincompletescan: { option: 'delete-incomplete' },
  failBuildOnPolicyFail: { option: 'report-only', negated: true },
  failBuildIfUploadAndScanBuildStepFails: { needless: ['true'], wanted: '`continueOnError: true` at the step: this task never hides that it failed' },
  importResults: { needless: ['true'], wanted: 'wait: false, where nobody is to wait for the results' },
  toplevel: { wanted: 'modules: top-level' },
  includenewmodules: { needless: ['true'], wanted: 'modules: previous, which leaves new ones out' },
  optargs: { wanted: 'the inputs of their own that the switches have here' },
};
