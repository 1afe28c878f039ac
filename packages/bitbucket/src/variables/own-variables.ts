import { PIPE_COMMANDS } from './pipe-commands.js';

/** A variable of the pipe that is no option of the command line. */
export interface OwnVariable {
  readonly name: string;
  readonly help: string;
  /** What holds without it. */
  readonly absent: string;
  readonly isSecret?: true;
}

/** All of them. Those of the API credentials are handed on as they are. */
export const OWN_VARIABLES = [
  { name: 'VERACODE_API_KEY_ID', help: 'API id: a secured variable of the repository, the workspace or a deployment.', absent: 'required', isSecret: true },
  { name: 'VERACODE_API_KEY_SECRET', help: 'API key: a secured variable.', absent: 'required', isSecret: true },
  { name: 'COMMAND', help: `What to do: ${PIPE_COMMANDS.join(', ')}.`, absent: 'scan' },
  { name: 'MAX_TIME', help: "The step's own time limit in minutes (`max-time`). A step that is over it is killed without a word, so the run ends two minutes earlier, with 7.", absent: '120, as in Bitbucket' },
  { name: 'CA_BUNDLE', help: 'Certificate authorities to trust in addition, where the container lacks them: PEM, or PEM in Base64. CA_FILE names a file instead.', absent: 'none' },
  { name: 'CODE_INSIGHTS', help: 'Report to Code Insights. A report that cannot be sent never changes the result of the step.', absent: 'true' },
  { name: 'CODE_INSIGHTS_ID', help: 'Id of the report at the commit. In a monorepo each scan needs its own.', absent: 'verapipe-scan, verapipe-pipeline-scan' },
  { name: 'CODE_INSIGHTS_PROXY', help: 'The proxy of Pipelines that signs calls for the own repository.', absent: 'http://host.docker.internal:29418 in a pipe, http://localhost:29418 in a step' },
  { name: 'CODE_INSIGHTS_TOKEN', help: 'Outside of Pipelines, instead of the proxy: a repository access token, or with CODE_INSIGHTS_USER an API token. A secured variable.', absent: 'the proxy', isSecret: true },
  { name: 'CODE_INSIGHTS_USER', help: 'Mail address of the account that the API token belongs to.', absent: 'none: an access token' },
  { name: 'CODE_INSIGHTS_URL', help: 'Base of the API.', absent: 'http://api.bitbucket.org through the proxy, https://api.bitbucket.org with a token' },
] as const satisfies readonly OwnVariable[];

export type OwnName = (typeof OWN_VARIABLES)[number]['name'];
