/** Display names of `industry` codes; how the platform maps them is not documented. */
const industries: Readonly<Record<string, string>> = {
  agmine: 'Agriculture',
  busiserv: 'Business Services',
  compelec: 'Computer Hardware',
  conserv: 'Consumer Services',
  edu: 'Education',
  enerutil: 'Energy',
  fed: 'Government',
  finserv: 'Banking',
  gvmt: 'Government',
  hpb: 'Healthcare',
  local: 'Government',
  manu: 'Manufacturing',
  mediaent: 'Media & Entertainment',
  'non-profit': 'Charitable Organizations',
  nonprofit: 'Charitable Organizations',
  notspec: 'Not Specified',
  prtnr: 'Other',
  realconst: 'Construction',
  retail: 'Retail',
  softint: 'Software',
  telcom: 'Telecommunications',
  transerv: 'Transportation',
  travel: 'Hospitality',
  wholedist: 'Other',
};

/** @returns undefined for codes that the platform does not know */
export function industryName(code: string): string | undefined {
  return Object.hasOwn(industries, code) ? industries[code] : undefined;
}
