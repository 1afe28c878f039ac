/** What a Windows executable or library tells about itself. */
export interface PortableExecutableFacts {
  readonly kind: 'pe';
  /** True for .NET. */
  readonly isManaged: boolean;
  /** True when the debug information is inside the file. */
  readonly hasEmbeddedPdb: boolean;
}

const PE_OFFSET_AT = 0x3c;
const PE_SIGNATURE = 0x4550;
const PE32 = 0x10b;
const PE32_PLUS = 0x20b;
/** Where the directories begin in the optional header. */
const DIRECTORIES_AT = { [PE32]: 96, [PE32_PLUS]: 112 } as const;
const DEBUG_DIRECTORY = 6;
const CLR_DIRECTORY = 14;
const DEBUG_ENTRY_BYTES = 28;
/** @see PE/COFF, "Debug Type": portable PDB, embedded */
const EMBEDDED_PDB = 17;

/** Reads whether an executable is .NET and carries its debug information. Null for what is no whole one. Pure. @see Microsoft, "PE Format" */
export function readPortableExecutable(bytes: Uint8Array): PortableExecutableFacts | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return parse(file);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function parse(file: Buffer): PortableExecutableFacts | null {
  const header = file.readUInt32LE(PE_OFFSET_AT);
  if (file.readUInt32LE(header) !== PE_SIGNATURE) return null;
  const sectionCount = file.readUInt16LE(header + 6);
  const optionalBytes = file.readUInt16LE(header + 20);
  const optional = header + 24;
  const magic = file.readUInt16LE(optional);
  if (magic !== PE32 && magic !== PE32_PLUS) return null;
  const directories = optional + DIRECTORIES_AT[magic];
  const isManaged = file.readUInt32LE(directories + 8 * CLR_DIRECTORY) !== 0;
  const address = file.readUInt32LE(directories + 8 * DEBUG_DIRECTORY);
  const size = file.readUInt32LE(directories + 8 * DEBUG_DIRECTORY + 4);
  const at = address === 0 ? null : offsetOf(file, address, { sections: optional + optionalBytes, sectionCount });
  return { kind: 'pe', isManaged, hasEmbeddedPdb: at !== null && hasEntry(file, at, size) };
}

/** Where an address of the loaded program lies in the file. */
function offsetOf(file: Buffer, address: number, { sections, sectionCount }: { readonly sections: number; readonly sectionCount: number }): number | null {
  for (let index = 0; index < sectionCount; index += 1) {
    const section = sections + 40 * index;
    const start = file.readUInt32LE(section + 12);
    const rawBytes = file.readUInt32LE(section + 16);
    if (address >= start && address < start + rawBytes) return file.readUInt32LE(section + 20) + address - start;
  }
  return null;
}

function hasEntry(file: Buffer, at: number, size: number): boolean {
  for (let entry = at; entry + DEBUG_ENTRY_BYTES <= at + size; entry += DEBUG_ENTRY_BYTES) {
    if (file.readUInt32LE(entry + 12) === EMBEDDED_PDB) return true;
  }
  return false;
}
