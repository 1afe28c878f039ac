import { describe, expect, it } from '@jest/globals';

import { lintShell, type ShellStart } from './lint-shell.js';
import { lintBatch, lintPowerShell } from './lint-windows-shells.js';
import type { ScriptLine } from './shell-commands.js';
import type { Swallow } from './swallow.js';

const EAGER: ShellStart = { errexit: true, pipefail: false };
const LAZY: ShellStart = { errexit: false, pipefail: false };

function linesOf(script: string): readonly ScriptLine[] {
  return script.split('\n').map((text, index) => ({ text, line: index + 1 }));
}

/** `rule:line`. */
function rules(swallows: readonly Swallow[]): readonly string[] {
  return swallows.map(({ rule, line }) => `${rule}:${line}`);
}

describe('a POSIX script swallows', () => {
  it.each<[name: string, script: string, wanted: readonly string[]]>([
    ['by || true', 'verapipe scan || true', ['or:1']],
    ['by || :', 'npx verapipe@1.2.3 scan --app x || :', ['or:1']],
    ['by || exit 0', 'npx --yes verapipe scan || exit 0', ['or:1']],
    ['by || and words', 'verapipe scan || echo "never mind; exit 1"', ['or:1']],
    ['by || over lines', 'make\nverapipe scan \\\n  --app x \\\n  || true', ['or:2']],
    ['by || at the end of a line', 'verapipe scan ||\n  true', ['or:1']],
    ['by a group after ||', 'verapipe scan || { echo failed; }', ['or:1']],
    ['by || after parentheses', '(cd app && verapipe scan) || true', ['or:1']],
    ['by a kept code that nobody reads', 'verapipe scan || rc=$?\necho done', ['or:1']],
    ['by a kept code that is only printed', 'verapipe scan || rc=$?\necho "ended with $rc"', ['or:1']],
    ['by ; true', 'verapipe scan; true', ['semicolon-true:1']],
    ['by ; :', 'verapipe scan ; :', ['semicolon-true:1']],
    ['by ; exit 0', 'verapipe scan; exit 0', ['semicolon-true:1']],
    ['by a pipe', 'verapipe scan 2>&1 | tee log.txt', ['pipe:1']],
    ['by a pipe after set +o pipefail', 'set -o pipefail\nset +o pipefail\nverapipe scan | tee log.txt', ['pipe:3']],
    ['in the background', 'verapipe scan &\nmake', ['background:1']],
    ['by &&, where lines follow', 'verapipe scan && echo passed\nmake deploy', ['and-list:1']],
    ['in an if', 'if verapipe scan; then\n  echo passed\nfi\nexit 1', ['condition:1']],
    ['in an if with another branch', 'if ! verapipe scan; then\n  echo failed\nfi', ['condition:1']],
    ['by !', '! verapipe scan', ['inverted:1']],
    ['in a command substitution', 'echo "$(verapipe scan)"', ['substitution:1']],
    ['in an exported substitution', 'export OUT=$(verapipe scan --json)', ['substitution:1']],
    ['after set +e', 'set +e\nverapipe scan\nmake', ['set-plus-e:2']],
    ['by a trap', "trap 'rm -f x; exit 0' EXIT\nverapipe scan", ['trap:1']],
    ['in a shell within', 'docker run x sh -c "verapipe scan || true"', ['or:1']],
    ['of the vendor’s wrapper', 'java -jar VeracodeJavaAPI.jar -action uploadandscan || true', ['or:1']],
    ['of the vendor’s pipeline scan', 'java -jar pipeline-scan.jar -f a.jar | tee out', ['pipe:1']],
    ['of the vendor’s command line', './veracode static scan a.jar || true', ['or:1']],
    ['of the vendor’s images', 'docker run --rm veracode/pipeline-scan:cmd -f a || true', ['or:1']],
    ['by || after a group of lines', 'make\n(\n  verapipe scan --app x\n) || true', ['or:2']],
    ['by || after braces', '{\n  # what (is\n  verapipe scan\n} || echo nope', ['or:1']],
    ['by || after a group with a here-document', '(\n  cat <<EOF\n)\nEOF\n  verapipe scan\n) || true', ['or:1']],
    ['by || after groups within each other', 'cd app && (\n  {\n    verapipe scan\n  }\n) || true', ['or:1']],
    ['by a pipe of a group', '{\n  verapipe scan\n} | tee log.txt', ['pipe:1']],
    ['within a group', '(\n  cd app\n  verapipe scan || true\n)', ['or:3']],
    ['within a group whose code is looked at', '{\n  verapipe scan\n  make report\n} || exit 1', ['no-errexit:2']],
    ['within a function', 'scan() {\n  verapipe scan || true\n}\nscan', ['or:2']],
    ['within a function of one line', 'function scan { verapipe scan || true; }\nscan', ['or:1']],
    ['below a brace that nothing closes', 'echo {\nverapipe scan || true', ['or:2']],
    ['after a command that only speaks', 'echo start; verapipe scan || true; echo ok', ['or:1']],
    ['after a look at a file', 'test -f a.war && verapipe scan --file a.war || true', ['or:1']],
    ['by a group that ends with another code', 'verapipe scan || { echo failed; exit $?; }', ['or:1']],
    ['by a group of lines that does', 'verapipe scan || {\n  echo failed\n  exit\n}\nmake', ['or:1']],
    ['by words and the code of the words', 'verapipe scan || echo failed && exit "$?"', ['or:1']],
    ['in an if that ends with the code of the !', 'if ! verapipe scan; then\n  exit $?\nfi', ['condition:1']],
    ['twice', 'verapipe preflight || true\nverapipe scan || true', ['or:1', 'or:2']],
  ])('%s', (_name, script, wanted) => {
    expect(rules(lintShell(linesOf(script), EAGER))).toEqual(wanted);
  });

  it.each<[name: string, script: string, wanted: readonly string[]]>([
    ['where nothing ends it', 'verapipe scan\necho done', ['no-errexit:1']],
    ['where the last line is another', 'verapipe scan; echo done', ['no-errexit:1']],
    ['after set +e', 'set -e\nset +e\nverapipe scan\necho done', ['set-plus-e:3']],
    ['by a shell of its own', '#!/bin/bash\nverapipe scan\necho done', ['no-errexit:2']],
    ['by a look at the code that ends with that of the look', 'verapipe scan\nif [ $? -ne 0 ]; then\n  exit $?\nfi', ['no-errexit:1']],
    ['by a look at the code that ends nothing', 'verapipe scan\nif [ $? -ne 0 ]; then\n  echo failed\nfi', ['no-errexit:1']],
    ['by a kept code that is only printed', 'verapipe scan\nrc=$?\necho $rc', ['no-errexit:1']],
  ])('without set -e, %s', (_name, script, wanted) => {
    expect(rules(lintShell(linesOf(script), LAZY))).toEqual(wanted);
  });
});

describe('a POSIX script is right', () => {
  it.each<[name: string, script: string]>([
    ['in one line', 'verapipe scan --app "Web shop || true" --file a.jar'],
    ['with continuations', 'verapipe scan \\\n  --app x \\\n  --file a.jar\nmake deploy'],
    ['with || exit', 'verapipe scan || exit 1\nmake'],
    ['with || and the same code', 'verapipe scan || exit $?\nmake'],
    ['in a group', '(\n  cd app\n  verapipe scan\n)\nmake'],
    ['in a group that is called again', '(\n  cd app && verapipe scan\n) || exit 1\nmake'],
    ['in a function', 'scan() {\n  verapipe scan\n  make report\n}\nscan'],
    ['with a list in parentheses', "ARGS=(\n  --app 'Web (shop)'\n)\nverapipe scan \"${ARGS[@]}\"\nmake"],
    ['beside the branches of a case', 'case "$X" in\n  a) make;;\n  *) verapipe scan;;\nesac\nmake'],
    ['with a group that ends with the same code', 'verapipe scan || { exit $?; }\nmake'],
    ['with a group that ends without a code', 'verapipe scan || { exit; }\nmake'],
    ['in an if whose other branch ends with the same code', 'if verapipe scan; then\n  make deploy\nelse\n  exit $?\nfi'],
    ['spoken of in a group', '{\n  echo "run verapipe scan"\n} || true'],
    ['with a group that fails', 'verapipe scan || { echo failed; exit 1; }\nmake'],
    ['with || false', 'verapipe scan || false'],
    ['with a kept code', 'rc=0\nverapipe scan || rc=$?\ncp results.json /tmp\nexit "$rc"'],
    ['with a kept code in braces', 'rc=0\nverapipe scan || { rc=$?; }\nexit ${rc}'],
    ['with pipefail', 'set -euo pipefail\nverapipe scan | tee log.txt\nmake'],
    ['with && at the end', 'make && verapipe scan'],
    ['with && as its last line', 'verapipe scan && echo passed'],
    ['in an if that fails', 'if ! verapipe scan; then\n  echo failed\n  exit 1\nfi\nmake'],
    ['in an if whose other branch fails', 'if verapipe scan; then\n  make deploy\nelse\n  exit 1\nfi'],
    ['in the background, waited for', 'verapipe scan &\npid=$!\nmake\nwait "$pid"'],
    ['with an assignment', 'out=$(verapipe scan --json)\necho "$out"'],
    ['with a redirection', 'verapipe scan > log.txt 2>&1\nverapipe gate &> gate.txt'],
    ['where it is only spoken of', 'echo "run verapipe scan" || true\nnpm install verapipe || true\n# verapipe scan || true\nwhich verapipe scan || true'],
    ['in a here-document', 'cat <<EOF\nverapipe scan || true\nEOF\nverapipe scan'],
    ['where others swallow', 'make lint || true\nverapipe scan\ngrep -c x log | tail -1'],
    ['where the file of a program is fetched', 'curl -sSO https://downloads.test/pipeline-scan-LATEST.zip || true\nunzip pipeline-scan-LATEST.zip || true'],
    ['without a call', 'make || true'],
  ])('%s', (_name, script) => {
    expect(rules(lintShell(linesOf(script), EAGER))).toEqual([]);
  });

  it.each<[name: string, script: string]>([
    ['with set -e', 'set -e\nverapipe scan\necho done'],
    ['with set -o errexit', 'set -o errexit\nverapipe scan\necho done'],
    ['with a shell that ends', '#!/bin/bash -e\nverapipe scan\necho done'],
    ['as its last line', 'make\nverapipe scan'],
    ['with the same code', 'verapipe scan\nexit $?'],
    ['with a code that is looked at', 'verapipe scan\nif [ $? -ne 0 ]; then\n  exit 1\nfi\nmake'],
    ['with a kept code', 'verapipe scan\nrc=$?\ncp a b\nexit $rc'],
    ['with a kept code and a condition', 'verapipe scan\nrc=$?\nif [ "$rc" -ne 0 ]; then exit 1; fi\nmake'],
  ])('without set -e, %s', (_name, script) => {
    expect(rules(lintShell(linesOf(script), LAZY))).toEqual([]);
  });
});

it.each([
  ['groups that nobody closes', '(\n'.repeat(20_000)],
  ['groups within each other', `${'('.repeat(20_000)} verapipe scan ${')'.repeat(20_000)} || true\n`],
  ['one long group', `(\n${'  make\n'.repeat(50_000)})\n`],
  ['braces and quotes', `{ "'\n`.repeat(20_000)],
])('a hostile script is read in time: %s', (_name, script) => {
  expect(rules(lintShell(linesOf(`${script}verapipe gate || true`), EAGER)).at(-1)).toMatch(/^or:/u);
});

describe('PowerShell', () => {
  it.each<[script: string, wanted: readonly string[]]>([
    ['npx verapipe scan', []],
    ['npx verapipe scan\nWrite-Host done', ['last-exit-code:1']],
    ['npx verapipe scan `\n  --app x\nWrite-Host done', ['last-exit-code:1']],
    ['npx verapipe scan; exit 0', ['last-exit-code:1']],
    ['npx verapipe scan || Write-Host failed', ['or:1']],
    ['npx verapipe scan || exit 1\nWrite-Host done', []],
    ['npx verapipe scan\nif ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }\nWrite-Host done', []],
    ['npx verapipe scan\nif ($LASTEXITCODE) { throw "failed" }\nWrite-Host done', []],
    ['npx verapipe scan\nWrite-Host $LASTEXITCODE', ['last-exit-code:1']],
    ['$PSNativeCommandUseErrorActionPreference = $true\nnpx verapipe scan\nWrite-Host done', []],
    ['# verapipe scan\nWrite-Host "verapipe scan"\nmake', []],
  ])('%j: %j', (script, wanted) => {
    expect(rules(lintPowerShell(linesOf(script)))).toEqual(wanted);
  });
});

describe('a batch file', () => {
  it.each<[script: string, wanted: readonly string[]]>([
    ['call npx verapipe scan', []],
    ['call npx verapipe scan\necho done', ['error-level:1']],
    ['call npx verapipe scan ^\n  --app x\necho done', ['error-level:1']],
    ['call npx verapipe scan & exit 0', ['error-level:1']],
    ['call npx verapipe scan || ver > nul', ['or:1']],
    ['call npx verapipe scan || exit /b 0', ['or:1']],
    ['call npx verapipe scan || exit /b 1\necho done', []],
    ['call npx verapipe scan\nif errorlevel 1 exit /b %errorlevel%\necho done', []],
    ['call npx verapipe scan\nif %ERRORLEVEL% NEQ 0 exit 1\necho done', []],
    ['rem verapipe scan\necho done', []],
  ])('%j: %j', (script, wanted) => {
    expect(rules(lintBatch(linesOf(script)))).toEqual(wanted);
  });
});
