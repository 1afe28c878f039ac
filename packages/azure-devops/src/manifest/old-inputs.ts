import type { OptionName } from '@verapipe/ci-kit';

/** What an input of the vendor's task `Veracode@3` means here. */
export type OldInput =
  /** The same as an option; `negated`: its opposite. */
  | { readonly option: OptionName; readonly negated?: true }
  /** Nothing, with one of these values: that is how it always is. With another value what is `wanted` instead. */
  | { readonly needless: readonly string[]; readonly wanted: string }
  /** Nothing that this task could do. */
  | { readonly wanted: string };

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
  version: { option: 'scan-name' },
  filepath: { option: 'file' },
  sandboxName: { option: 'sandbox' },
  maximumWaitTime: { option: 'timeout' },
  deleteincompletescan: { option: 'delete-incomplete' },
  failBuildOnPolicyFail: { option: 'report-only', negated: true },
  failBuildIfUploadAndScanBuildStepFails: { needless: ['true'], wanted: '`continueOnError: true` at the step: this task never hides that it failed' },
  importResults: { needless: ['true'], wanted: 'wait: false, where nobody is to wait for the results' },
  optargs: { wanted: 'the inputs of their own that the switches have here' },
};
