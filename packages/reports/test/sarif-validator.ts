import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { it } from '@jest/globals';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '.tools', 'sarif-multitool', 'tool');

/** Declares tests that ask the validator of SARIF's makers; without it they stand in the list as not run. */
export function withSarifValidator(name: string, declare: (program: string) => void): void {
  const program = ['Sarif.Multitool', 'Sarif.Multitool.exe'].map((file) => join(FOLDER, file)).find(existsSync);
  if (program === undefined) it.skip(`${name}, not run: no validator (node scripts/fetch-vendor-tools.mjs fetches it)`, () => undefined);
  else declare(program);
}

/** Rules that give advice: what they find is no error, but looking for it takes longer than all the others do. */
const ADVICE = [
  ...['SARIF2001.TerminateMessagesWithPeriod', 'SARIF2002.ProvideMessageArguments', 'SARIF2003.ProvideVersionControlProvenance', 'SARIF2004.OptimizeFileSize'],
  ...['SARIF2005.ProvideToolProperties', 'SARIF2007.ExpressPathsRelativeToRepoRoot', 'SARIF2008.ProvideSchema', 'SARIF2009.ConsiderConventionalIdentifierValues'],
  ...['SARIF2010.ProvideCodeSnippets', 'SARIF2011.ProvideContextRegion', 'SARIF2012.ProvideRuleProperties', 'SARIF2013.ProvideEmbeddedFileContent'],
  ...['SARIF2014.ProvideDynamicMessageContent', 'SARIF2015.EnquoteDynamicMessageContent', 'SARIF2016.FileUrisShouldBeRelative', 'SARIF2017.SARIFProvideRequiredRegionProperties'],
  // Would ask for every address that stands in a file whether there is anything.
  'SARIF2006.UrisShouldBeReachable',
];
const ERRORS_ONLY = `<?xml version="1.0" encoding="utf-8"?>
<Properties>
${ADVICE.map((rule) => `  <Properties Key="${rule}.Options" Type="PropertiesDictionary">
    <Property Key="RuleEnabled" Value="Disabled" Type="Microsoft.CodeAnalysis.Sarif.Driver.RuleEnabledState" />
  </Properties>`).join('\n')}
</Properties>
`;

/** What it writes: SARIF about SARIF. */
interface Log {
  readonly runs: readonly [{ readonly results?: readonly Found[]; readonly invocations?: readonly { readonly toolConfigurationNotifications?: readonly Told[] }[] }];
}
interface Found {
  readonly ruleId: string;
  readonly level?: string;
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
  readonly message: { readonly arguments?: readonly string[] };
}
interface Told {
  readonly message: { readonly text: string };
}

/**
 * Errors that the validator finds in files, `<file> <rule> <arguments>` each, and files that it did not look into. Its exit
 * code says nothing; what it found stands in a file.
 *
 * @param files - texts by their names
 */
export async function sarifErrors(program: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-sarif-'));
  try {
    const paths: string[] = [];
    for (const [name, text] of files) {
      paths.push(join(folder, `${name}.sarif`));
      await writeFile(join(folder, `${name}.sarif`), text);
    }
    const [config, output] = [join(folder, 'rules.xml'), join(folder, 'found.json')];
    await writeFile(config, ERRORS_ONLY);
    const options = ['--config', config, '--output', output, '--rule-kind', 'Sarif', '--level', 'Error', '--max-file-size-in-kb', '1000000'];
    await promisify(execFile)(program, ['validate', ...paths, ...options], { cwd: folder, maxBuffer: 64_000_000 });
    const [{ results = [], invocations = [] }] = (JSON.parse(await readFile(output, 'utf8')) as Log).runs;
    const notLookedInto = invocations.flatMap(({ toolConfigurationNotifications: told = [] }) => told.map(({ message }) => message.text));
    return [...results.filter(({ level }) => level === 'error').map(lineOf), ...notLookedInto];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function lineOf({ ruleId, locations, message }: Found): string {
  return [basename(locations[0]?.physicalLocation.artifactLocation.uri ?? ''), ruleId, ...(message.arguments ?? [])].join(' ');
}
