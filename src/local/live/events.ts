import { Hono } from 'hono';
import { isoTime } from '../http/answer';
import { dateOf } from '../http/query';
import { type Environment, queryOf } from '../http/request';
import type { VaultEvent } from '../store/events';
import type { Vault } from '../store/vault';
import { answerList } from './list';
import { organizationAnswer } from './organizations';

/** `GET /events`: what happened in the vault (vault-api §4). */
export function eventRoutes(vault: Vault): Hono<Environment> {
	const routes = new Hono<Environment>();
	routes.get('/', (c) => {
		const query = queryOf(c);
		// SDKs send a list with commas, or the parameter once for each.
		const names = [...(c.req.queries('events') ?? []), ...(c.req.queries('events[]') ?? [])]
			.flatMap((text) => text.split(','))
			.filter((name) => name !== '');
		const filter = {
			names,
			after: dateOf(query, 'range_start'),
			before: dateOf(query, 'range_end'),
			organization: query('organization_id'),
		};
		return c.json(answerList(query, (request) => vault.events.list(request, filter), answered));
	});
	return routes;
}

function answered(event: VaultEvent): object {
	const data = event.name === 'organization.created' ? organizationAnswer(event.data) : event.data;
	return { object: 'event', id: event.id, event: event.name, data, created_at: isoTime(event.createdAt) };
}
