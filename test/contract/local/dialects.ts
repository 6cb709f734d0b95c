import type { Answer, Ask } from './running';

/** The writes of one dialect. A value is the text of a JSON object, which both dialects keep to the letter. */
export interface Dialect {
	readonly create: (ask: Ask, name: string, value: string) => Promise<Answer<{ id: string }>>;
	readonly update: (ask: Ask, id: string, value: string) => Promise<Answer<unknown>>;
	readonly delete: (ask: Ask, id: string) => Promise<Answer<unknown>>;
}

const key_context = { team: 'writers' };

/** The writes of the live API. */
export const live: Dialect = {
	create: (ask, name, value) => ask('POST', '/vault/v1/kv', { name, value, key_context }),
	update: (ask, id, value) => ask('PUT', `/vault/v1/kv/${id}`, { value }),
	delete: (ask, id) => ask('DELETE', `/vault/v1/kv/${id}`),
};

/** The writes of the seeds' catalogue. */
export const catalogue: Dialect = {
	create: (ask, name, value) => ask('POST', '/vault/object/create', withData({ name, key_context }, value)),
	update: (ask, id, value) => ask('PUT', '/vault/object/update', withData({ id }, value)),
	delete: (ask, id) => ask('DELETE', '/vault/object/delete', { id }),
};

/** What a vault holds under a name: the values of all versions, oldest first. */
export interface Kept {
	readonly id: string;
	readonly values: readonly string[];
}

/** What a vault holds under a name, or undefined. Every version is read. */
export async function keptUnder(ask: Ask, name: string): Promise<Kept | undefined> {
	const { status, body } = await ask<{ id: string }>('GET', `/vault/v1/kv/name/${encodeURIComponent(name)}`);
	if (status === 404) return undefined;
	const versions = await ask<{ data: readonly unknown[] }>('GET', `/vault/v1/kv/${body.id}/versions`);
	const values: string[] = [];
	for (let number = 1; number <= versions.body.data.length; number++) {
		const version = await ask<{ value: string }>('GET', `/vault/object/version?id=${body.id}&version=${number}`);
		values.push(version.body.value);
	}
	return { id: body.id, values };
}

// As text: JSON.stringify would write numbers in its own way.
function withData(fields: object, data: string): string {
	return `${JSON.stringify(fields).slice(0, -1)},"data":${data}}`;
}
