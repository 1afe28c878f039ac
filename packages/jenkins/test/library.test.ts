import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { type BuildToRun, type JenkinsWorld, type RanBuild, startJenkinsWorld, withGroovy } from './jenkins-builds.js';
import { PACKAGE } from './library-files.js';

const example = (name: string): string => readFileSync(join(PACKAGE, 'examples', `${name}.Jenkinsfile`), 'utf8');

const BUILDS = {
  declarative: { platform: 'strict', script: example('declarative') },
} satisfies Record<string, BuildToRun>;

withGroovy('the library', () => {
  let world: JenkinsWorld;
  let builds: Readonly<Record<keyof typeof BUILDS, RanBuild>>;

  beforeAll(async () => {
    world = await startJenkinsWorld({ strict: {}, clean: { scans: [{ findings: [], components: [] }], pipelineScans: [{ findings: [] }] } });
    builds = await world.run(BUILDS);
  });
  afterAll(() => world.close());

  it('x', () => {
    console.log(JSON.stringify(builds.declarative, null, 1));
    expect(builds.declarative.result).toBe('UNSTABLE');
  });
});
