import type { Application, ApplicationSummary } from '../../domain/application.js';
import type { XmlDocument } from '../xml-answer.js';
import { childrenOf, optionalDate, optionalList, optionalText, requiredChild, requiredId, requiredText } from '../xml-fields.js';
import type { XmlElement } from '../xml-element.js';
import { successDocument } from './success.js';

/** Answer of `getapplist.do`. */
export const APPLIST: XmlDocument<readonly ApplicationSummary[]> = {
  roots: ['applist'],
  decode: (root, operation) => childrenOf(root, 'app').map((app) => summaryOf(app, operation)),
};

/** Answer of `getappinfo.do`, `createapp.do` and `updateapp.do`. */
export const APPINFO: XmlDocument<Application> = {
  roots: ['appinfo'],
  decode: (root, operation) => applicationOf(requiredChild(root, 'application', operation), operation),
};

/** Answer of `deleteapp.do`; one sentence of its page speaks of the remaining profiles. */
export const DELETEAPP = successDocument('deleteapp', 'applist');

function summaryOf(element: XmlElement, operation: string): ApplicationSummary {
  return {
    id: requiredId(element, 'app_id', operation),
    name: requiredText(element, 'app_name', operation),
    policyUpdatedAt: optionalDate(element, 'policy_updated_date'),
  };
}

/** An `application` element. */
export function applicationOf(element: XmlElement, operation: string): Application {
  return {
    ...summaryOf(element, operation),
    criticality: optionalText(element, 'business_criticality'),
    policy: optionalText(element, 'policy'),
    teams: optionalList(element, 'teams'),
    businessUnit: optionalText(element, 'business_unit'),
    tags: optionalList(element, 'tags'),
    description: optionalText(element, 'description'),
    modifiedAt: optionalDate(element, 'modified_date'),
  };
}
