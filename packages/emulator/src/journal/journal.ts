/** One request, without secrets. @public */
export interface JournalEntry {
  /** Counts from 1, in the order in which requests arrived. */
  readonly sequence: number;
  /** Wall time of the arrival, milliseconds since the Unix epoch. */
  readonly wallMs: number;
  /** Emulated time of the arrival, milliseconds since the Unix epoch. */
  readonly emulatedMs: number;
  readonly method: string;
  /** Host name that the request was meant for, without port. */
  readonly host: string;
  /** Path without query. */
  readonly path: string;
  /** The platform's name for the call; method and path where there is no such call. */
  readonly operation: string;
  /** Query and form parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The JSON document in the body; null where there is none, and where nobody read it. */
  readonly json: unknown;
  /** Status of the answer; null while there is none, and where a fault kept it from being sent. */
  readonly status: number | null;
  /** Who signed; null when the signature was not accepted or not looked at. */
  readonly account: string | null;
  /** Kinds of the faults that the request met. */
  readonly faults: readonly string[];
  /** Did the platform carry the call out? False for what it refused and for what never reached it. */
  readonly acted: boolean;
  /** Why it was refused; null when it was not. */
  readonly refusal: string | null;
  /** Bytes of the body that were read. */
  readonly bodyBytes: number;
}

/** What becomes known of a request after its arrival. */
export type JournalUpdate = Partial<Omit<JournalEntry, 'sequence' | 'wallMs' | 'emulatedMs' | 'method' | 'host' | 'path' | 'operation'>>;

/** Every request in the order of arrival. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Writes an arrival down; the returned function adds to it. */
  open(arrival: Pick<JournalEntry, 'wallMs' | 'emulatedMs' | 'method' | 'host' | 'path' | 'operation'>): (update: JournalUpdate) => void;
  clear(): void;
}

/** @param redact - takes secret keys out of a text */
export function createJournal(redact: (text: string) => string): Journal {
  const entries: JournalEntry[] = [];
  const safe = (values: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [redact(name), redact(value)]));
  return {
    entries,
    clear() {
      entries.length = 0;
    },
    open(arrival) {
      const index = entries.length;
      let entry: JournalEntry = {
        sequence: index + 1,
        ...arrival,
        path: redact(arrival.path),
        operation: redact(arrival.operation),
        parameters: {},
        json: null,
        status: null,
        account: null,
        faults: [],
        acted: false,
        refusal: null,
        bodyBytes: 0,
      };
      entries.push(entry);
      return ({ parameters = entry.parameters, json = entry.json, refusal = entry.refusal, ...update }) => {
        const changed = { ...entry, ...update, parameters: safe(parameters), json: JSON.parse(redact(JSON.stringify(json))) as unknown, refusal: refusal === null ? null : redact(refusal) };
        // A reset may have emptied the journal meanwhile.
        if (entries[index] === entry) {
          entries[index] = changed;
          entry = changed;
        }
      };
    },
  };
}
