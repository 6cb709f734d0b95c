import { Hono } from 'hono';
import { isoTime } from '../http/answer';
import { type Environment, jsonOf, queryOf, readJson, readText, refuseUnknown } from '../http/request';
import type { ObjectMetadata } from '../store/objectRow';
import type { ObjectValue } from '../store/objects';
import { maxLimit, cursorsOf, dateOf, limitOf } from '../http/query';
import { refuseOtherParameters, refuseUnreadChecks } from '../http/unreadChecks';
import { Refusal } from '../store/refusal';
import { checkValueSize, parse } from '../schema';
import { createBody, updateBody } from './bodies';
import { pagingParameters } from './list';
import type { Vault } from '../store/vault';

/** The eight routes of the live dialect under `/vault/v1/kv`. */
export function objectRoutes(vault: Vault): Hono<Environment> {
	const { objects } = vault;
	const metadata = (object: ObjectMetadata) => ({
		id: object.id,
		environment_id: vault.environmentId,
		key_id: object.keyId,
		context: object.context,
		updated_at: isoTime(object.updatedAt),
		updated_by: vault.actor,
		version_id: object.versionId,
	});
	const withoutValue = (object: ObjectMetadata) => ({ id: object.id, name: object.name, metadata: metadata(object) });
	const withValue = ({ object, version }: ObjectValue) => ({
		id: object.id,
		name: object.name,
		value: version.value,
		metadata: metadata(object),
	});

	const routes = new Hono<Environment>();

	routes.get('/', (c) => {
		const query = queryOf(c);
		refuseUnknown(c, 'malformed', [...pagingParameters, 'search', 'updatedAfter', 'updated_after']);
		const order = query('order') ?? 'desc';
		if (order !== 'asc' && order !== 'desc') throw new Refusal('malformed', 'The order must be asc or desc.');
		const page = objects.list(
			{ limit: Math.min(limitOf(query, 'malformed'), maxLimit), order, ...cursorsOf(query, 'malformed') },
			// The Node SDK spells the parameter in both ways (vault-api §3).
			{ search: query('search'), updatedAfter: dateOf(query, 'updatedAfter', 'updated_after') },
		);
		return c.json({
			data: page.data.map(({ id, name, updatedAt }) => ({ id, name, updated_at: isoTime(updatedAt) })),
			list_metadata: { before: page.before, after: page.after },
		});
	});

	routes.post('/', async (c) => {
		const body = await readJson(c);
		const { name, value, key_context: context } = parse(createBody, body, 'invalid');
		refuseUnreadChecks({ query: c.req.query(), body }, { place: 'body' });
		checkValueSize(value);
		return c.json(metadata(objects.create({ name, value, context })), 201);
	});

	// Before the routes of an id: the path of an object called "metadata" would be taken for the metadata of "name".
	routes.get('/name/:name', (c) => c.json(withValue(objects.readByName(c.req.param('name')))));

	routes.get('/:id', (c) => c.json(withValue(objects.read(c.req.param('id')))));

	routes.get('/:id/metadata', (c) => c.json(withoutValue(objects.metadata(c.req.param('id')))));

	routes.get('/:id/versions', (c) => {
		refuseUnknown(c, 'malformed', []);
		const data = objects.versions(c.req.param('id')).map((version) => ({
			id: version.id,
			created_at: isoTime(version.createdAt),
			current_version: version.isCurrent,
			size: version.size,
			etag: version.etag,
		}));
		return c.json({ data, list_metadata: { before: null, after: null } });
	});

	routes.put('/:id', async (c) => {
		const body = await readJson(c);
		const { value, version_check: versionCheck } = parse(updateBody, body, 'malformed');
		refuseUnreadChecks({ query: c.req.query(), body }, { place: 'body', version: 'version_check' });
		checkValueSize(value);
		return c.json(withoutValue(objects.update(c.req.param('id'), { value }, { version: versionCheck })), 201);
	});

	routes.delete('/:id', async (c) => {
		const query = c.req.query();
		const text = await readText(c);
		refuseUnreadChecks(
			{ query, body: text === '' ? undefined : jsonOf(text) },
			{ place: 'query', version: 'version_check' },
		);
		refuseOtherParameters(query, ['version_check']);
		// An empty check is a check that fails: whoever sends one meant to be careful.
		const { name } = objects.delete(c.req.param('id'), { version: c.req.query('version_check') });
		return c.json({ name, success: true });
	});

	return routes;
}
