import { printable } from '@verapipe/reports';

import type { RunEvent } from '../run/run-events.js';
import type { Paint } from './paint.js';
import { sizeText } from './units.js';

/** What an event is to people: a line that stays, in the order of events; null for those that only move on. @public */
export function describeEvent(event: RunEvent, paint: Paint): string | null {
  switch (event.type) {
    case 'credentials':
      return `Platform ${printable(event.platformUrl)} (${event.region}), credentials from ${printable(event.source)}`;
    case 'notice':
      return printable(event.message);
    case 'warning':
      return paint('warning', `Warning: ${printable(event.message)}`);
    case 'expiry':
      return event.loud ? paint('bad', `WARNING: ${printable(event.message)}`) : paint('warning', `Note: ${printable(event.message)}`);
    case 'phase':
      return null;
    case 'application':
      return `Application profile "${printable(event.name)}" (${printable(event.id)}) ${event.created ? 'created' : 'found'}`;
    case 'sandbox':
      return `Sandbox "${printable(event.name)}" (${printable(event.id)}) ${event.created ? 'created' : 'found'}`;
    case 'profile-change':
      return `Profile changed: ${printable(event.field)} from "${printable(event.before)}" to "${printable(event.after)}"`;
    case 'build':
      return `Scan "${printable(event.name)}" (build ${printable(event.id)}) ${event.how === 'created' ? 'created' : 'found, going on with it'}: ${printable(event.url)}`;
    case 'build-deleted':
      return `Unfinished scan "${printable(event.name)}" (build ${printable(event.id)}) deleted`;
    case 'sandbox-deleted':
      return `Sandbox "${printable(event.name)}" (${printable(event.id)}), made for this scan, deleted`;
    case 'upload':
      return event.sentBytes < event.sizeBytes ? null : `Uploaded ${printable(event.file)}, ${sizeText(event.sizeBytes)} (${event.index} of ${event.count})`;
    case 'modules':
      return `Modules to scan: ${event.selected.length} of ${event.total}${event.selected.length === 0 ? '' : ` (${event.selected.map(printable).join(', ')})`}`;
    case 'pipeline-scan':
      return `Pipeline scan ${printable(event.scanId)} created`;
    case 'poll':
    case 'pipeline-poll':
      return null;
  }
}

/** The work that a phase or a poll stands for, as a line that may be written anew. @public */
export function describeWork(event: RunEvent): string | null {
  switch (event.type) {
    case 'phase':
      return PHASES[event.phase];
    case 'upload':
      return `Uploading ${printable(event.file)} (${event.index} of ${event.count})`;
    case 'poll':
      return event.waitingFor === 'policy'
        ? 'Results are ready; waiting for the policy evaluation'
        : `${WAITING[event.waitingFor]}, status "${printable(event.statusText)}"`;
    case 'pipeline-poll':
      return event.waitingFor === 'scan' ? `Scanning, status "${printable(event.statusText)}"` : 'Scanned; waiting for the findings';
    case 'pipeline-scan':
    case 'credentials':
    case 'notice':
    case 'warning':
    case 'expiry':
    case 'application':
    case 'sandbox':
    case 'profile-change':
    case 'build':
    case 'build-deleted':
    case 'sandbox-deleted':
    case 'modules':
      return null;
  }
}

const PHASES: Readonly<Record<Extract<RunEvent, { readonly type: 'phase' }>['phase'], string>> = {
  application: 'Looking for the application profile',
  sandbox: 'Looking for the sandbox',
  build: 'Preparing the scan',
  hash: 'Computing the checksum',
  create: 'Creating the pipeline scan',
  upload: 'Uploading',
  start: 'Starting the scan',
  prescan: 'Waiting for the prescan',
  scan: 'Waiting for the scan',
  results: 'Reading the results',
  gates: 'Judging',
};

const WAITING = {
  turn: 'Another scan is running, waiting for our turn',
  prescan: 'Waiting for the prescan',
  scan: 'Waiting for the scan',
} as const;
