import type { ApiCall, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { guidOf, type World } from '../../platform/world.js';
import type { Parameters } from '../parameters.js';
import { allEntries, teamsOf, userJson, type CredentialDirectory, type DirectoryEntry } from './identity-json.js';
import { halPage, readPage } from './paging.js';
import { apiOrigin, jsonResponse, restRoute, RestProblem } from './rest-route.js';

const root = '/api/authn/v2';

/** Users, teams and business units of the account, for administrators; and the caller's own teams, for everybody. */
export function identityListRoutes(world: World, credentials: CredentialDirectory): Route[] {
  return [
    listRoute('users', ['user_name', 'email_address', 'detailed'], {
      element: 'users',
      items: (parameters) => {
        const name = parameters.text('user_name');
        const mails = parameters.text('email_address')?.split(',');
        return allEntries(world).filter(
          (account) => (name === undefined || account.userName === name) && (mails === undefined || mails.includes(account.email)),
        );
      },
      render: (account, parameters) => userJson(world, account, yesOrNo(parameters, 'detailed') ?? false),
    }),
    listRoute('users/search', ['search_term', 'role_id', 'user_type', 'login_enabled', 'login_status', 'saml_user', 'team_id', 'api_id', 'detailed'], {
      element: 'users',
      items: (parameters) => allEntries(world).filter((account) => matchesSearch(account, parameters, credentials)),
      render: (account, parameters) => userJson(world, account, yesOrNo(parameters, 'detailed') ?? false),
    }),
    listRoute('teams', ['all_for_org', 'team_name', 'ignore_self_teams', 'only_manageable', 'deleted'], {
      element: 'teams',
      items: (parameters, { account }) => {
        const name = parameters.text('team_name');
        const ignored = (yesOrNo(parameters, 'ignore_self_teams') ?? false) ? account.teams : [];
        const teams = (yesOrNo(parameters, 'deleted') ?? false) ? [] : world.scenario.teams;
        return teamsOf(world, teams.filter((team) => !ignored.includes(team) && (name === undefined || team.toLowerCase().includes(name.toLowerCase()))));
      },
      render: (team) => team,
    }),
    listRoute('business_units', ['bu_name', 'search_term'], {
      element: 'business_units',
      items: (parameters) => {
        const name = parameters.text('bu_name');
        const part = parameters.text('search_term')?.toLowerCase();
        const units = new Set(['Not Specified', ...world.state.applications.filter(({ deleted }) => deleted === null).map(({ businessUnit }) => businessUnit)]);
        return [...units].filter((unit) => (name === undefined || unit === name) && (part === undefined || unit.toLowerCase().includes(part))).map((unit) => ({ unit }));
      },
      render: ({ unit }) => ({ bu_id: guidOf('business-unit', unit), bu_name: unit, is_default: unit === 'Not Specified' }),
    }),
    restRoute({
      method: 'GET',
      path: `${root}/teams/self`,
      parameters: ['page', 'size'],
      answer: (parameters, call) => jsonResponse(page(parameters, call, 'teams', teamsOf(world, call.account.teams), (team) => team)),
    }),
  ];
}

interface IdentityList<T extends object> {
  readonly element: string;
  items(parameters: Parameters, call: ApiCall): readonly T[];
  render(item: T, parameters: Parameters): object;
}

function listRoute<T extends object>(name: string, filters: readonly string[], list: IdentityList<T>): Route {
  return restRoute({
    method: 'GET',
    path: `${root}/${name}`,
    parameters: [...filters, 'page', 'size', 'sort'],
    answer(parameters, call) {
      demandRight(call.account, 'administrate');
      return jsonResponse(page(parameters, call, list.element, list.items(parameters, call), (item) => list.render(item, parameters)));
    },
  });
}

function page<T extends object>(parameters: Parameters, call: ApiCall, element: string, items: readonly T[], render: (item: T) => object): object {
  const query = new URLSearchParams([...call.parameters].filter(([name]) => name !== 'page' && name !== 'size'));
  return halPage(element, items, readPage(parameters), { url: `${apiOrigin(call)}${call.path}`, query, template: 'page,size', render });
}

function matchesSearch(account: DirectoryEntry, parameters: Parameters, credentials: CredentialDirectory): boolean {
  const part = parameters.text('search_term')?.toLowerCase();
  const role = parameters.text('role_id');
  const type = parameters.word('user_type', ['user', 'api']);
  const team = parameters.text('team_id');
  const apiId = parameters.text('api_id');
  return (
    (part === undefined || account.userName.toLowerCase().includes(part) || account.email.toLowerCase().includes(part)) &&
    (role === undefined || account.roles.some((name) => guidOf('role', name) === role)) &&
    (type === undefined || (account.kind === 'api-service-account') === (type === 'api')) &&
    (team === undefined || account.teams.some((name) => guidOf('team', name) === team)) &&
    (apiId === undefined || credentials.byId(apiId)?.userName === account.userName) &&
    (yesOrNo(parameters, 'login_enabled') ?? true) &&
    !(yesOrNo(parameters, 'saml_user') ?? false) &&
    (parameters.word('login_status', ['Active', 'Locked', 'Never']) ?? 'Active') === 'Active'
  );
}

/** Identity says Yes and No; clients also send true and false. */
function yesOrNo(parameters: Parameters, name: string): boolean | undefined {
  switch (parameters.text(name)?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'yes':
    case 'true':
      return true;
    case 'no':
    case 'false':
      return false;
    default:
      throw new RestProblem(400, `${name} must be Yes or No`);
  }
}
