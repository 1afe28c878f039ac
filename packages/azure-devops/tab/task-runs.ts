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
  return Promise.all(
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
}

function placeOf(attachment: Attachment): readonly Place[] {
  const links = attachment._links as { readonly self?: { readonly href?: string } } | undefined;
  const [, timelineId, recordId] = /\/builds\/\d+\/([^/]+)\/([^/]+)\/attachments\//u.exec(links?.self?.href ?? '') ?? [];
  return timelineId === undefined || recordId === undefined ? [] : [{ timelineId, recordId, name: attachment.name }];
}

/** "FAIL: scan of Shop", from the summary; the command alone where it tells nothing. */
function labelOf(command: string, summaryText: string | null): string {
  try {
    const { verdict, application } = JSON.parse(summaryText ?? '{}') as { readonly verdict?: unknown; readonly application?: { readonly name?: unknown } | null };
    const word = typeof verdict === 'string' ? VERDICT_WORDS[verdict] : undefined;
    const name = typeof application?.name === 'string' ? ` of ${application.name}` : '';
    return `${word === undefined ? '' : `${word}: `}${command}${name}`;
  } catch {
    return command;
  }
}
