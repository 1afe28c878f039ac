/**
 * Whether a pull request may be merged. What is not known blocks it.
 *
 * @param {number} status of the answer to the question for the report
 * @param {{ readonly result?: unknown } | null} report its document
 * @returns {{ success: boolean, message: string }} as a merge check answers
 */
export function judgeReport(status, report) {
  if (status === 404) return { success: false, message: 'The newest commit has no report of Veracode: the pipe has not run for it.' };
  if (status !== 200 || report === null) return { success: false, message: `The report of Veracode could not be read (${status}).` };
  if (report.result === 'PENDING') return { success: false, message: 'The scan by Veracode is not judged yet.' };
  const success = report.result === 'PASSED';
  return { success, message: success ? 'The report of Veracode passed.' : 'The report of Veracode did not pass.' };
}
