import type { PlatformStatus, StatusIndicator } from '../../domain/platform-status.js';
import { type JsonObject, optionalObjects, optionalText, readDate, requireObject } from '../rest.js';

const INDICATORS: readonly StatusIndicator[] = ['none', 'minor', 'major', 'critical', 'maintenance'];

/** What is over is listed for a while. */
const OVER: readonly (string | null)[] = ['resolved', 'completed', 'postmortem'];

/** @throws ProtocolError `unexpected-shape` */
export function decodePlatformStatus(answer: JsonObject, operation: string): PlatformStatus {
  const status = requireObject(answer, 'status', operation);
  const indicator = optionalText(status, 'indicator');
  return {
    indicator: INDICATORS.find((word) => word === indicator) ?? 'unknown',
    description: optionalText(status, 'description') ?? '',
    incidents: optionalObjects(answer, 'incidents', operation)
      .map((incident) => ({
        name: optionalText(incident, 'name') ?? 'without a name',
        status: optionalText(incident, 'status'),
        impact: optionalText(incident, 'impact'),
        startedAt: readDate(incident, 'started_at', operation) ?? readDate(incident, 'created_at', operation),
      }))
      .filter((incident) => !OVER.includes(incident.status)),
    maintenances: optionalObjects(answer, 'scheduled_maintenances', operation)
      .map((maintenance) => ({
        name: optionalText(maintenance, 'name') ?? 'without a name',
        status: optionalText(maintenance, 'status'),
        startsAt: readDate(maintenance, 'scheduled_for', operation),
        endsAt: readDate(maintenance, 'scheduled_until', operation),
      }))
      .filter((maintenance) => !OVER.includes(maintenance.status)),
  };
}
