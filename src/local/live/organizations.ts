import { Hono } from 'hono';
import { isoTime } from '../http/answer';
import { type Environment, queryOf, readJson } from '../http/request';
import type { Organization } from '../store/organizations';
import { MAXIMUM_LIMIT, cursorsOf, limitOf } from '../http/query';
import { Refusal } from '../store/refusal';
import { parse } from '../schema';
import { organizationBody } from './bodies';
import type { Vault } from '../store/vault';

/** The routes under `/organizations` that a vault's clients need. */
export function organizationRoutes(vault: Vault): Hono<Environment> {
	const { organizations } = vault;
	const routes = new Hono<Environment>();

	routes.get('/', (c) => {
		const query = queryOf(c);
		const order = query('order') ?? 'desc';
		if (order !== 'asc' && order !== 'desc' && order !== 'normal') {
			throw new Refusal('invalid', 'The order must be asc, desc or normal.');
		}
		const limit = limitOf(query, 'invalid');
		if (limit > MAXIMUM_LIMIT) throw new Refusal('invalid', `The limit must be at most ${MAXIMUM_LIMIT}.`);
		// "normal" is "desc" with the meaning of the two cursors swapped, in what is asked and in what is answered.
		const isSwapped = order === 'normal';
		const { before, after } = cursorsOf(query, 'invalid');
		const page = organizations.list(
			{
				limit,
				order: isSwapped ? 'desc' : order,
				before: isSwapped ? after : before,
				after: isSwapped ? before : after,
			},
			query('search'),
			query('domains')?.toLowerCase().split(',') ?? [],
		);
		return c.json({
			object: 'list',
			data: page.data.map(answered),
			list_metadata: isSwapped
				? { before: page.after, after: page.before }
				: { before: page.before, after: page.after },
		});
	});

	routes.post('/', async (c) => {
		const body = parse(organizationBody, await readJson(c), 'invalid');
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
		return c.json(answered(created), 201);
	});

	routes.get('/:id', (c) => c.json(answered(organizations.get(c.req.param('id')))));

	return routes;
}

function answered(organization: Organization) {
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
