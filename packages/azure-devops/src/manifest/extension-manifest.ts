import type { Variant } from './variant.js';

/** The folder of the task in the extension; one folder in it for each major. */
export const TASK_FOLDER = 'Verapipe';

/** What differs from one packing to the next. */
export interface Release {
  /** Stamped when the extension is packed. */
  readonly version: string;
  /** A private extension is shared with organisations one by one; a public one can never be private again. */
  readonly isPublic: boolean;
}

/** What lies in the repository. */
const UNRELEASED: Release = { version: '0.0.0', isPublic: false };

/**
 * The manifest of the extension. Pure.
 *
 * @see learn.microsoft.com "Extension manifest reference"
 */
export function extensionManifest(variant: Variant, { version, isPublic } = UNRELEASED): Readonly<Record<string, unknown>> {
  return {
    manifestVersion: 1,
    id: variant.extensionId,
    publisher: 'verapipe',
    version,
    name: variant.extensionName,
    description: 'Scan with Veracode from Azure Pipelines, with a result that can be trusted.',
    public: isPublic,
    categories: ['Azure Pipelines'],
    tags: ['veracode', 'security', 'static analysis', 'sast', 'sca'],
    targets: [{ id: 'Microsoft.VisualStudio.Services' }],
    icons: { default: 'images/icon.png' },
    content: { details: { path: 'overview.md' }, license: { path: 'LICENSE.txt' } },
    files: [
      { path: TASK_FOLDER },
      { path: 'tab', addressable: true },
      { path: 'images', addressable: true },
    ],
    // Enough to read the attachments of a build. Another scope would have to be approved by every organisation.
    scopes: ['vso.build'],
    contributions: [task(), connection(variant), tab(variant)],
  };
}

function task(): unknown {
  return { id: 'task', type: 'ms.vss-distributed-task.task', targets: ['ms.vss-distributed-task.tasks'], properties: { name: TASK_FOLDER } };
}

/** Without a scheme of Azure's own, so that both values are secrets; the platform's address is no secret, and optional. */
function connection({ connectionType, connectionName }: Variant): unknown {
  return {
    id: 'connection',
    type: 'ms.vss-endpoint.service-endpoint-type',
    targets: ['ms.vss-endpoint.endpoint-types'],
    description: 'API credentials of a Veracode account',
    properties: {
      name: connectionType,
      displayName: connectionName,
      url: { displayName: 'Veracode', value: 'https://www.veracode.com', isVisible: 'false' },
      inputDescriptors: [
        {
          id: 'platformUrl',
          name: 'Platform URL',
          description: 'Only for emulators and gateways: base of the APIs. Otherwise the region of the key decides.',
          inputMode: 'textbox',
          isConfidential: false,
          validation: { isRequired: false, dataType: 'string' },
        },
      ],
      authenticationSchemes: [
        {
          type: 'ms.vss-endpoint.endpoint-auth-scheme-none',
          inputDescriptors: [secret('apiId', 'API id', 'Id of the API credentials.'), secret('apiKey', 'API key', 'Secret key of the API credentials.')],
        },
      ],
      helpMarkDown: 'The credentials of an API service account with the roles that docs/credentials.md of verapipe names.',
    },
  };
}

function secret(id: string, name: string, description: string): unknown {
  return { id, name, description, inputMode: 'passwordbox', isConfidential: true, validation: { isRequired: true, dataType: 'string' } };
}

/** Only on builds in which the task ran. */
function tab({ taskId }: Variant): unknown {
  return {
    id: 'tab',
    type: 'ms.vss-build-web.build-results-tab',
    targets: ['ms.vss-build-web.build-results-view'],
    description: 'Findings of the Veracode scans of a build',
    properties: { name: 'Veracode', uri: 'tab/tab.html', supportsTasks: [taskId] },
  };
}
