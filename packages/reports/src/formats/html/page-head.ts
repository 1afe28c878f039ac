import type { ScanResults } from '../../scan-results.js';
import { html, type Markup } from './markup.js';
import { pageTitle } from './verdict-section.js';

/** What the two pages have in their heads beside the common part. */
export interface PageHead {
  /** Content security policy: what may be loaded and run. @see w3.org/TR/CSP3 */
  readonly policy: string;
  readonly icon?: Markup;
  readonly style?: Markup;
}

/** The beginning of a page, up to and with the opening of its body. Nobody is told where the reader comes from. */
export function pageHead(results: ScanResults, { policy, icon, style }: PageHead): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${icon ?? ''}<title>${pageTitle(results)}</title>
${style ?? ''}</head>
<body>
`.markup;
}
