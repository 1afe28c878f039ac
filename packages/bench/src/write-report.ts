import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

const NAMESPACE = 'https://www.veracode.com/schema/reports/export/1.0';
const WHEN = '2026-11-02 09&#x3a;30&#x3a;00 UTC';
const FLAWS_PER_CHUNK = 500;

/**
 * Writes a detailed report in the platform's form: 26 attributes a flaw, about a kilobyte each, characters escaped as
 * the platform escapes them. The same call writes the same bytes.
 *
 * @returns the number of flaws
 */
export async function writeReport(file: string, sizeBytes: number): Promise<number> {
  const flaws = Math.ceil(sizeBytes / Buffer.byteLength(flaw(1)));
  await pipeline(chunks(flaws), createWriteStream(file));
  return flaws;
}

function* chunks(flaws: number): Generator<string> {
  yield head(flaws);
  for (let first = 1; first <= flaws; first += FLAWS_PER_CHUNK) {
    const count = Math.min(FLAWS_PER_CHUNK, flaws - first + 1);
    yield Array.from({ length: count }, (_unused, index) => flaw(first + index)).join('');
  }
  yield tail(flaws);
}

function head(flaws: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<detailedreport xmlns="${NAMESPACE}" report_format_version="1.5" account_id="10001" app_name="Bench" app_id="20002" \
analysis_id="30003" static_analysis_unit_id="40004" version="bench" build_id="50005" submitter="Bench" \
platform="Not Specified" assurance_level="4" business_criticality="4" generation_date="${WHEN}" veracode_level="VL1" \
total_flaws="${flaws}" flaws_not_mitigated="${flaws}" teams="" life_cycle_stage="Not Specified" \
planned_deployment_date="" last_update_time="${WHEN}" is_latest_build="true" policy_name="Bench policy" \
policy_version="1" policy_compliance_status="Did Not Pass" policy_rules_status="Did Not Pass" \
grace_period_expired="false" scan_overdue="false" business_owner="" business_unit="Not Specified" tags="" \
legacy_scan_engine="false">
<static-analysis rating="F" score="40" submitted_date="${WHEN}" published_date="${WHEN}" version="bench" \
analysis_size_bytes="1048576" engine_version="20261101"><modules><module name="bench.jar" compiler="JAVAC_17" \
os="Java J2SE 17" architecture="JVM" loc="100000" score="40" numflawssev0="0" numflawssev1="0" numflawssev2="0" \
numflawssev3="${flaws}" numflawssev4="0" numflawssev5="0"/></modules></static-analysis>
<severity level="5"/><severity level="4"/><severity level="3"><category categoryid="20" \
categoryname="Cross-Site Scripting &#x28;XSS&#x29;" pcirelated="true"><desc><para text="Input reaches the page."/></desc>\
<recommendations><para text="Escape it."/></recommendations><cwe cweid="80" cwename="Basic XSS" pcirelated="true">\
<description><text text="Script-related tags are not neutralised."/></description><staticflaws>
`;
}

function flaw(issueId: number): string {
  return `<flaw severity="3" categoryname="Cross-Site Scripting &#x28;XSS&#x29;" count="1" issueid="${issueId}" \
module="bench.jar" type="javax.servlet.jsp.JspWriter.print" description="This call to print&#x28;&#x29; contains a \
cross-site scripting flaw.  The application populates the HTTP response with untrusted input, allowing an attacker to \
embed malicious content, such as Javascript code, which will be executed in the context of the victim&#x27;s browser. \
&#xd;&#xa;Use contextual escaping on all untrusted data before using it to construct any portion of a response." \
note="" cweid="80" remediationeffort="2" exploitLevel="1" categoryid="20" pcirelated="true" \
date_first_occurrence="${WHEN}" remediation_status="Open" cia_impact="znz" grace_period_expires="" \
affects_policy_compliance="true" mitigation_status="none" mitigation_status_desc="Not Mitigated" \
sourcefile="Page${issueId % 1000}.java" line="${(issueId % 2000) + 1}" sourcefilepath="com/example/bench/pages/" \
scope="com.example.bench.pages.Page${issueId % 1000}" functionprototype="void render&#x28;Request, Writer&#x29;" \
functionrelativelocation="${issueId % 100}"/>
`;
}

function tail(flaws: number): string {
  return `</staticflaws></cwe></category></severity><severity level="2"/><severity level="1"/><severity level="0"/>
<flaw-status new="0" reopen="0" open="${flaws}" fixed="0" total="${flaws}" not_mitigated="${flaws}" sev-1-change="0" \
sev-2-change="0" sev-3-change="0" sev-4-change="0" sev-5-change="0"/>
</detailedreport>
`;
}
