import { Hono } from 'hono';
import { isoTime } from '../http/answer';
import { dateOf } from '../http/query';
import { type Environment, listQueryOf, queryOf, refuseUnknown } from '../http/request';
import type { VaultEvent } from '../store/events';
import type { Vault } from '../store/vault';
import { pagingParameters, answerList } from './list';
import { organizationAnswer } from './organizations';

/** `GET /events`: what happened in the vault (vault-api §4). */
export function eventRoutes(vault: Vault): Hono<Environment> {
	const routes = new Hono<Environment>();
	routes.get('/', (c) => {
		const query = queryOf(c);
		refuseUnknown(c, 'invalid', [...pagingParameters, 'range_start', 'range_end', 'organization_id'], ['events']);
		const filter = {
			names: listQueryOf(c, 'invalid', 'events'),
			after: dateOf(query, 'range_start'),
			before: dateOf(query, 'range_end'),
			organization: query('organization_id'),
		};
		return c.json(answerList(query, (request) => vault.events.list(request, filter), answered));
	});
	return routes;
}

function answered(event: VaultEvent): object {
	const data = isOfOrganization(event) ? organizationAnswer(event.data) : event.data;
	return { object: 'event', id: event.id, event: event.name, data, created_at: isoTime(event.createdAt) };
}

function isOfOrganization(event: VaultEvent): event is Extract<VaultEvent, { name: `organization.${string}` }> {
	return event.name.startsWith('organization.');
}
