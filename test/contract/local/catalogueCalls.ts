import assert from 'node:assert/strict';
import type { Answer, Ask } from './running';

/** What the catalogue tells of an object. */
export interface Catalogued {
	readonly id: string;
	readonly name: string;
	readonly created_at: string;
	readonly updated_at: string;
	readonly version: number;
}

/** An answer that may be an object with its value, or an error. */
export type ReadAnswer = Answer<Partial<Catalogued> & Record<string, unknown>>;

/** The object calls of the catalogue dialect. */
export interface CatalogueCalls {
	/** Any call, by the path behind `/vault/object`. */
	readonly ask: Ask;
	/** Creates an object; fails when that is refused. */
	readonly create: (name: string, data: object, key_context?: object) => Promise<Catalogued>;
	readonly get: (id: string, context?: object) => Promise<ReadAnswer>;
	readonly getByName: (name: string, context?: object) => Promise<ReadAnswer>;
	readonly update: (body: object) => Promise<Answer<Catalogued & { code?: string; message?: string }>>;
	readonly remove: (body: object) => Promise<Answer<Record<string, unknown>>>;
}

/** The object calls of the catalogue dialect, to a vault that may not have been started yet. */
export function catalogueCalls(vault: { readonly ask: Ask }): CatalogueCalls {
	const ask: Ask = (method, path, body, headers) => vault.ask(method, `/vault/object${path}`, body, headers);
	const inQuery = (context: object | undefined) =>
		context ? `&key_context=${encodeURIComponent(JSON.stringify(context))}` : '';
	return {
		ask,
		create: async (name, data, key_context) => {
			const answer = await ask<Catalogued>('POST', '/create', { name, data, key_context });
			assert.equal(answer.status, 201, JSON.stringify(answer.body));
			return answer.body;
		},
		get: (id, context) => ask('GET', `/get?id=${id}${inQuery(context)}`),
		getByName: (name, context) => ask('GET', `/get-by-name?name=${encodeURIComponent(name)}${inQuery(context)}`),
		update: (body) => ask('PUT', '/update', body),
		remove: (body) => ask('DELETE', '/delete', body),
	};
}
