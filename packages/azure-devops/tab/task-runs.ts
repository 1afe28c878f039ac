import type { Attachment, BuildRestClient } from 'azure-devops-extension-api/Build';

/** One run of the task in a build, as its attachments tell it. */
export interface TaskRun {
  /** Of the timeline; the same for all attachments of one run. */
  readonly recordId: string;
  readonly label: string;
  /** The HTML page; null where the run left none. */
  readonly report: string | null;
}

/** Where a build lies. */
export interface BuildPlace {
  readonly project: string;
  readonly buildId: number;
}

/** Types of the attachments, as the task names them. */
const REPORT = 'verapipe-report';
const SUMMARY = 'verapipe-summary';

const VERDICT_WORDS: Readonly<Record<string, string>> = { pass: 'PASS', warn: 'WARN', fail: 'FAIL', pending: 'NOT JUDGED', none: 'NO VERDICT' };

/** Where an attachment lies: the server tells it only in its own address. */
interface Place {
  readonly timelineId: string;
  readonly recordId: string;
  readonly name: string;
}

/** Reads what the runs of the task have attached to a build, in the order of the server. */
export async function readTaskRuns(client: BuildRestClient, place: BuildPlace): Promise<readonly TaskRun[]> {
  const { project, buildId } = place;
  const [reports, summaries] = await Promise.all([REPORT, SUMMARY].map(async (type) => (await client.getAttachments(project, buildId, type)).flatMap(placeOf)));
  const read = async (type: string, { timelineId, recordId, name }: Place): Promise<string> => new TextDecoder().decode(await client.getAttachment(project, buildId, timelineId, recordId, type, name));
  const recordIds = [...new Set([...(summaries ?? []), ...(reports ?? [])].map(({ recordId }) => recordId))];
  const runs = await Promise.all(
    recordIds.map(async (recordId) => {
      const report = reports?.find((found) => found.recordId === recordId);
      const summary = summaries?.find((found) => found.recordId === recordId);
      return {
        recordId,
        label: labelOf((report ?? summary)?.name ?? '', summary === undefined ? null : await read(SUMMARY, summary)),
        report: report === undefined ? null : await read(REPORT, report),
      };
    }),
  );
  return numbered(runs);
}

function placeOf(attachment: Attachment): readonly Place[] {
  const links = attachment._links as { readonly self?: { readonly href?: string } } | undefined;
  const [, timelineId, recordId] = /\/builds\/\d+\/([^/]+)\/([^/]+)\/attachments\//u.exec(links?.self?.href ?? '') ?? [];
  return timelineId === undefined || recordId === undefined ? [] : [{ timelineId, recordId, name: attachment.name }];
}

/** "FAIL: scan of Shop, sandbox dev, 4711 linux", from the summary; the command alone where it tells nothing. */
function labelOf(command: string, summaryText: string | null): string {
  try {
    const { verdict, application, sandbox, scan } = JSON.parse(summaryText ?? '{}') as Summary;
    const word = typeof verdict === 'string' ? VERDICT_WORDS[verdict] : undefined;
    const [app, room, name] = [nameOf(application), nameOf(sandbox), nameOf(scan)];
    const places = [app === null ? null : `of ${app}`, room === null ? null : `, sandbox ${room}`, name === null ? null : `, ${name}`];
    return `${word === undefined ? '' : `${word}: `}${[command, ...places].filter((part) => part !== null).join(' ').replaceAll(' ,', ',')}`;
  } catch {
    return command;
  }
}

/** Of `verapipe-results.json`, what a label is made from. */
type Summary = Readonly<Record<'verdict' | 'application' | 'sandbox' | 'scan', unknown>>;

function nameOf(thing: unknown): string | null {
  return typeof thing === 'object' && thing !== null && 'name' in thing && typeof thing.name === 'string' ? thing.name : null;
}

/** Runs that are called alike, as the attempts of one job are, are numbered in the order of the server. */
function numbered(runs: readonly TaskRun[]): readonly TaskRun[] {
  return runs.map((run, index) => {
    const alike = runs.filter(({ label }) => label === run.label);
    return alike.length === 1 ? run : { ...run, label: `${run.label} (${String(runs.slice(0, index + 1).filter(({ label }) => label === run.label).length)})` };
  });
}
