/** Faults that show in what the platform does. */
export type PlatformFault =
  /** The next reads still show the state before this call. */
  | { readonly kind: 'stale-read'; readonly reads: number }
  /** The prescan never ends. */
  | { readonly kind: 'stuck-prescan' }
  /** The scan ends with errors. */
  | { readonly kind: 'scan-failed' }
  /** Somebody deletes the build just before the call. */
  | { readonly kind: 'deleted-build' }
  /** Somebody cancels prescan or scan just before the call. */
  | { readonly kind: 'cancelled-in-ui' }
  /** The policy stays at Calculating...; seconds after publication, null: for ever. */
  | { readonly kind: 'policy-calculating'; readonly seconds: number | null }
  /** The new name is refused as taken. */
  | { readonly kind: 'duplicate-name' };

/** Faults of gateway and network; the call never reaches the platform. */
export type GatewayFault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds: number | null }
  /** A login or maintenance page instead of the answer. */
  | { readonly kind: 'html-200' }
  /** The connection is reset as soon as the request's head has arrived. */
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'expired-credentials' }
  /** The server's clock runs ahead, its `Date` header too. */
  | { readonly kind: 'clock-skew'; readonly seconds: number };

/** Faults of the answer; the platform has acted by then. */
export type AnswerFault =
  | { readonly kind: 'reset-after' }
  | { readonly kind: 'cut-body' }
  /** No byte of the answer arrives; the connection stays open. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'empty-200' }
  /** A well-formed document of another kind. */
  | { readonly kind: 'wrong-root' }
  | { readonly kind: 'bad-xml' }
  | { readonly kind: 'bad-json' };

/** The call is handled late, then answered as usual. */
export interface DelayFault {
  readonly kind: 'delay';
  /** Of wall time. */
  readonly seconds: number;
}

export type Fault = PlatformFault | GatewayFault | AnswerFault | DelayFault;

export function isPlatformFault(fault: Fault): fault is PlatformFault {
  return placeOf(fault) === 'platform';
}

export function isGatewayFault(fault: Fault): fault is GatewayFault {
  return placeOf(fault) === 'gateway';
}

export function isAnswerFault(fault: Fault): fault is AnswerFault {
  return placeOf(fault) === 'answer';
}

function placeOf({ kind }: Fault): 'platform' | 'gateway' | 'answer' | 'time' {
  switch (kind) {
    case 'stale-read':
    case 'stuck-prescan':
    case 'scan-failed':
    case 'deleted-build':
    case 'cancelled-in-ui':
    case 'policy-calculating':
    case 'duplicate-name':
      return 'platform';
    case 'status':
    case 'html-200':
    case 'reset-before':
    case 'expired-credentials':
    case 'clock-skew':
      return 'gateway';
    case 'reset-after':
    case 'cut-body':
    case 'stall':
    case 'empty-200':
    case 'wrong-root':
    case 'bad-xml':
    case 'bad-json':
      return 'answer';
    case 'delay':
      return 'time';
  }
}
