import { type Context, Hono } from 'hono';
import { failure, isoTime } from '../http/answer';
import { maxLimit, type Query, cursorsOf, limitOf } from '../http/query';
import { type Environment, jsonOf, queryOf, readText, refuseUnknown } from '../http/request';
import { type Checks, refuseOtherParameters, refuseUnreadChecks } from '../http/unreadChecks';
import { checkValueSize } from '../schema';
import type { KeyContext } from '../store/keys/keyContext';
import type { ObjectSummary } from '../store/objectRow';
import type { ObjectValue } from '../store/objects';
import type { Page } from '../store/page';
import { Refusal } from '../store/refusal';
import type { Vault } from '../store/vault';
import { createBody, deleteBody, isJsonObject, parseContext, parseFields, updateBody } from './bodies';
import { memberText } from './jsonText';

/** The nine routes of the catalogue dialect under `/vault/object`. */
export function catalogueObjectRoutes(vault: Vault): Hono<Environment> {
	const { objects } = vault;
	const routes = new Hono<Environment>();
	routes.onError((error, c) => failure(c, inWords(error)));

	routes.post('/create', async (c) => {
		const body = await readText(c);
		const { name, key_context: context = {} } = parseFields(
			createBody,
			jsonIn(c, body, { place: 'body', context: 'key_context' }),
		);
		const value = valueIn(body);
		const object = onConflict('Name already exists: read that object by its name, or choose another name.', () =>
			objects.create({ name, value, context }),
		);
		return c.json(summary(object), 201);
	});

	routes.get('/get', (c) => {
		const query = queryOf(c);
		return answerValue(c, objects.read(required(query, 'id'), { context: contextIn(c) }));
	});

	routes.get('/get-by-name', (c) => {
		const query = queryOf(c);
		return answerValue(c, objects.readByName(required(query, 'name'), { context: contextIn(c) }));
	});

	routes.get('/list', (c) => {
		refuseUnknown(c, 'malformed', ['limit', 'before', 'after']);
		const query = queryOf(c);
		const limit = limitOf(query, 'malformed');
		if (limit > maxLimit) throw new Refusal('malformed', `The limit must be at most ${maxLimit}.`);
		const page = objects.list({ limit, order: 'desc', ...cursorsOf(query, 'malformed') });
		return c.json({
			data: page.data.map(summary),
			list_metadata: {
				...cursors(page),
			},
		});
	});

	routes.get('/metadata', (c) => {
		const object = objects.metadata(required(queryOf(c), 'id'));
		return c.json({ ...summary(object), key_context: object.context });
	});

	routes.get('/version', (c) => {
		const query = queryOf(c);
		const [id, version] = [required(query, 'id'), required(query, 'version')];
		const read = objects.readVersion(id, /^\d{1,15}$/.test(version) ? Number(version) : version);
		return answerValue(c, read, { version_id: read.version.versionId });
	});

	routes.get('/versions', (c) => {
		refuseUnknown(c, 'malformed', ['id']);
		const data = objects.versions(required(queryOf(c), 'id')).map((version) => ({
			version: version.number,
			version_id: version.id,
			created_at: isoTime(version.createdAt),
			size: version.size,
			current_version: version.isCurrent,
		}));
		return c.json({ data, list_metadata: {} });
	});

	routes.put('/update', async (c) => {
		const body = await readText(c);
		const { id, key_context: context, version } = parseFields(updateBody, jsonIn(c, body, writeChecks));
		const value = valueIn(body);
		return c.json(summary(onStaleVersion(() => objects.update(id, { value }, { context, version }))));
	});

	routes.delete('/delete', async (c) => {
		refuseOtherParameters(c.req.query(), []);
		const { id, key_context: context, version } = parseFields(deleteBody, jsonIn(c, await readText(c), writeChecks));
		const { name, deletedAt } = onStaleVersion(() => objects.delete(id, { context, version }));
		return c.json({ id, name, deleted_at: isoTime(deletedAt) });
	});

	return routes;
}

// The catalogue's clients go on until there are no cursors or no rows, whichever way they came: so the last page leads on
// to an empty one, which has no cursors.
function cursors({ before, after, isFirst }: Page<unknown>): object {
	if (before === null || (isFirst && after === null)) return {};
	return isFirst ? { after: before } : { before, after: before };
}

function summary({ id, name, createdAt, updatedAt, version }: ObjectSummary) {
	return { id, name, created_at: isoTime(createdAt), updated_at: isoTime(updatedAt), version };
}

/** An object as it was at one of its versions. */
function answerValue(c: Context<Environment>, { object, version }: ObjectValue, more: object = {}): Response {
	const { value, number, createdAt } = version;
	const then = summary({ ...object, version: number, updatedAt: createdAt });
	const answer = JSON.stringify({ ...then, ...more, value });
	if (!isTextOfObject(value)) return c.body(answer, 200, jsonType);
	// Its own text: written from what was parsed, numbers would change, and what is deep could not be written at all.
	return c.body(`${answer.slice(0, -1)},"data":${value}}`, 200, jsonType);
}

const jsonType = { 'Content-Type': 'application/json' };

function isTextOfObject(value: string): boolean {
	try {
		return /^\s*\{/.test(value) && isJsonObject(JSON.parse(value));
	} catch {
		return false;
	}
}

const writeChecks: Checks = { place: 'body', version: 'version', context: 'key_context' };

/** The body of a write, all of whose checks are read. */
function jsonIn(c: Context<Environment>, text: string, checks: Checks): unknown {
	const body = jsonOf(text);
	refuseUnreadChecks({ query: c.req.query(), body }, checks);
	return body;
}

function valueIn(body: string): string {
	const value = memberText(body, 'data') ?? '';
	checkValueSize(value);
	return value;
}

function required(query: Query, name: string): string {
	const text = query(name);
	if (text === undefined) throw new Refusal('malformed', `Missing required parameter: ${name}.`);
	return text;
}

/** An empty one is a wrong one, not one that was not given: whoever sends it meant to be careful. */
function contextIn(c: Context<Environment>): KeyContext | undefined {
	const text = c.req.query('key_context');
	return text === undefined ? undefined : parseContext(text);
}

// The catalogue's own.
function inWords(error: unknown): unknown {
	if (!(error instanceof Refusal) || error.reason !== 'notFound') return error;
	return new Refusal('notFound', error.message.replace('Not Found:', 'Object not found:'));
}

function onStaleVersion<T>(act: () => T): T {
	return onConflict('Version conflict: the object has another version by now. Read it again and repeat the call.', act);
}

function onConflict<T>(sentence: string, act: () => T): T {
	try {
		return act();
	} catch (error) {
		throw error instanceof Refusal && error.reason === 'conflict' ? new Refusal('conflict', sentence) : error;
	}
}
