import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** An attachment of a build, as the agent kept it. */
export interface KeptAttachment {
  readonly recordId: string;
  readonly type: string;
  readonly name: string;
  readonly content: string;
}

/** A page of a build with the tab in it, and the server that both ask. */
export interface TabHost {
  readonly url: (theme: 'light' | 'dark', buildId?: number) => string;
  /** What the server was asked for, without a token: must stay empty. */
  readonly unauthorised: readonly string[];
  close(): Promise<void>;
}

const TOKEN = 'token-of-the-page';
const PROJECT = '0b7e0000-aaaa-4bbb-8ccc-000000000001';
const TIMELINE = '96ac2280-8cb4-5df5-99de-dd2da759617d';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const THEMES = {
  light: { 'background-color': 'rgba(255, 255, 255, 1)', 'text-primary-color': 'rgba(0, 0, 0, .9)', 'text-secondary-color': 'rgba(0, 0, 0, .62)', 'palette-primary': '0, 90, 158', 'palette-neutral-30': '#8a8886' },
  dark: { 'background-color': 'rgba(32, 31, 31, 1)', 'text-primary-color': 'rgba(255, 255, 255, .9)', 'text-secondary-color': 'rgba(255, 255, 255, .72)', 'palette-primary': '0, 90, 158', 'palette-neutral-30': '#555' },
};

/**
 * Stands in for Azure DevOps around the tab: the page speaks the frame protocol of the SDK (version 5), the server is the REST API
 * of attachments. Builds that have no attachments here have none.
 *
 * @see npm azure-devops-extension-sdk, XDM.js
 */
export async function startTabHost(tabFolder: string, attachments: Readonly<Record<number, readonly KeptAttachment[]>>): Promise<TabHost> {
  const unauthorised: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://host');
    if (url.pathname === '/favicon.ico') return void response.writeHead(204).end();
    if (url.pathname === '/') return void response.setHeader('content-type', 'text/html').end(hostPage(url.searchParams));
    const [, buildId = '', rest = ''] = new RegExp(`^/${PROJECT}/_apis/build/builds/(\\d+)/(.+)$`, 'iu').exec(decodeURIComponent(url.pathname)) ?? [];
    if (buildId !== '') {
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        unauthorised.push(url.pathname);
        return void response.writeHead(401).end();
      }
      const ofBuild = attachments[Number(buildId)] ?? [];
      const [, type] = /^attachments\/([^/]+)$/u.exec(rest) ?? [];
      if (type !== undefined) {
        const origin = `http://${request.headers.host ?? ''}`;
        const listed = ofBuild.filter((one) => one.type === type).map(({ recordId, name }) => ({ name, _links: { self: { href: `${origin}/${PROJECT}/_apis/build/builds/${buildId}/${TIMELINE}/${recordId}/attachments/${type}/${name}` } } }));
        return void response.setHeader('content-type', 'application/json').end(JSON.stringify(listed));
      }
      const found = ofBuild.find((one) => rest === `${TIMELINE}/${one.recordId}/attachments/${one.type}/${one.name}`);
      return void response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/octet-stream' }).end(found?.content);
    }
    const file = /^\/tab\/([\w.]+)$/u.exec(url.pathname)?.[1];
    if (file === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain').end(await readFile(join(tabFolder, file)));
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.writeHead(500).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url: (theme, buildId = 1) => `${origin}/?theme=${theme}&build=${String(buildId)}`,
    unauthorised,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hostPage(parameters: URLSearchParams): string {
  const theme = parameters.get('theme') === 'dark' ? 'dark' : 'light';
  const build = { id: Number(parameters.get('build')), project: { id: PROJECT, name: 'Web' } };
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Build</title><style>html, body { margin: 0; height: 100%; } iframe { width: 100%; height: 100%; border: 0; display: block; }</style></head>
<body><iframe title="Veracode" src="/tab/tab.html"></iframe><script>(${hostScript.toString()})(${JSON.stringify({ build, theme: THEMES[theme], token: TOKEN })})</script></body></html>`;
}

interface Message {
  readonly id: number;
  readonly methodName?: string;
  readonly instanceId?: string;
  readonly params?: readonly unknown[];
  readonly handshakeToken?: string;
}

/** Runs in the page: nothing from around it is known there. */
function hostScript(given: { readonly build: unknown; readonly theme: unknown; readonly token: string }): void {
  const page = globalThis as unknown as { addEventListener(type: 'message', handler: (event: { readonly data: unknown; readonly source: { postMessage(text: string, origin: string): void } }) => void): void; readonly location: { readonly origin: string }; tellBuildChanged?: () => void };
  const [onBuildChanged, getResourceAreaLocation] = [1001, 1002];
  page.addEventListener('message', ({ data, source }) => {
    if (typeof data !== 'string') return;
    const message = JSON.parse(data) as Message;
    if (message.instanceId === undefined) return;
    const reply = (result: unknown): void => source.postMessage(JSON.stringify({ id: message.id, result, handshakeToken: message.handshakeToken }), '*');
    switch (`${message.instanceId} ${message.methodName ?? ''}`) {
      case 'DevOps.HostControl initialHandshake':
        reply({ contributionId: 'verapipe.verapipe.tab', context: { extension: { id: 'verapipe.verapipe' }, pageContext: { webContext: {} }, user: {}, host: {} }, initialConfig: { onBuildChanged: { __proxyFunctionId: onBuildChanged } }, themeData: given.theme });
        break;
      case 'DevOps.HostControl getAccessToken':
        reply({ token: given.token });
        break;
      case 'DevOps.HostControl notifyLoadSucceeded':
        reply(undefined);
        break;
      case 'DevOps.ServiceManager getService':
        reply({ getResourceAreaLocation: { __proxyFunctionId: getResourceAreaLocation } });
        break;
      case `__proxyFunctions proxy${String(getResourceAreaLocation)}`:
        reply(`${page.location.origin}/`);
        break;
      case `__proxyFunctions proxy${String(onBuildChanged)}`: {
        reply(undefined);
        const [handler] = message.params as readonly { readonly __proxyFunctionId: number }[];
        const call = (id: number): void => source.postMessage(JSON.stringify({ id, instanceId: '__proxyFunctions', methodName: `proxy${String(handler?.__proxyFunctionId)}`, params: [given.build] }), '*');
        call(9001);
        // The host tells the same build again whenever a job of it moves on.
        call(9002);
        // For tests: something of the build has changed.
        page.tellBuildChanged = () => call(9003);
        break;
      }
      default:
        throw new Error(`The stand-in knows no ${message.instanceId} ${message.methodName ?? ''}.`);
    }
  });
}
