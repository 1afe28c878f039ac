const eastern = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  timeZoneName: 'longOffset',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `2019-08-13T14:00:10-04:00`: lists and build information, in US Eastern time. */
export function easternTime(ms: number): string {
  const part = easternParts(ms);
  const zone = part('timeZoneName').replace('GMT', '');
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}${zone === '' ? '+00:00' : zone}`;
}

/** `2019-08-13 17:57:41 UTC`: reports. */
export function reportTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2019-09-16 10:33:00`: mitigations, Eastern time without saying so. */
export function mitigationTime(ms: number): string {
  return easternTime(ms).slice(0, 19).replace('T', ' ');
}

/** `09/06/2019`. */
export function americanDate(ms: number): string {
  const part = easternParts(ms);
  return `${part('month')}/${part('day')}/${part('year')}`;
}

/** `mm/dd/yyyy` to an ISO date; undefined when it is no such date. */
export function parseAmericanDate(text: string): string | undefined {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const iso = `${match[3] ?? ''}-${match[1] ?? ''}-${match[2] ?? ''}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : iso;
}

/** `2022-03-01T13:46:30.000Z`: applications and findings. */
export function restTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** `2026-12-30T00:00:00.000+0000`: identity; other forms are refused by the vendor's wrapper. */
export function identityTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}

function easternParts(ms: number): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = eastern.formatToParts(ms);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}
