import { Hono } from 'hono';
import { isoTime } from '../http/answer';
import { type Environment, queryOf, readJson } from '../http/request';
import type { Organization } from '../store/organizations';
import { parse } from '../schema';
import { organizationBody } from './bodies';
import { answerList } from './list';
import type { Vault } from '../store/vault';

/** The routes under `/organizations` that a vault's clients need. */
export function organizationRoutes(vault: Vault): Hono<Environment> {
	const { organizations } = vault;
	const routes = new Hono<Environment>();

	routes.get('/', (c) => {
		const query = queryOf(c);
		const domains = query('domains')?.toLowerCase().split(',') ?? [];
		return c.json(
			answerList(query, (request) => organizations.list(request, query('search'), domains), organizationAnswer),
		);
	});

	routes.post('/', async (c) => {
		const body = parse(organizationBody, await readJson(c, 'invalid'), 'invalid');
		const domains = [
			...(body.domain_data ?? []),
			...(body.domains ?? []).map((domain) => ({ domain, state: 'pending' as const })),
		];
		const created = organizations.create({
			name: body.name,
			externalId: body.external_id ?? null,
			metadata: body.metadata ?? {},
			domains: domains.map(({ domain, state }) => ({ domain: domain.toLowerCase(), state })),
			allowsProfilesOutside: body.allow_profiles_outside_organization ?? false,
		});
		return c.json(organizationAnswer(created), 201);
	});

	routes.get('/:id', (c) => c.json(organizationAnswer(organizations.get(c.req.param('id')))));

	return routes;
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
