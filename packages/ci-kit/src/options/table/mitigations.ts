import type { OptionDeclaration } from '../option.js';

/** What pipeline scans take from the policy scans of an application. */
export const MITIGATIONS = [
  {
    name: 'apply-mitigations',
    type: 'boolean',
    commands: ['pipeline-scan'],
    group: 'Judgement',
    default: false,
    help: "Let accepted mitigations of the policy findings of --app count for the same findings here. Only equal hashes make two findings the same, and each one applied is listed; where the platform's report carries no hashes, none is.",
  },
] as const satisfies readonly OptionDeclaration[];
