import type { PlatformIncident, PlatformMaintenance, PlatformStatus } from '@verapipe/core';

/** What the status page says, in one sentence. Pure. */
export function describeStatus({ indicator, description, incidents, maintenances }: PlatformStatus): string {
  const now = maintenances.filter(({ status }) => status !== 'scheduled');
  const planned = maintenances.filter(({ status }) => status === 'scheduled');
  const parts = [
    description === '' ? `status "${indicator}"` : `"${description}"`,
    ...incidents.map(describeIncident),
    ...now.map((maintenance) => `maintenance under way: ${describeMaintenance(maintenance)}`),
    ...planned.map((maintenance) => `maintenance planned: ${describeMaintenance(maintenance)}`),
  ];
  return parts.join('; ');
}

/** True when something is wrong now, or worked on; what is only planned is no trouble yet. Pure. */
export function isTroubled({ indicator, incidents, maintenances }: PlatformStatus): boolean {
  return indicator !== 'none' || incidents.length > 0 || maintenances.some(({ status }) => status !== 'scheduled');
}

function describeIncident({ name, status, startedAt }: PlatformIncident): string {
  return `incident "${name}"${status === null ? '' : ` (${status}${startedAt === null ? '' : `, since ${startedAt}`})`}`;
}

function describeMaintenance({ name, startsAt, endsAt }: PlatformMaintenance): string {
  return `"${name}"${startsAt === null ? '' : ` from ${startsAt}`}${endsAt === null ? '' : ` to ${endsAt}`}`;
}
