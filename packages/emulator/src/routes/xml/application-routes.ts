import type { Route } from '../../exchange.js';
import {
  createApplication,
  deleteApplication,
  updateApplication,
  type ProfileFields,
} from '../../platform/applications.js';
import { demandRight, hasRight } from '../../platform/access.js';
import { findApplication, visibleApplications } from '../../platform/lookup.js';
import { latestEvaluationAtMs } from '../../platform/policy-evaluation.js';
import { industryName } from '../../platform/profile-values.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { ApplicationRecord } from '../../platform/state.js';
import type { World } from '../../platform/world.js';
import type { EmulatedAccount, EmulatedResponse } from '../../exchange.js';
import { criticalities, deploymentMethods, origins } from '../../scenarios/vocabulary.js';
import { easternTime } from '../dates.js';
import { applicationId, type Parameters } from '../parameters.js';
import { documentResponse, successResponse, xmlRoute } from './xml-route.js';
import type { XmlAttributes, XmlElement } from './xml-text.js';

const profileParameters = [
  'app_name',
  'business_criticality',
  'description',
  'vendor_id',
  'policy',
  'business_unit',
  'business_owner',
  'business_owner_email',
  'teams',
  'origin',
  'industry',
  'app_type',
  'deployment_method',
  'web_application',
  'archer_app_name',
  'tags',
  'next_day_scheduling_enabled',
];

/** Application profiles. */
export function applicationRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'getapplist.do',
      version: '5.0',
      parameters: ['include_user_info'],
      answer(parameters, { account }) {
        demandRight(account, 'view');
        const applications = visibleApplications(world, account).map((application) => listEntry(world, application));
        const user = parameters.flag('include_user_info') === true ? [userEntry(account)] : [];
        return documentResponse(world, 'applist', {
          attributes: { account_id: world.scenario.organization.accountId },
          children: [...applications, ...user],
        });
      },
    }),
    xmlRoute(world, {
      operation: 'getappinfo.do',
      version: '5.0',
      parameters: ['app_id'],
      answer(parameters, { account }) {
        demandRight(account, 'view');
        return appInfo(world, findApplication(world, account, applicationId(parameters)));
      },
    }),
    xmlRoute(world, {
      operation: 'createapp.do',
      version: '5.0',
      parameters: profileParameters,
      answer(parameters, { account }) {
        const name = parameters.required('app_name');
        parameters.required('business_criticality');
        const criticality = parameters.word('business_criticality', criticalities) ?? 'Very High';
        return appInfo(world, createApplication(world, account, { ...profileFields(parameters), name, criticality }));
      },
    }),
    xmlRoute(world, {
      operation: 'updateapp.do',
      version: '5.0',
      parameters: ['app_id', ...profileParameters, 'custom_field_name', 'custom_field_value'],
      answer(parameters, { account }) {
        const customField = customFieldOf(parameters);
        const fields = profileFields(parameters);
        const change = customField === undefined ? { fields } : { fields, customField };
        return appInfo(world, updateApplication(world, account, applicationId(parameters), change));
      },
    }),
    xmlRoute(world, {
      operation: 'deleteapp.do',
      version: '5.0',
      parameters: ['app_id'],
      answer(parameters, { account }) {
        deleteApplication(world, account, applicationId(parameters));
        return successResponse(world, 'deleteapp', { account_id: world.scenario.organization.accountId });
      },
    }),
  ];
}

/** The pair that sets one custom field. */
export function customFieldOf(parameters: Parameters): { name: string; value: string } | undefined {
  const name = parameters.text('custom_field_name');
  return name === undefined ? undefined : { name, value: parameters.text('custom_field_value') ?? '' };
}

function profileFields(parameters: Parameters): ProfileFields {
  const industry = parameters.text('industry');
  const industryTitle = industry === undefined ? undefined : industryName(industry);
  if (industry !== undefined && industryTitle === undefined) {
    throw new PlatformRefusal(`The industry "${industry}" is not known.`);
  }
  const teams = parameters.text('teams');
  return withoutUndefined({
    name: parameters.text('app_name'),
    criticality: parameters.word('business_criticality', criticalities),
    policyName: parameters.text('policy'),
    teams: teams?.split(',').map((team) => team.trim()),
    description: parameters.text('description'),
    vendorId: parameters.text('vendor_id'),
    businessUnit: parameters.text('business_unit'),
    businessOwner: parameters.text('business_owner'),
    businessOwnerEmail: parameters.text('business_owner_email'),
    origin: parameters.word('origin', origins),
    industry: industryTitle,
    appType: parameters.text('app_type'),
    deploymentMethod: parameters.word('deployment_method', deploymentMethods),
    webApplication: parameters.flag('web_application'),
    archerName: parameters.text('archer_app_name'),
    tags: parameters.text('tags'),
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}

function listEntry(world: World, application: ApplicationRecord): XmlElement {
  return {
    name: 'app',
    attributes: { app_id: application.id, app_name: application.name, policy_updated_date: evaluationTime(world, application) },
  };
}

function userEntry(account: EmulatedAccount): XmlElement {
  const submits = hasRight(account, 'submit-scans');
  const manages = hasRight(account, 'manage-applications');
  return {
    name: 'user',
    attributes: {
      login_account_type: account.kind === 'person' ? 'user' : 'api',
      username: account.userName,
      create_application_profile: manages,
      create_sandbox: hasRight(account, 'manage-sandboxes'),
      create_new_build: submits,
      create_policy_scan: submits,
      create_sandbox_scan: submits,
      assign_app_to_team: manages,
      assign_app_to_any_team: manages,
      view_sandbox: true,
      view_results: hasRight(account, 'read-results'),
      approve_mitigations: hasRight(account, 'approve-mitigations'),
      submit_static_scan: submits,
      submit_policy_static_scan: submits,
      submit_sandbox_static_scan: submits,
    },
  };
}

function appInfo(world: World, application: ApplicationRecord): EmulatedResponse {
  return documentResponse(world, 'appinfo', {
    attributes: { account_id: world.scenario.organization.accountId },
    children: [
      {
        name: 'application',
        attributes: profileAttributes(world, application),
        children: customFieldElements(world.scenario.customFields, application.customFields),
      },
    ],
  });
}

/** Attributes of `application` in profile answers. */
export function profileAttributes(world: World, application: ApplicationRecord): XmlAttributes {
  const optional = (text: string): string | undefined => (text === '' ? undefined : text);
  return {
    app_id: application.id,
    app_name: application.name,
    description: optional(application.description),
    business_criticality: application.criticality,
    policy: application.policyName,
    policy_updated_date: evaluationTime(world, application),
    teams: application.teams.join(','),
    origin: application.origin,
    industry_vertical: application.industry,
    app_type: application.appType,
    deployment_method: application.deploymentMethod,
    is_web_application: application.webApplication,
    archer_app_name: optional(application.archerName),
    modified_date: easternTime(application.modifiedAtMs),
    cots: application.vendorId !== '',
    vast: false,
    business_unit: application.businessUnit,
    business_owner: optional(application.businessOwner),
    business_owner_email: optional(application.businessOwnerEmail),
    tags: application.tags,
  };
}

/** `customfield` elements with names and values side by side. */
export function customFieldElements(names: readonly string[], values: readonly string[]): XmlElement[] {
  return names.map((name, index) => ({ name: 'customfield', attributes: { name, value: values[index] ?? '' } }));
}

function evaluationTime(world: World, application: ApplicationRecord): string | undefined {
  const evaluatedAtMs = latestEvaluationAtMs(application, world.clock.emulatedMs());
  return evaluatedAtMs === null ? undefined : easternTime(evaluatedAtMs);
}
