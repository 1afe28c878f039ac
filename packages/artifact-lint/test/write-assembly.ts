/** What a stand-in for a .NET assembly is to have. */
export interface AssemblyParts {
  readonly isManaged: boolean;
  readonly hasEmbeddedPdb: boolean;
  readonly is64Bit?: boolean;
}

const PE_AT = 0x80;
const SECTION_ADDRESS = 0x2000;
const SECTION_AT = 0x200;

/**
 * Writes a stand-in for a .NET assembly: the headers that a compiler writes, one section with a CLR header and a debug
 * directory in it, and no code. No .NET compiler is needed for it; it is no program.
 */
export function writeAssembly({ isManaged, hasEmbeddedPdb, is64Bit = false }: AssemblyParts): Buffer {
  const file = Buffer.alloc(0x400);
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(PE_AT, 0x3c);
  file.write('PE\0\0', PE_AT, 'latin1');
  file.writeUInt16LE(is64Bit ? 0x8664 : 0x14c, PE_AT + 4);
  file.writeUInt16LE(1, PE_AT + 6);
  const optionalBytes = is64Bit ? 240 : 224;
  file.writeUInt16LE(optionalBytes, PE_AT + 20);
  const optional = PE_AT + 24;
  file.writeUInt16LE(is64Bit ? 0x20b : 0x10b, optional);
  const directories = optional + (is64Bit ? 112 : 96);
  if (isManaged) {
    file.writeUInt32LE(SECTION_ADDRESS, directories + 8 * 14);
    file.writeUInt32LE(72, directories + 8 * 14 + 4);
  }
  file.writeUInt32LE(SECTION_ADDRESS + 0x50, directories + 8 * 6);
  file.writeUInt32LE(2 * 28, directories + 8 * 6 + 4);
  const section = optional + optionalBytes;
  file.write('.text', section, 'latin1');
  file.writeUInt32LE(0x200, section + 8);
  file.writeUInt32LE(SECTION_ADDRESS, section + 12);
  file.writeUInt32LE(0x200, section + 16);
  file.writeUInt32LE(SECTION_AT, section + 20);
  // CodeView (2) first, as compilers do; then reproducible (16) or an embedded PDB (17).
  file.writeUInt32LE(2, SECTION_AT + 0x50 + 12);
  file.writeUInt32LE(hasEmbeddedPdb ? 17 : 16, SECTION_AT + 0x50 + 28 + 12);
  return file;
}
