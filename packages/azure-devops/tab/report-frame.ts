/** Colours of the host. */
export type Theme = 'light' | 'dark';

/**
 * A frame with the report of a run. It has no origin of its own: what is in it reaches neither the host nor the access token. The
 * report's own policy lets nothing run in it but its own script.
 *
 * @see packages/reports, the format `html`: all findings of the run, searched and filtered in the page
 */
export function createReportFrame(report: string, { label, theme }: { readonly label: string; readonly theme: Theme }): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = `Report: ${label}`;
  frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox');
  frame.srcdoc = prepared(report, theme);
  return frame;
}

/** In the colours of the host; links open beside it, because other sites do not let themselves be shown in a frame. */
function prepared(report: string, theme: Theme): string {
  const page = new DOMParser().parseFromString(report, 'text/html');
  page.documentElement.dataset['theme'] = theme;
  const base = page.createElement('base');
  base.target = '_blank';
  page.head.append(base);
  return `<!DOCTYPE html>${page.documentElement.outerHTML}`;
}
