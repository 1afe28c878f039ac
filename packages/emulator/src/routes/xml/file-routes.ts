import type { EmulatedResponse, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { digestUpload, removeFile, uploadFile, type UploadDigest } from '../../platform/files.js';
import { chooseBuild, type LocatedBuild } from '../../platform/lookup.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { World } from '../../platform/world.js';
import { BodyBrokeOff } from '../../request-body.js';
import { readParameters } from '../parameters.js';
import { contextOf, located } from './build-routes.js';
import { readMultipart } from './multipart-upload.js';
import { documentResponse, successResponse, xmlRoute } from './xml-route.js';

const uploadParameters = ['app_id', 'appid', 'sandbox_id', 'save_as'];

/** Files of a build. */
export function fileRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'uploadlargefile.do',
      version: '5.0',
      methods: ['POST'],
      body: 'file',
      parameters: [...uploadParameters, 'filename'],
      async answer(parameters, call) {
        const context = contextOf(world, parameters, call);
        const name = parameters.text('save_as') ?? parameters.required('filename');
        const digest = (): Promise<UploadDigest> => digestWholeBody(call.body, call.headers['content-length']);
        const build = await uploadFile(world, call.account, context, { name, digest });
        return fileList(world, { ...context, build });
      },
    }),
    xmlRoute(world, {
      operation: 'uploadfile.do',
      version: '5.0',
      methods: ['POST'],
      parameters: uploadParameters,
      async answer(_, call) {
        const { fields, file } = await readMultipart(call.headers['content-type'] ?? '', call.body);
        demandKnownFields(fields);
        const parameters = readParameters(new Map([...fields, ...call.parameters]));
        const context = contextOf(world, parameters, call);
        if (file === null) {
          throw new PlatformRefusal('No file parameter specified');
        }
        const name = parameters.text('save_as') ?? file.name;
        const build = await uploadFile(world, call.account, context, { name, digest: () => Promise.resolve(file.digest) });
        return fileList(world, { ...context, build });
      },
    }),
    xmlRoute(world, {
      operation: 'getfilelist.do',
      version: '5.0',
      parameters: ['app_id', 'build_id', 'sandbox_id'],
      answer(parameters, call) {
        demandRight(call.account, 'view');
        const context = contextOf(world, parameters, call);
        const build = chooseBuild(context, parameters.id('build_id'), world.clock.emulatedMs());
        return fileList(world, located(context, build));
      },
    }),
    xmlRoute(world, {
      operation: 'removefile.do',
      version: '5.0',
      parameters: ['app_id', 'file_id', 'sandbox_id'],
      answer(parameters, call) {
        const context = contextOf(world, parameters, call);
        removeFile(world, call.account, context, parameters.requiredId('file_id'));
        return successResponse(world, 'removefile', {
          account_id: world.scenario.organization.accountId,
          app_id: context.application.id,
        });
      },
    }),
  ];
}

/** A body that ends before its announced length broke off, whatever carried it. */
async function digestWholeBody(body: AsyncIterable<Uint8Array>, announced: string | undefined): Promise<UploadDigest> {
  const digest = await digestUpload(body);
  if (announced !== undefined && Number(announced) !== digest.sizeBytes) {
    throw new BodyBrokeOff(`The upload broke off: ${digest.sizeBytes} of ${announced} bytes arrived.`);
  }
  return digest;
}

function demandKnownFields(fields: ReadonlyMap<string, string>): void {
  const unknown = [...fields.keys()].find((name) => !uploadParameters.includes(name));
  if (unknown !== undefined) {
    throw new PlatformRefusal(`The form has an unknown field "${unknown}".`);
  }
}

function fileList(world: World, { application, sandbox, build }: LocatedBuild): EmulatedResponse {
  return documentResponse(world, 'filelist', {
    attributes: {
      account_id: world.scenario.organization.accountId,
      app_id: application.id,
      sandbox_id: sandbox?.id,
      build_id: build.id,
    },
    children: build.files.map((file) => ({
      name: 'file',
      attributes: {
        file_id: file.id,
        file_name: file.name,
        file_status: file.status,
        file_md5: file.md5,
      },
    })),
  });
}
