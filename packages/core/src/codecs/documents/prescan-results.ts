import type { PrescanModule, PrescanResults } from '../../domain/build.js';
import type { XmlDocument } from '../xml-answer.js';
import { childrenOf, optionalBoolean, optionalId, optionalText, requiredId, requiredText } from '../xml-fields.js';
import type { XmlElement } from '../xml-element.js';

/** Answer of `getprescanresults.do`. */
export const PRESCANRESULTS: XmlDocument<PrescanResults> = {
  roots: ['prescanresults'],
  decode: (root, operation) => ({
    applicationId: requiredId(root, 'app_id', operation),
    sandboxId: optionalId(root, 'sandbox_id', operation),
    buildId: requiredId(root, 'build_id', operation),
    modules: childrenOf(root, 'module').map((module) => moduleOf(module, operation)),
  }),
};

function moduleOf(module: XmlElement, operation: string): PrescanModule {
  const statusText = optionalText(module, 'status') ?? '';
  return {
    id: requiredId(module, 'id', operation),
    name: requiredText(module, 'name', operation),
    fileId: optionalId(module, 'app_file_id', operation),
    statusText,
    // The status lists its problems, and a fatal one begins with the word: a module is good only if neither says no.
    hasFatalErrors: optionalBoolean(module, 'has_fatal_errors') === true || /\(fatal\)/i.test(statusText),
    isDependency: optionalBoolean(module, 'is_dependency') === true,
    platform: optionalText(module, 'platform'),
    size: optionalText(module, 'size'),
    issues: issuesOf(module),
  };
}

function issuesOf(module: XmlElement): readonly string[] {
  return module.children.flatMap((child) => {
    const details = optionalText(child, 'details');
    if (details === null) return [];
    if (child.name === 'issue') return [details];
    return child.name === 'file_issue' ? [`${optionalText(child, 'filename') ?? 'a file'}: ${details}`] : [];
  });
}
