import { Hono } from 'hono';
import { isoTime } from './http/answer';
import { type Environment, queryOf } from './http/request';
import { Refusal } from './store/refusal';
import type { Vault } from './store/vault';

/** `GET /vault/object/version`: the value of an older version. The live service has no such route. */
export function versionRoutes(vault: Vault): Hono<Environment> {
	const routes = new Hono<Environment>();
	routes.get('/', (c) => {
		const query = queryOf(c);
		const [id, version] = [query('id'), query('version')];
		if (id === undefined || version === undefined) {
			throw new Refusal('malformed', 'Both id and version must be given.');
		}
		const read = vault.objects.readVersion(id, /^\d{1,15}$/.test(version) ? Number(version) : version);
		const answer = {
			id,
			name: read.object.name,
			version: read.version.number,
			version_id: read.version.versionId,
			value: read.version.value,
			created_at: isoTime(read.version.createdAt),
		};
		try {
			const data: unknown = JSON.parse(answer.value);
			if (typeof data === 'object' && data !== null && !Array.isArray(data)) return c.json({ ...answer, data });
		} catch {
			// Not JSON, or nested too deeply to be written again: the value itself says it all.
		}
		return c.json(answer);
	});
	return routes;
}
