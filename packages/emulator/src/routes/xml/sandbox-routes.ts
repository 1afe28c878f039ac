import type { EmulatedResponse, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { findApplication, liveSandboxes } from '../../platform/lookup.js';
import { promoteBuild } from '../../platform/promotion.js';
import { createSandbox, deleteSandbox, sandboxCustomFields, updateSandbox } from '../../platform/sandboxes.js';
import type { ApplicationRecord, SandboxRecord } from '../../platform/state.js';
import type { World } from '../../platform/world.js';
import { easternTime } from '../dates.js';
import { applicationId } from '../parameters.js';
import { customFieldElements, customFieldOf } from './application-routes.js';
import { analysisIds } from './analysis-ids.js';
import { documentResponse, successResponse, xmlRoute } from './xml-route.js';
import type { XmlAttributes } from './xml-text.js';

/** Sandboxes. */
export function sandboxRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'getsandboxlist.do',
      version: '5.0',
      parameters: ['app_id'],
      answer(parameters, { account }) {
        demandRight(account, 'view');
        const application = findApplication(world, account, applicationId(parameters));
        return documentResponse(world, 'sandboxlist', {
          attributes: { account_id: world.scenario.organization.accountId, app_id: application.id },
          children: liveSandboxes(application).map((sandbox) => ({
            name: 'sandbox',
            attributes: {
              sandbox_id: sandbox.id,
              sandbox_name: sandbox.name,
              owner: sandbox.owner,
              last_modified: easternTime(sandbox.modifiedAtMs),
              auto_recreate: sandbox.autoRecreate ? true : undefined,
            },
            children: customFieldElements(sandboxCustomFields, sandbox.customFields),
          })),
        });
      },
    }),
    xmlRoute(world, {
      operation: 'createsandbox.do',
      version: '5.0',
      parameters: ['app_id', 'sandbox_name', 'auto_recreate'],
      answer(parameters, { account }) {
        const { application, sandbox } = createSandbox(world, account, {
          applicationId: applicationId(parameters),
          name: parameters.required('sandbox_name'),
          autoRecreate: parameters.flag('auto_recreate') ?? false,
        });
        return sandboxInfo(world, application, sandbox);
      },
    }),
    xmlRoute(world, {
      operation: 'updatesandbox.do',
      version: '5.0',
      parameters: ['sandbox_id', 'sandbox_name', 'auto_recreate', 'custom_field_name', 'custom_field_value'],
      answer(parameters, { account }) {
        const name = parameters.text('sandbox_name');
        const autoRecreate = parameters.flag('auto_recreate');
        const customField = customFieldOf(parameters);
        const { application, sandbox } = updateSandbox(world, account, {
          sandboxId: parameters.requiredId('sandbox_id'),
          ...(name === undefined ? {} : { name }),
          ...(autoRecreate === undefined ? {} : { autoRecreate }),
          ...(customField === undefined ? {} : { customField }),
        });
        return sandboxInfo(world, application, sandbox);
      },
    }),
    xmlRoute(world, {
      operation: 'deletesandbox.do',
      version: '5.0',
      parameters: ['sandbox_id'],
      answer(parameters, { account }) {
        const { application, sandbox } = deleteSandbox(world, account, parameters.requiredId('sandbox_id'));
        return successResponse(world, 'deletesandboxresult', {
          account_id: world.scenario.organization.accountId,
          app_id: application.id,
          sandbox_id: sandbox.id,
        });
      },
    }),
    xmlRoute(world, {
      operation: 'promotesandbox.do',
      version: '5.0',
      parameters: ['build_id', 'delete_on_promote'],
      answer(parameters, { account }) {
        const { application, sandbox, build } = promoteBuild(world, account, {
          buildId: parameters.requiredId('build_id'),
          deleteSandbox: parameters.flag('delete_on_promote') ?? false,
        });
        return documentResponse(world, 'sandboxinfo', {
          attributes: { ...rootIds(world, application), build_id: build.id, ...analysisIds(build.id) },
          children: [{ ...sandboxElement(sandbox), attributes: { sandbox_id: sandbox.id, ...sandboxAttributes(sandbox, 'policy') } }],
        });
      },
    }),
  ];
}

function sandboxInfo(world: World, application: ApplicationRecord, sandbox: SandboxRecord): EmulatedResponse {
  return documentResponse(world, 'sandboxinfo', { attributes: rootIds(world, application), children: [sandboxElement(sandbox)] });
}

function sandboxElement(sandbox: SandboxRecord): { name: string; attributes: XmlAttributes; children: ReturnType<typeof customFieldElements> } {
  return {
    name: 'sandbox',
    attributes: { sandbox_id: sandbox.id, sandbox_name: sandbox.name, ...sandboxAttributes(sandbox, 'sandbox') },
    children: customFieldElements(sandboxCustomFields, sandbox.customFields),
  };
}

function sandboxAttributes(sandbox: SandboxRecord, status: 'sandbox' | 'policy'): XmlAttributes {
  return {
    sandbox_status: status,
    owner: sandbox.owner,
    modified_date: easternTime(sandbox.modifiedAtMs),
    created_date: easternTime(sandbox.createdAtMs),
    auto_recreate: sandbox.autoRecreate ? true : undefined,
  };
}

function rootIds(world: World, application: ApplicationRecord): XmlAttributes {
  return { account_id: world.scenario.organization.accountId, app_id: application.id };
}
