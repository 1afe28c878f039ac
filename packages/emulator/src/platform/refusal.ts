/** The platform says no: becomes an `<error>` document, and a problem answer on REST. */
export class PlatformRefusal extends Error {
  override readonly name = 'PlatformRefusal';
}

/** Credentials are good, the right to the call or to the object is missing. */
export function accessDenied(): PlatformRefusal {
  return new PlatformRefusal('Access denied.');
}
