import type { Severity } from '@verapipe/core';

/** Colours of bars, for pages without a style sheet: at least 3:1 against white and against near black. */
export const SEVERITY_COLOURS: Readonly<Record<Severity, string>> = {
  5: '#c2255c',
  4: '#e0450b',
  3: '#b07d00',
  2: '#2b7fd0',
  1: '#0f8a7e',
  0: '#76808c',
};
