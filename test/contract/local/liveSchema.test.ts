import assert from 'node:assert/strict';
import { checkLive } from './liveSchema';

const at = '2026-02-03T04:05:06.789Z';
const updated_by = { id: 'key_1', name: 'Laptop key' };
const metadata = { id: 'i', environment_id: 'e', key_id: 'k', context: { a: 'b' }, updated_at: at, updated_by };
const object = { id: 'i', name: 'n', metadata };
const actor = { actor_id: 'key_1', actor_source: 'api', actor_name: 'Laptop key' };
const organization = {
	object: 'organization',
	id: 'org_1',
	name: 'One',
	domains: [],
	metadata: {},
	external_id: null,
	created_at: at,
	updated_at: at,
};
const events = (event: string, data: object) => ({
	object: 'list',
	data: [{ object: 'event', id: 'event_1', event, data, created_at: at }],
	list_metadata: { before: null, after: null },
});

suite('Local Vault: the live schema', () => {
	test('answers as the live API documents them pass', () => {
		checkLive('PUT', '/vault/v1/kv/i', 201, object);
		checkLive('GET', '/vault/v1/kv/name/versions?x=1', 200, { ...object, value: '' });
		checkLive('GET', '/vault/v1/kv/i/versions', 200, { data: [], list_metadata: {} });
		checkLive('PATCH', '/vault/v1/kv', 404, { error: 'Not Found' });
		checkLive('GET', '/vault/v1/kv', 401, { message: 'Unauthorized', code: 'unauthorized' });
		checkLive('GET', '/events', 200, events('vault.data.read', { ...actor, kv_name: 'n', key_id: 'k' }));
		checkLive('GET', '/events', 200, events('vault.names.listed', actor));
		checkLive('GET', '/events', 200, events('organization.created', organization));
	});

	const wrong: [what: string, method: string, path: string, status: number, body: unknown, sentence: RegExp][] = [
		['a field of the wrong type', 'GET', '/vault/v1/kv/i/metadata', 200, { ...object, id: 7 }, /\/id must be string/],
		['a missing field', 'PUT', '/vault/v1/kv/i', 201, { id: 'i', metadata }, /required property 'name'/],
		['a date that is none', 'POST', '/vault/v1/kv', 201, { ...metadata, updated_at: 'soon' }, /must match format/],
		['a value where none belongs', 'PUT', '/vault/v1/kv/i', 201, { ...object, value: 'CANARY' }, /additional.* value$/],
		['a field too many, deep down', 'GET', '/vault/v1/kv/i', 200, deeper(), /\/metadata\/updated_by must NOT.* value$/],
		['an undocumented success', 'POST', '/vault/v1/kv', 200, metadata, /never does/],
		['a redirection', 'GET', '/vault/v1/kv', 302, {}, /never does/],
		['the wrong error shape', 'GET', '/vault/v1/kv/i', 404, { message: 'CANARY', code: 'x' }, /property 'error'/],
		['a code that nobody knows', 'POST', '/organizations', 400, { message: 'm', code: 'CANARY' }, /to constant/],
		['an error that says too much', 'GET', '/events', 400, { message: 'm', code: 'c', value: 'CANARY' }, / value$/],
		['a value in an event', 'GET', '/events', 200, leaking(), /\/data\/0\/data must NOT.* value$/],
		['an event that nobody knows', 'GET', '/events', 200, events('vault.x', actor), /"event" must be in oneOf/],
		['an actor where none is told', 'GET', '/events', 200, acting(), /\/data\/0\/data must NOT.* actor_id/],
		['an event without its actor', 'GET', '/events', 200, events('vault.names.listed', {}), /property 'actor_id'/],
	];
	for (const [what, method, path, status, body, sentence] of wrong) {
		test(`${what} fails, with a sentence that quotes no value`, () => {
			assert.throws(
				() => checkLive(method, path, status, body),
				({ message }: Error) => {
					assert.match(message, sentence);
					assert.doesNotMatch(message, /CANARY/);
					return true;
				},
			);
		});
	}

	test('a path outside the live dialect is left alone', () => {
		checkLive('GET', '/vault/object/get', 200, undefined);
		checkLive('GET', '/organizationsx', 200, undefined);
	});
});

function deeper(): object {
	return { ...object, value: '', metadata: { ...metadata, updated_by: { ...updated_by, value: 'CANARY' } } };
}

function acting(): object {
	return events('organization.created', { ...organization, ...actor });
}

function leaking(): object {
	return events('vault.data.read', { ...actor, kv_name: 'n', key_id: 'k', value: 'CANARY' });
}
