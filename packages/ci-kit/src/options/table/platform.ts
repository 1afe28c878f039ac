import { REGIONS } from '@verapipe/core';

import { ASKING, type OptionDeclaration } from '../option.js';

/** Options about the platform and the way to it. */
export const PLATFORM = [
  {
    name: 'platform-url',
    type: 'text',
    commands: ASKING,
    group: 'Platform and network',
    placeholder: 'URL',
    default: null,
    defaultText: "from the key's region",
    help: 'Base of the XML and REST APIs, for emulators and gateways. Beats the region.',
  },
  {
    name: 'region',
    type: 'choice',
    commands: ASKING,
    group: 'Platform and network',
    placeholder: 'REGION',
    choices: REGIONS,
    default: null,
    defaultText: "from the key's prefix",
    help: 'Region of the platform.',
  },
  {
    name: 'profile',
    type: 'text',
    commands: ASKING,
    group: 'Platform and network',
    placeholder: 'NAME',
    default: null,
    defaultText: 'VERACODE_API_PROFILE, else default',
    help: 'Section of the credentials file ~/.veracode/credentials.',
  },
  {
    name: 'proxy',
    type: 'text',
    commands: ASKING,
    group: 'Platform and network',
    placeholder: 'URL',
    default: null,
    defaultText: 'HTTPS_PROXY, NO_PROXY',
    help: 'Proxy, as http://host:port. A password belongs into the environment (VERAPIPE_PROXY or HTTPS_PROXY).',
  },
  {
    name: 'ca-file',
    type: 'text',
    commands: ASKING,
    group: 'Platform and network',
    placeholder: 'FILE',
    default: null,
    defaultText: 'NODE_EXTRA_CA_CERTS',
    help: 'PEM file of certificate authorities to trust in addition.',
  },
  {
    name: 'rate-share',
    type: 'integer',
    commands: ASKING,
    group: 'Platform and network',
    placeholder: 'N',
    min: 1,
    max: 1000,
    default: 1,
    help: "Divide the platform's rate limits by N, when N agents share one outgoing address.",
  },
] as const satisfies readonly OptionDeclaration[];
