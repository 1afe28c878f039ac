/** A fact for the debug log. Values are already redacted by whoever logs them. @public */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where core tells what it does. Nothing comes back. @public */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
}

/** Says nothing. @public */
export const silentLogger: Logger = { debug: () => undefined, warn: () => undefined };
