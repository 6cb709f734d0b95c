import assert from 'node:assert/strict';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import document from '../live.openapi.json';

interface Operation {
	readonly name: string;
	readonly method: string;
	readonly matches: RegExp;
	/** The check of each documented status. */
	readonly answers: ReadonlyMap<number, ValidateFunction>;
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, discriminator: true });
addFormats(ajv);
ajv.addVocabulary(Object.keys(document));
ajv.addSchema(document, 'documented');
// The document leaves every object open. We answer nothing that it does not name: another field could hold a value.
ajv.addSchema(closed(document), 'closed');

const vaultError = ajv.compile(record('error'));
const plainError = ajv.compile(record('message', 'code'));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries<{ readonly responses: object }>(methods).map(([method, { responses }]): Operation => ({
		name: `${method.toUpperCase()} ${path}`,
		method: method.toUpperCase(),
		// "name" is no id: a name with a "/" in it must not pass for the metadata of an object.
		matches: new RegExp(`^${path.replace(/\/kv\/\{id\}/, '/kv/(?!name/)[^/]+').replace(/\{\w+\}/g, '[^/]+')}$`),
		answers: new Map(
			Object.keys(responses).map((status) => [
				Number(status),
				ajv.compile(
					hasNoBody(responses, status)
						? { const: null }
						: {
								$ref: `${status < '300' ? 'closed' : 'documented'}#${pointer('paths', path, method, 'responses', status)}`,
							},
				),
			]),
		),
	})),
);

function hasNoBody(responses: object, status: string): boolean {
	return !Object.hasOwn((responses as Readonly<Record<string, object>>)[status] ?? {}, 'content');
}

/** Whether a path, as it is sent, belongs to the live dialect. */
export function isLive(path: string): boolean {
	return /^\/(vault\/v1|organizations|events)(\/|\?|$)/.test(path);
}

/**
 * Fails unless this is an answer that the live API documents: a documented status under its schema, another 4xx or 5xx
 * in the API's error shape. Says which field is wrong, never what it holds. Other paths are none of its business.
 */
export function checkLive(method: string, path: string, status: number, body: unknown): void {
	if (!isLive(path)) return;
	const route = path.split('?', 1)[0] ?? '';
	const operation = operations.find((one) => one.method === method && one.matches.test(route));
	const name = `${operation?.name ?? `${method} of no documented route`} answered ${status}`;
	const documented = operation?.answers.get(status);
	if (documented) check(name, documented, body);
	else assert.ok(status >= 400, `${name}, which the live API never does`);
	// A 401 comes from the gateway before Vault (vault-api §1.10).
	if (status >= 400) check(name, route.startsWith('/vault/') && status !== 401 ? vaultError : plainError, body);
}

function check(name: string, validate: ValidateFunction, body: unknown): void {
	if (validate(body)) return;
	const problems = (validate.errors ?? []).map(({ instancePath, message, params }) => {
		const { additionalProperty = '' } = params as { additionalProperty?: string };
		return `${instancePath || '/'} ${message} ${additionalProperty}`.trim();
	});
	assert.fail(`${name}, which is not as documented: ${problems.join('; ')}`);
}

function record(...fields: readonly string[]): object {
	const properties = Object.fromEntries(fields.map((field) => [field, { type: 'string' }]));
	return { type: 'object', properties, required: fields, additionalProperties: false };
}

function closed(schema: object): object {
	const parts = Object.entries(schema).map(([key, part]: [string, unknown]) => [
		key,
		typeof part === 'object' && part !== null && !Array.isArray(part) ? closed(part) : part,
	]);
	const copy = Object.fromEntries(parts) as object;
	return 'properties' in copy && !('additionalProperties' in copy) ? { ...copy, additionalProperties: false } : copy;
}

function pointer(...parts: readonly string[]): string {
	const escaped = [...parts, 'content', 'application/json', 'schema'].map((part) =>
		encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
	);
	return `/${escaped.join('/')}`;
}
