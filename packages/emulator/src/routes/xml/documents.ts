import type { XmlAttributes } from './xml-text.js';

const platformNamespace = 'https://analysiscenter.veracode.com/schema/';
const platformSchemas = 'https://analysiscenter.veracode.com/resource/';
const instance = 'http://www.w3.org/2001/XMLSchema-instance';

/** Root element, namespace and version attribute of each kind of answer. */
const kinds = {
  applist: { path: '2.0/applist', version: ['applist_version', '1.2'] },
  appinfo: { path: '2.0/appinfo', version: ['appinfo_version', '1.1'] },
  deleteapp: { path: 'deleteapp' },
  buildlist: { path: '2.0/buildlist', version: ['buildlist_version', '1.3'] },
  buildinfo: { path: '4.0/buildinfo', version: ['buildinfo_version', '1.5'] },
  deletebuildresult: { path: 'deletebuildresult' },
  filelist: { path: '2.0/filelist', version: ['filelist_version', '1.1'] },
  removefile: { path: 'removefile' },
  prescanresults: { path: '2.0/prescanresults', version: ['prescanresults_version', '1.4'] },
  sandboxinfo: { path: '4.0/sandboxinfo', version: ['sandboxinfo_version', '1.2'] },
  sandboxlist: { path: '4.0/sandboxlist', version: ['sandboxlist_version', '1.0'] },
  deletesandboxresult: { path: 'deletesandboxresult' },
  policylist: { path: '4.0/policylist' },
  vendorlist: { path: '2.0/vendorlist' },
  teamlist: { path: 'teamlist/3.0', version: ['teamlist_version', '3.0'] },
  applicationbuilds: { path: '2.0/applicationbuilds' },
  callstacks: { path: '2.0/callstacks', version: ['callstacks_version', '1.1'] },
  account_customfieldlist: { path: 'accountcustomfieldlist', version: ['account_customfieldlist_version', '1.0'] },
  mitigationinfo: { path: 'mitigationinfo/1.0', schemaPath: 'mitigationinfo', version: ['mitigationinfo_version', '1.1'] },
  archerreport: { path: '1.0/archerapi' },
  maintenancescheduleinfo: { path: '3.0/maintenancescheduleinfo' },
} as const satisfies Record<string, DocumentKind>;

interface DocumentKind {
  readonly path: string;
  readonly schemaPath?: string;
  readonly version?: readonly [string, string];
}
export type DocumentName = keyof typeof kinds;

/** Namespace, schema location and version attribute of a root element. */
export function rootAttributes(name: DocumentName): XmlAttributes {
  const kind: DocumentKind = kinds[name];
  const namespace = `${platformNamespace}${kind.path}`;
  const location = `${platformSchemas}${kind.schemaPath ?? kind.path}.xsd`;
  return { ...namespaces(namespace, location), ...(kind.version === undefined ? {} : { [kind.version[0]]: kind.version[1] }) };
}

/** The same for reports. */
export function reportAttributes(report: 'detailedreport' | 'summaryreport'): XmlAttributes {
  const version = report === 'detailedreport' ? '1.5' : '1.3';
  return {
    ...namespaces('https://www.veracode.com/schema/reports/export/1.0', `${platformSchemas}${report}.xsd`),
    report_format_version: version,
  };
}

function namespaces(namespace: string, location: string): XmlAttributes {
  return { 'xmlns:xsi': instance, xmlns: namespace, 'xsi:schemaLocation': `${namespace} ${location}` };
}
