import { describe, expect, it } from '@jest/globals';
import { attribute, bodyOf, rehearse } from '../../../test/rehearsal.js';
import { startWorkflow } from '../../../test/workflow.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';

const fatalAmongGood: ScenarioInput = {
  scans: [{ modules: [{ file: 'bad.dll', fatal: true }, { file: 'lib.jar', dependency: true }] }],
};

describe('deleting', () => {
  it('deletes the newest build of the context, so a repeat deletes the one before', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    const first = await flow.scanToTheEnd('v1');
    const second = await flow.createBuild('v2');
    await rehearsal.call('deletebuild.do', flow.context);
    await rehearsal.call('deletebuild.do', flow.context);
    const builds = rehearsal.snapshot().applications[0]?.builds;
    expect(builds).toMatchObject([
      { id: first, deleted: true, deletedBy: 'ci-pipeline-api', status: 'Results Ready' },
      { id: second, deleted: true, deletedBy: 'ci-pipeline-api', status: 'Incomplete' },
    ]);
  });

  it('leaves other contexts alone', async () => {
    const rehearsal = rehearse();
    const policy = await startWorkflow(rehearsal);
    await policy.createBuild('policy scan');
    const sandbox = await startWorkflow(rehearsal, 'dev');
    await sandbox.createBuild('sandbox scan');
    await rehearsal.call('deletebuild.do', policy.context);
    expect(rehearsal.snapshot().applications[0]?.builds).toMatchObject([{ deleted: true }, { deleted: false }]);
  });
});

describe('the implicit current build', () => {
  it('an upload after published results silently starts a build named after the day', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    await flow.scanToTheEnd('v1');
    expect((await flow.upload('late.jar')).error).toBeUndefined();
    await rehearsal.call('deletebuild.do', flow.context);
    await flow.upload('later.jar');
    expect(rehearsal.snapshot().applications[0]?.builds).toMatchObject([
      { name: 'v1', files: [{ name: 'app.jar' }] },
      { name: '13 Aug 2019 Static', files: [{ name: 'late.jar' }], deleted: true },
      { name: '13 Aug 2019 Static', files: [{ name: 'later.jar' }], events: [{ kind: 'created-by-upload' }, { kind: 'file-uploaded' }] },
    ]);
  });

  it("a stranger's new build is what calls without build_id then mean", async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    const ours = await flow.createBuild('ours');
    await rehearsal.call('deletebuild.do', flow.context);
    const theirs = await flow.createBuild('theirs');
    const answer = await flow.upload('app.jar');
    expect(attribute(answer.text, 'filelist', 'build_id')).toBe(theirs);
    expect((await rehearsal.call('getbuildinfo.do', { ...flow.context, build_id: ours })).error).toMatch(/^Could not find a build/);
  });

  it('old results stay readable while a new build runs', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    const old = await flow.scanToTheEnd('v1');
    await flow.createBuild('v2');
    expect(await flow.status()).toBe('Incomplete');
    expect(await flow.status(old)).toBe('Results Ready');
    expect((await rehearsal.call('detailedreport.do', { build_id: old })).error).toBeUndefined();
  });
});

describe('scan names', () => {
  it('are unique in the application, across its sandboxes', async () => {
    const rehearsal = rehearse();
    await (await startWorkflow(rehearsal)).createBuild('v1');
    const sandbox = await startWorkflow(rehearsal, 'dev');
    const { error } = await rehearsal.call('createbuild.do', { ...sandbox.context, version: 'v1' });
    expect(error).toBe('There is another scan with the name "v1" for the same application.');
  });
});

describe('auto_scan', () => {
  it('takes over the value of the previous scan when it is left out', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    await flow.scanToTheEnd('with auto-scan');
    await flow.createBuild('without a word');
    await flow.upload('app.jar');
    await flow.beginPrescan({});
    rehearsal.passSeconds(3600);
    expect(await flow.status()).toBe('Results Ready');
  });

  it.each([
    [false, 'Pre-Scan Success'],
    [true, 'Submitted to Engine'],
  ])("follows the account's switch (%s) in a first scan", async (autoScanDefault, wanted) => {
    const rehearsal = rehearse({ settings: { autoScanDefault } });
    const flow = await startWorkflow(rehearsal);
    await flow.upload('app.jar');
    await flow.beginPrescan({});
    rehearsal.passSeconds(240);
    expect(await flow.status()).toBe(wanted);
  });

  it('stays at Pre-Scan Success for ever when a top-level module is fatal', async () => {
    const rehearsal = rehearse(fatalAmongGood);
    const flow = await startWorkflow(rehearsal);
    await flow.upload('app.jar');
    await flow.upload('bad.dll');
    await flow.beginPrescan({ auto_scan: 'TRUE' });
    rehearsal.passSeconds(365 * 86_400);
    expect(await flow.status()).toBe('Pre-Scan Success');
    expect(rehearsal.snapshot().applications[0]?.builds[0]?.scansBegun).toBe(0);
  });

  it.each<[string, Record<string, string>, string[], string[]]>([
    ['scans the good ones when told so', { scan_all_nonfatal_top_level_modules: 'True' }, ['app.jar', 'bad.dll', 'lib.jar'], ['app.jar']],
    ['does not when nothing good is left', { scan_all_nonfatal_top_level_modules: 'True' }, ['bad.dll', 'lib.jar'], []],
    ['takes everything that is not a dependency', {}, ['app.jar', 'lib.jar', 'tool.exe'], ['app.jar', 'tool.exe']],
  ])('%s', async (_, options, files, wanted) => {
    const rehearsal = rehearse(fatalAmongGood);
    const flow = await startWorkflow(rehearsal);
    for (const file of files) {
      await flow.upload(file);
    }
    await flow.beginPrescan({ auto_scan: 'True', ...options });
    rehearsal.passSeconds(3600);
    expect(rehearsal.snapshot().applications[0]?.builds[0]?.scannedModules).toEqual(wanted);
  });

  it.each([
    ['only those of the previous selection', {}, ['app.jar']],
    ['new ones too', { include_new_modules: 'True' }, ['app.jar', 'new.jar']],
  ])('non-fatal modules: %s', async (_, options, wanted) => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    await flow.scanToTheEnd('v1');
    await flow.upload('app.jar');
    await flow.upload('new.jar');
    await flow.beginPrescan({ auto_scan: 'True', scan_all_nonfatal_top_level_modules: 'True', ...options });
    rehearsal.passSeconds(3600);
    expect(rehearsal.snapshot().applications[0]?.builds.at(-1)?.scannedModules).toEqual(wanted);
  });

  it('begins its scan at the moment the prescan ends, whenever somebody looks', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    await flow.upload('app.jar');
    await flow.beginPrescan();
    const begunAtMs = rehearsal.snapshot().nowMs;
    expect(rehearsal.snapshot().applications[0]?.builds[0]?.scansBegun).toBe(0);
    rehearsal.passSeconds(86_400);
    expect(rehearsal.snapshot().applications[0]?.builds[0]?.events.at(-1)).toEqual({
      kind: 'scan-begun',
      by: 'auto-scan',
      atMs: begunAtMs + 240_000,
    });
  });
});

describe('beginscan.do', () => {
  const selectors = { scan_all_top_level_modules: 'False', scan_selected_modules: 'False', scan_previously_selected_modules: 'False' };

  it.each<[string, Record<string, string>, string | undefined]>([
    ['none of the selectors', {}, 'No modules parameter specified'],
    ['False counts as absent', selectors, 'No modules parameter specified'],
    ['two selectors', { scan_all_top_level_modules: 'true', scan_selected_modules: 'true' }, 'Give exactly one of modules, scan_all_top_level_modules, scan_selected_modules, scan_previously_selected_modules.'],
    ['nothing was selected before', { scan_previously_selected_modules: 'true' }, 'No modules selected for the scan.'],
    ['an unknown module', { modules: '1' }, 'Could not find the module 1.'],
    ['everything', { ...selectors, scan_all_top_level_modules: 'True' }, undefined],
    ['what is ticked', { scan_selected_modules: 'true' }, undefined],
  ])('%s', async (_, parameters, wanted) => {
    const rehearsal = rehearse(fatalAmongGood);
    const flow = await startWorkflow(rehearsal);
    await flow.upload('app.jar');
    await flow.upload('bad.dll');
    await flow.beginPrescan({ auto_scan: 'false' });
    rehearsal.passSeconds(240);
    expect((await flow.beginScan(parameters)).error).toBe(wanted);
    expect(await flow.status()).toBe(wanted === undefined ? 'Submitted to Engine' : 'Pre-Scan Success');
  });

  it('takes ids, but no fatal module', async () => {
    const rehearsal = rehearse(fatalAmongGood);
    const flow = await startWorkflow(rehearsal);
    await flow.upload('app.jar');
    await flow.upload('bad.dll');
    await flow.beginPrescan({ auto_scan: 'false' });
    rehearsal.passSeconds(240);
    const [good, fatal] = rehearsal.snapshot().applications[0]?.builds[0]?.modules ?? [];
    expect((await flow.beginScan({ modules: `${good?.id ?? ''},${fatal?.id ?? ''}` })).error).toMatch(/fatal errors/);
    expect((await flow.beginScan({ modules: good?.id ?? '' })).error).toBeUndefined();
    expect(rehearsal.snapshot().applications[0]?.builds[0]?.scannedModules).toEqual(['app.jar']);
  });

  it('refuses when auto-scan was faster', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    await flow.upload('app.jar');
    await flow.beginPrescan();
    rehearsal.passSeconds(241);
    expect((await flow.beginScan()).error).toMatch(/"Submitted to Engine"/);
  });
});

describe('a lag before the prescan shows', () => {
  it('hides the accepted prescan, but refuses a second one', async () => {
    const rehearsal = rehearse({ scans: [{ lagSeconds: 30 }] });
    const flow = await startWorkflow(rehearsal);
    await flow.upload('app.jar');
    await flow.beginPrescan();
    expect(await flow.status()).toBe('Incomplete');
    expect((await flow.beginPrescan()).error).toMatch(/not allowed/);
    expect((await flow.upload('late.jar')).error).toMatch(/not allowed/);
    rehearsal.passSeconds(30);
    expect(await flow.status()).toBe('Pre-Scan Submitted');
  });
});

describe('uploads', () => {
  it('leave nothing when the body breaks off', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    await flow.createBuild('v1');
    const broken = rehearsal.call('uploadlargefile.do', { ...flow.context, filename: 'app.jar' }, { body: bodyOf('a long text', 5) });
    await expect(broken).rejects.toThrow('the connection broke');
    const short = rehearsal.call('uploadlargefile.do', { ...flow.context, filename: 'app.jar' }, { body: bodyOf('1234'), headers: { 'content-length': '9' } });
    await expect(short).rejects.toThrow('4 of 9 bytes');
    expect(rehearsal.snapshot().applications[0]?.builds).toMatchObject([
      { files: [], events: [{ kind: 'created' }, { kind: 'upload-broken-off' }, { kind: 'upload-broken-off' }] },
    ]);
    expect((await flow.upload('app.jar')).error).toBeUndefined();
  });

  it('come one at a time, and a prescan waits for none of them', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    await flow.createBuild('v1');
    let goOn: () => void = () => undefined;
    const halfway = new Promise<void>((resolve) => (goOn = resolve));
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('first half');
      await halfway;
    }
    const first = rehearsal.call('uploadlargefile.do', { ...flow.context, filename: 'a.jar' }, { body: slow() });
    expect((await flow.upload('b.jar')).error).toMatch(/An upload is in progress/);
    expect((await flow.beginPrescan()).error).toMatch(/has been updated by another transaction/);
    goOn();
    expect((await first).error).toBeUndefined();
    expect(rehearsal.snapshot().applications[0]?.builds[0]?.files.map(({ name }) => name)).toEqual(['a.jar']);
  });

  it('replace a file of the same name, under a new id', async () => {
    const rehearsal = rehearse();
    const flow = await startWorkflow(rehearsal);
    await flow.upload('app.jar', 'one');
    const before = rehearsal.snapshot().applications[0]?.builds[0]?.files[0];
    await flow.upload('app.jar', 'other');
    const files = rehearsal.snapshot().applications[0]?.builds[0]?.files;
    expect(files).toMatchObject([{ name: 'app.jar', sizeBytes: 5 }]);
    expect(files?.[0]?.id).not.toBe(before?.id);
  });

  it.each<[string, ScenarioInput, string, string | undefined]>([
    ['unsuitable kind', { scans: [{ uploads: [{ file: '*.txt', refuse: 'The file cannot be analyzed.' }] }] }, 'a.txt', 'The file cannot be analyzed.'],
    ['no room', { settings: { diskSpaceBytes: 3 } }, 'a.jar', 'The uploaded files exceed the amount of disk space that is available for this build.'],
    ['name with a dot at its end', {}, 'a.', 'The file name "a." is not valid: it must not be empty nor begin or end with "/" or ".".'],
  ])('are refused: %s', async (_, scenario, name, wanted) => {
    const rehearsal = rehearse(scenario);
    const flow = await startWorkflow(rehearsal);
    expect((await flow.upload(name)).error).toBe(wanted);
    expect(rehearsal.snapshot().applications[0]?.builds).toEqual([]);
  });

  it('can be accepted and still be no good', async () => {
    const rehearsal = rehearse({ scans: [{ uploads: [{ file: '*.zip', status: 'Invalid Archive' }] }] });
    const flow = await startWorkflow(rehearsal);
    const answer = await flow.upload('app.zip');
    expect(attribute(answer.text, 'file', 'file_status')).toBe('Invalid Archive');
    await flow.beginPrescan();
    rehearsal.passSeconds(240);
    expect(await flow.status()).toBe('No Modules Defined');
  });

  it.each([
    ['64-bit' as const, /^900719925\d+$/],
    ['negative' as const, /^-92233720368\d+$/],
  ])('get %s file ids', async (fileIds, wanted) => {
    const rehearsal = rehearse({ settings: { fileIds } });
    const flow = await startWorkflow(rehearsal);
    const fileId = attribute((await flow.upload('app.jar')).text, 'file', 'file_id') ?? '';
    expect(fileId).toMatch(wanted);
    expect((await rehearsal.call('removefile.do', { ...flow.context, file_id: fileId })).text).toContain('<result>success</result>');
  });

  it('take both spellings of the application id, and save_as before filename', async () => {
    const rehearsal = rehearse();
    const { context } = await startWorkflow(rehearsal);
    const parameters = { appid: context['app_id'] ?? '', filename: 'x-1.jar', save_as: 'app.jar' };
    const answer = await rehearsal.call('uploadlargefile.do', parameters, { body: bodyOf('x') });
    expect(attribute(answer.text, 'file', 'file_name')).toBe('app.jar');
  });

  it('come as forms as well, with their fields before or after the file', async () => {
    const rehearsal = rehearse();
    const { context } = await startWorkflow(rehearsal);
    const part = (name: string, value: string): string => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const file = '--x\r\nContent-Disposition: form-data; name="file"; filename="app.jar"\r\nContent-Type: application/octet-stream\r\n\r\nhello world\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const body = `${file}${part('app_id', context['app_id'] ?? '')}${part('save_as', 'form.jar')}--x--\r\n`;
    const answer = await rehearsal.call('uploadfile.do', {}, { body: bodyOf(body), headers });
    expect(attribute(answer.text, 'file', 'file_name')).toBe('form.jar');
    expect(attribute(answer.text, 'file', 'file_md5')).toBe('5eb63bbbe01eeed093cb22bb8f5acdc3');
    const unknown = await rehearsal.call('uploadfile.do', context, { body: bodyOf(`${part('colour', 'red')}${file}--x--\r\n`), headers });
    expect(unknown.error).toBe('The form has an unknown field "colour".');
    const cut = rehearsal.call('uploadfile.do', context, { body: bodyOf(file.slice(0, -6)), headers });
    await expect(cut).rejects.toThrow();
  });
});
