/**
 * The code of an error of Node or a library: `ENOENT`, `ECONNRESET`, `UND_ERR_SOCKET`. Asks for the property and not
 * for the class, because an error may come from another realm or another copy of a library.
 */
export function errorCode(error: unknown): string {
  const code = propertyOf(error, 'code');
  return typeof code === 'string' ? code : 'unknown reason';
}

/** Message of whatever was thrown. */
export function errorMessage(error: unknown): string {
  const message = propertyOf(error, 'message');
  return typeof message === 'string' ? message : String(error);
}

function propertyOf(value: unknown, name: 'code' | 'message'): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
