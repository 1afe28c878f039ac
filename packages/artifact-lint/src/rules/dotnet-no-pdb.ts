import { aboutEntries } from '../complaints.js';
import { filesOf, stemOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';
import { symbolKey } from '../rule-context.js';

/** Assemblies of the framework and of well-known libraries come without symbols, and need none. */
const NOT_YOURS = /^(?:system|microsoft|windows|mscorlib|netstandard|newtonsoft|nunit|xunit|serilog|automapper|autofac|entityframework)(?:\.|$)/iu;

/** Without a PDB a finding has no file and no line. */
export const DOTNET_NO_PDB: RuleDefinition = {
  id: 'dotnet-no-pdb',
  title: '.NET assemblies without debug information',
  severity: 'warning',
  advice: 'Publish with <DebugType>portable</DebugType> (or embedded) and upload the .pdb files beside the assemblies.',
  example: 'shop.zip with Shop.Web.dll and no Shop.Web.pdb',
  check(survey, { symbols }) {
    const assemblies = filesOf(survey).filter(({ name, content }) => content?.kind === 'pe' && content.isManaged && !NOT_YOURS.test(stemOf(name)));
    const without = assemblies.filter((entry) => entry.content?.kind === 'pe' && !entry.content.hasEmbeddedPdb && !symbols.has(symbolKey(survey, entry)));
    return aboutEntries(without, `Assemblies without a .pdb beside them or inside, of ${assemblies.length} that were read`);
  },
};
