// Fetches the vendor's own clients, a validator of SARIF, a runner of GitLab pipelines, a linter of Groovy and a packer of Azure
// DevOps extensions into `.tools/`, for the tests, benchmarks and lint that need them: `node scripts/fetch-vendor-tools.mjs`.
// Idempotent. A tool that cannot be had is named with the reason and is an error only with VERAPIPE_REQUIRE_ALL=1; without it what
// needs the tool is "not run".
import { TOOLS } from './bootstrap/paths.mjs';
import { fetchTools } from './vendor-tools/fetch-tools.mjs';
import { gitlabCiLocal } from './vendor-tools/gitlab-ci-local.mjs';
import { JAVA_WRAPPER } from './vendor-tools/java-wrapper.mjs';
import { npmGroovyLint } from './vendor-tools/npm-groovy-lint.mjs';
import { PYTHON_CLIENTS } from './vendor-tools/python-clients.mjs';
import { runProgram } from './vendor-tools/run-program.mjs';
import { sarifMultitool } from './vendor-tools/sarif-multitool.mjs';
import { TFX_CLI } from './vendor-tools/tfx-cli.mjs';

const complete = await fetchTools([JAVA_WRAPPER, PYTHON_CLIENTS, sarifMultitool(process.platform), gitlabCiLocal(process.platform, process.arch), npmGroovyLint(process.platform, process.arch), TFX_CLI], { folder: TOOLS, run: runProgram, say: console.error });
if (!complete && process.env['VERAPIPE_REQUIRE_ALL'] === '1') process.exitCode = 1;
