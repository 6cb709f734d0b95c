import { Hono } from 'hono';
import type * as z from 'zod';
import { isoTime } from '../http/answer';
import { type Environment, listQueryOf, queryOf, readJson, refuseUnknown } from '../http/request';
import type { NewOrganization, Organization } from '../store/organization';
import { parse } from '../schema';
import { organizationBody, organizationUpdateBody } from './bodies';
import { pagingParameters, answerList } from './list';
import type { Vault } from '../store/vault';

/** The routes under `/organizations` that a vault's clients need. */
export function organizationRoutes(vault: Vault): Hono<Environment> {
	const { organizations } = vault;
	const routes = new Hono<Environment>();

	routes.get('/', (c) => {
		const query = queryOf(c);
		refuseUnknown(c, 'invalid', [...pagingParameters, 'search'], ['domains']);
		const domains = listQueryOf(c, 'invalid', 'domains').map((domain) => domain.toLowerCase());
		return c.json(
			answerList(query, (request) => organizations.list(request, query('search'), domains), organizationAnswer),
		);
	});

	routes.post('/', async (c) => {
		const body = parse(organizationBody, await readJson(c, 'invalid'), 'invalid');
		const created = organizations.create({
			name: body.name,
			externalId: body.external_id ?? null,
			metadata: body.metadata ?? {},
			domains: domainsIn(body) ?? [],
			allowsProfilesOutside: body.allow_profiles_outside_organization ?? false,
		});
		return c.json(organizationAnswer(created), 201);
	});

	routes.get('/external_id/:externalId', (c) =>
		c.json(organizationAnswer(organizations.getByExternalId(c.req.param('externalId')))),
	);

	routes.get('/:id', (c) => c.json(organizationAnswer(organizations.get(c.req.param('id')))));

	routes.put('/:id', async (c) => {
		const body = parse(organizationUpdateBody, await readJson(c, 'invalid'), 'invalid');
		const updated = organizations.update(c.req.param('id'), {
			name: body.name,
			externalId: body.external_id,
			metadata: body.metadata ?? undefined,
			domains: domainsIn(body),
			allowsProfilesOutside: body.allow_profiles_outside_organization,
		});
		return c.json(organizationAnswer(updated));
	});

	routes.delete('/:id', (c) => {
		organizations.delete(c.req.param('id'));
		return c.body(null, 204);
	});

	return routes;
}

/** The domains that a body names, in either form; undefined where it names none. */
function domainsIn(body: z.infer<typeof organizationUpdateBody>): NewOrganization['domains'] | undefined {
	if (!body.domain_data && !body.domains) return undefined;
	const pending = (body.domains ?? []).map((domain) => ({ domain, state: 'pending' as const }));
	return [...(body.domain_data ?? []), ...pending].map(({ domain, state }) => ({
		domain: domain.toLowerCase(),
		state,
	}));
}

/** An organization as the live API answers it. */
export function organizationAnswer(organization: Organization): object {
	const times = { created_at: isoTime(organization.createdAt), updated_at: isoTime(organization.updatedAt) };
	return {
		object: 'organization',
		id: organization.id,
		name: organization.name,
		domains: organization.domains.map(({ id, domain, state }) => ({
			object: 'organization_domain',
			id,
			organization_id: organization.id,
			domain,
			state,
			verification_strategy: 'manual',
			...times,
		})),
		metadata: organization.metadata,
		external_id: organization.externalId,
		allow_profiles_outside_organization: organization.allowsProfilesOutside,
		...times,
	};
}
