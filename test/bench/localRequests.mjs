import { randomBytes, randomInt } from 'node:crypto';
import { apiKey } from './localServers.mjs';
import { request } from './localLoad.mjs';

const KV = '/vault/v1/kv';
const PAGE = 100;
const ORGANIZATIONS = 100;

/** A value of 200 bytes. */
const newValue = () => randomBytes(150).toString('base64');
const contextOf = (index) => ({ organization_id: `org_${index % ORGANIZATIONS}` });

/** A seed for Local Vault of so many objects, in the contexts of a hundred organizations. */
export const seedOf = (count) => ({
	objects: Array.from({ length: count }, (_, index) => ({
		name: `object-${index}`,
		value: newValue(),
		context: contextOf(index),
	})),
});

async function answerTo(url, method, path, body) {
	const response = await fetch(url + path, {
		method,
		headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
		...(body ? { body: JSON.stringify(body) } : {}),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}.`);
	return text;
}

/**
 * Follows the cursors through the whole list.
 * @returns {Promise<{ ids: string[], pages: string[] }>} every object's id, and the path of every page
 */
export async function walk(url) {
	const ids = [];
	const pages = [];
	for (let after = ''; after !== null;) {
		const path = `${KV}?limit=${PAGE}${after && `&after=${encodeURIComponent(after)}`}`;
		const { data, list_metadata: cursors } = JSON.parse(await answerTo(url, 'GET', path));
		pages.push(path);
		ids.push(...data.map(({ id }) => id));
		after = cursors.after;
	}
	return { ids, pages };
}

/** One answer of each kind, for the server of constants. */
export async function sampleAnswers(url, { ids, pages }) {
	return {
		read: await answerTo(url, 'GET', `${KV}/${ids[0]}`),
		list: await answerTo(url, 'GET', pages[0]),
		update: await answerTo(url, 'PUT', `${KV}/${ids[0]}`, { value: newValue() }),
		create: await answerTo(url, 'POST', KV, { name: 'sample', value: newValue(), key_context: contextOf(0) }),
	};
}

const any = (list) => list[randomInt(list.length)];

/** For each kind of request, what makes the bytes of the next one: any object, any page, a name that is new. */
export function requestsFor({ ids, pages }) {
	let created = 0;
	const run = randomBytes(4).toString('hex');
	return {
		read: () => request('GET', `${KV}/${any(ids)}`, apiKey),
		list: () => request('GET', any(pages), apiKey),
		update: () => request('PUT', `${KV}/${any(ids)}`, apiKey, { value: newValue() }),
		create: () => {
			const key_context = contextOf(++created);
			return request('POST', KV, apiKey, { name: `new-${run}-${created}`, value: newValue(), key_context });
		},
	};
}
