import { attribute, bodyOf, type Answer, type Rehearsal } from './rehearsal.js';

/** The calls of an upload and scan, on one application. */
export interface Workflow {
  readonly context: Readonly<Record<string, string>>;
  createBuild(version: string): Promise<string>;
  upload(filename: string, content?: string): Promise<Answer>;
  beginPrescan(parameters?: Record<string, string>): Promise<Answer>;
  beginScan(parameters?: Record<string, string>): Promise<Answer>;
  /** Of the current build, or of the given one. */
  status(buildId?: string): Promise<string | undefined>;
  /** From nothing to published results. */
  scanToTheEnd(version: string): Promise<string>;
}

/** Starts a workflow on the first application of the scenario, or on a new one. */
export async function startWorkflow(rehearsal: Rehearsal, sandboxName?: string): Promise<Workflow> {
  const app_id = rehearsal.snapshot().applications[0]?.id ?? (await createProfile(rehearsal));
  const context = sandboxName === undefined ? { app_id } : { app_id, sandbox_id: await createSandbox(rehearsal, app_id, sandboxName) };
  const call = (operation: string, parameters: Record<string, string> = {}): Promise<Answer> =>
    rehearsal.call(operation, { ...context, ...parameters });
  const workflow: Workflow = {
    context,
    async createBuild(version) {
      return attribute((await call('createbuild.do', { version })).text, 'build', 'build_id') ?? '';
    },
    upload: (filename, content = 'content') =>
      rehearsal.call('uploadlargefile.do', { ...context, filename }, { body: bodyOf(content) }),
    beginPrescan: (parameters = { auto_scan: 'true' }) => call('beginprescan.do', parameters),
    beginScan: (parameters = { scan_all_top_level_modules: 'true' }) => call('beginscan.do', parameters),
    async status(buildId) {
      const info = await call('getbuildinfo.do', buildId === undefined ? {} : { build_id: buildId });
      return attribute(info.text, 'analysis_unit', 'status');
    },
    async scanToTheEnd(version) {
      const buildId = await workflow.createBuild(version);
      await workflow.upload('app.jar');
      await workflow.beginPrescan();
      rehearsal.passSeconds(3600);
      return buildId;
    },
  };
  return workflow;
}

async function createProfile(rehearsal: Rehearsal): Promise<string> {
  const created = await rehearsal.call('createapp.do', { app_name: 'Shop', business_criticality: 'Low' });
  return attribute(created.text, 'application', 'app_id') ?? '';
}

async function createSandbox(rehearsal: Rehearsal, app_id: string, sandbox_name: string): Promise<string> {
  const created = await rehearsal.call('createsandbox.do', { app_id, sandbox_name });
  return attribute(created.text, 'sandbox', 'sandbox_id') ?? '';
}
