// Fetches the vendor's own clients into `.tools/`, for the tests and benchmarks that compare with them:
// `node scripts/fetch-vendor-tools.mjs`. Idempotent. A tool that cannot be had is named with the reason and is an error
// only with VERAPIPE_REQUIRE_ALL=1; without it the tests that need the tool are "not run".
import { TOOLS } from './bootstrap/paths.mjs';
import { fetchTools } from './vendor-tools/fetch-tools.mjs';
import { JAVA_WRAPPER } from './vendor-tools/java-wrapper.mjs';
import { PYTHON_CLIENTS } from './vendor-tools/python-clients.mjs';
import { runProgram } from './vendor-tools/run-program.mjs';

const complete = await fetchTools([JAVA_WRAPPER, PYTHON_CLIENTS], { folder: TOOLS, run: runProgram, say: console.error });
if (!complete && process.env['VERAPIPE_REQUIRE_ALL'] === '1') process.exitCode = 1;
