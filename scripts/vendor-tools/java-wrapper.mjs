import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { ToolMissingError } from './fetch-tools.mjs';
import { lastWords } from './run-program.mjs';

/** @typedef {import('./fetch-tools.mjs').VendorTool} VendorTool */

/** The runnable program inside the tool's folder. */
export const JAR = 'VeracodeJavaAPI.jar';

const COORDINATES = 'com.veracode.vosp.api.wrappers:vosp-api-wrappers-java';
const MAVEN_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/**
 * Releases to ask for, the wanted one first; a mirror may hold older ones only. The runnable jar of the wanted one lies in
 * its `dist` archive; the older one's own artifact is runnable.
 */
const RELEASES = [
  { version: '24.10.15.0', goal: 'unpack', artifact: `${COORDINATES}:24.10.15.0:zip:dist` },
  { version: '21.5.7.7', goal: 'copy', artifact: `${COORDINATES}:21.5.7.7` },
];

/**
 * The vendor's Java API wrapper, through Maven and hence from the repositories that Maven is configured for.
 *
 * @type {VendorTool}
 */
export const JAVA_WRAPPER = {
  name: "the vendor's Java API wrapper",
  folder: 'vendor-java',
  wanted: `${COORDINATES} ${RELEASES.map(({ version }) => version).join(' or ')}`,
  async fetch(place, { run, say }) {
    let refusal = '';
    for (const { version, goal, artifact } of RELEASES) {
      const args = ['--batch-mode', '--quiet', '-Dstyle.color=never', `${MAVEN_PLUGIN}:${goal}`, `-Dartifact=${artifact}`, '-DoutputDirectory=.'];
      const ended = await run('mvn', args, place);
      if (ended === null) throw new ToolMissingError('mvn is not on the PATH (on Debian: apt-get install maven).');
      if (ended.exitCode === 0) {
        await keepJar(place);
        return version === RELEASES[0]?.version ? version : `${version} (wanted: ${RELEASES[0]?.version})`;
      }
      refusal = lastWords(ended.output);
      say(`  ${version} could not be fetched; ${refusal}`);
    }
    throw new ToolMissingError(`none of its releases could be fetched with mvn; ${refusal}`);
  },
};

/** Leaves one jar in the folder, under its well-known name. @param {string} place */
async function keepJar(place) {
  const files = await readdir(place, { recursive: true });
  const jar = files.find((file) => file.endsWith(JAR)) ?? files.find((file) => file.endsWith('.jar'));
  if (jar === undefined) throw new ToolMissingError('what Maven fetched holds no jar.');
  await rename(join(place, jar), join(place, JAR));
  const others = (await readdir(place)).filter((file) => file !== JAR);
  for (const file of others) await rm(join(place, file), { recursive: true });
}
