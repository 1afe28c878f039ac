import { aboutArtifact } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** What `docker save` writes. */
export const CONTAINER_IMAGE: RuleDefinition = {
  id: 'container-image',
  title: 'Container image',
  severity: 'error',
  advice: 'Upload the application that the image contains; images are scanned by another product (veracode scan).',
  example: 'shop.tar written by docker save',
  check({ entries }) {
    const names = new Set(entries.filter(({ within }) => within === '').map(({ name }) => name));
    const isImage = names.has('oci-layout') || (names.has('manifest.json') && [...names].some((name) => /^(?:[0-9a-f]{64}(?:\/layer\.tar|\.json)|blobs\/sha256\/)/u.test(name)));
    return isImage ? aboutArtifact('It is a container image: layers of a file system, which a static scan does not open.') : [];
  },
};
