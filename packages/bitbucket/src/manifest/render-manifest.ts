import { stringify } from 'yaml';

import { variableRows } from './variable-rows.js';

/** What a published pipe needs besides what the repository knows. */
export interface PublishedAs {
  /** Image without its tag. */
  readonly image: string;
  readonly repository: string;
  readonly version: string;
  readonly party: { readonly name: string; readonly website: string; readonly email: string };
}

const NOTICE = '# Made from the options of the command line by packages/bitbucket; do not edit: UPDATE_MANIFEST=1 pnpm test manifest\n';

/** `pipe.yml`. Pure. */
export function renderManifest({ image, repository, version, party }: PublishedAs): string {
  const document = {
    name: 'Veracode scan',
    image: `${image}:${version}`,
    description: 'Scans with Veracode and reports to Code Insights; green only with proof of a scan.',
    category: 'Security',
    repository,
    vendor: party,
    maintainer: party,
    tags: ['security', 'veracode', 'sast', 'sca', 'code-insights'],
    variables: variableRows().map(({ name }) => ({ name })),
  };
  return `${NOTICE}${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** The table of variables in the README, in the customary form: `(*)` is required. Pure. */
export function renderVariableTable(): string {
  const lines = variableRows().map(({ name, help, absent, isRequired, isList }) => `| ${name}${isRequired ? ' (*)' : ''} | ${cell(help)}${isList ? ' A list.' : ''} Default: ${isRequired ? 'none' : cell(absent)}. |`);
  return ['| variable | usage |', '|---|---|', ...lines].join('\n');
}

/** Marks of patterns are no emphasis here. */
function cell(text: string): string {
  return text.replace(/[|*<\\]/gu, String.raw`\$&`);
}
