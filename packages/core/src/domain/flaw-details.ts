/** One place that data passes on its way. @public */
export interface DataPathStep {
  /** The platform's number of the step, in the order in which it lists them. */
  readonly position: number | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly function: string | null;
}

/** A way by which outside data reaches the finding. @public */
export interface DataPath {
  readonly module: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly function: string | null;
  readonly steps: readonly DataPathStep[];
}

/** Data paths of a static finding. @public */
export interface StaticFlawDetails {
  readonly findingId: string;
  readonly buildId: string;
  readonly dataPaths: readonly DataPath[];
}

/** Something that the scanner put into a request. @public */
export interface AttackVector {
  readonly name: string;
  /** `QUERY`, `HEADER`, `COOKIE`, `BODY`, `PATHPARAM`, or a word that nobody documented. */
  readonly type: string;
  readonly originalValue: string;
  readonly injectedValue: string;
}

/** The request and the response that show a dynamic finding. Raw bytes are base64, as sent. @public */
export interface DynamicFlawDetails {
  readonly findingId: string;
  readonly buildId: string;
  readonly url: string;
  readonly method: string | null;
  readonly attackVectors: readonly AttackVector[];
  readonly requestBase64: string;
  readonly responseBase64: string;
}
