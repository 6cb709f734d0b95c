import assert from 'node:assert/strict';
import { sendRaw, suiteVault } from './running';

suite('Local Vault: administration', () => {
	const vault = suiteVault();
	const { ask } = vault;
	const state = async () => (await ask('GET', '/_local/state')).body;

	test('the state counts what is there', async () => {
		const empty = await state();
		assert.match(String(empty.environment_id), /^environment_[0-9A-HJKMNP-TV-Z]{26}$/);
		const none = {
			objects: 0,
			deleted_objects: 0,
			versions: 0,
			organizations: 0,
			keys: 0,
			customer_keys: 0,
			events: 0,
		};
		const settings = { faults: 0, latency_ms: 0, requests_per_minute: null };
		assert.deepEqual({ ...empty, ...none, ...settings }, empty);

		await ask('POST', '/organizations', { name: 'One' });
		const ids: string[] = [];
		for (const name of ['stays', 'goes']) {
			const draft = { name, value: 'v', key_context: { organization_id: 'org_1', team: 'blue' } };
			ids.push((await ask<{ id: string }>('POST', '/vault/v1/kv', draft)).body.id);
		}
		await ask('PUT', `/vault/v1/kv/${ids[0]}`, { value: 'w' });
		await ask('DELETE', `/vault/v1/kv/${ids[1]}`);
		await ask('POST', '/_local/customer-keys', { key_context: { organization_id: 'org_2' } });
		await ask('POST', '/_local/faults', { route: 'GET /nowhere', status: 500, times: 3 });
		const full = await state();
		const expected = { objects: 1, deleted_objects: 1, versions: 3, organizations: 1, keys: 2, customer_keys: 1 };
		assert.deepEqual({ ...full, ...expected, events: 8, faults: 1, environment_id: empty.environment_id }, full);
		assert.deepEqual(await state(), full);
	});

	test('an organization is created with an id of its own, as the live API shows it', async () => {
		const id = 'org_chosen';
		const { status, body } = await ask('POST', '/_local/organizations', { id, name: 'Chosen' });
		assert.deepEqual([status, body.id, body.name, body.object], [201, id, 'Chosen', 'organization']);
		assert.deepEqual((await ask('GET', `/organizations/${id}`)).body, body);
		const twin = await ask('POST', '/_local/organizations', { id, name: 'Twin' });
		const message = 'An organization with this id exists.';
		assert.deepEqual([twin.status, twin.body], [409, { message, code: 'conflict' }]);
		const other = await ask('POST', '/_local/organizations', { name: 'Other' });
		assert.match(String(other.body.id), /^org_[0-9A-HJKMNP-TV-Z]{26}$/);
	});

	test('an organization that can not be made is refused with a sentence', async () => {
		for (const [body, message] of [
			[{}, '"name" must be a string.'],
			[{ name: ' ' }, '"name" must not be empty.'],
			[{ name: 'x', id: '' }, '"id" must have 1 to 100 characters and no spaces.'],
			[{ name: 'x', id: 'a b' }, '"id" must have 1 to 100 characters and no spaces.'],
			[{ name: 'x', id: 'i'.repeat(101) }, '"id" must have 1 to 100 characters and no spaces.'],
			[{ name: 'x', id: 5 }, '"id" must be a string.'],
			['[]', 'The body must be a JSON object.'],
		] as const) {
			const answer = await ask('POST', '/_local/organizations', body);
			assert.deepEqual([answer.status, answer.body], [422, { message, code: 'unprocessable_entity' }]);
		}
		assert.equal((await ask('POST', '/_local/organizations', '{')).status, 400);
	});

	test('a route that is not there is 501 with message and code: a 404 is a missing organization', async () => {
		const message = 'Local Vault has no such route.';
		for (const [method, route] of [
			['GET', '/_local'],
			['GET', '/_local/'],
			['GET', '/_local/nowhere'],
			['GET', '/_local/reset'],
			['PUT', '/_local/faults'],
			['DELETE', '/_local/customer-keys'],
			['POST', '/_local/customer-keys/x/rotate'],
		] as const) {
			const { status, body } = await ask(method, route);
			assert.deepEqual([status, body], [501, { message, code: 'not_implemented' }], `${method} ${route}`);
		}
	});

	test('it needs the key, and answers neither to another Host nor to a web page', async () => {
		const before = await state();
		const routes = [
			['GET', '/_local/state'],
			['POST', '/_local/reset'],
			['POST', '/_local/faults'],
			['DELETE', '/_local/faults'],
			['POST', '/_local/organizations'],
			['GET', '/_local/customer-keys'],
		] as const;
		for (const [method, route] of routes) {
			const body = method === 'POST' ? { route: '* *', status: 500, name: 'One' } : undefined;
			for (const key of ['', 'Bearer sk_wrong', vault.apiKey]) {
				const answer = await ask(method, route, body, { Authorization: key });
				assert.deepEqual([answer.status, answer.body], [401, { message: 'Unauthorized', code: 'unauthorized' }]);
			}
			const foreign = await ask(method, route, body, { Origin: 'https://evil.example' });
			assert.deepEqual([foreign.status, foreign.body.code], [403, 'forbidden']);
		}
		const headers = { Authorization: `Bearer ${vault.apiKey}`, Host: 'evil.example' };
		assert.equal((await sendRaw(vault.url, { path: '/_local/state', headers })).status, 403);
		assert.deepEqual(await state(), before);
	});
});

suite('Local Vault: administration of a slow, limited, faulty vault', () => {
	const latency = 60_000;
	const faults = [{ route: '* *', times: 1000, status: 500 }];
	const vault = suiteVault({ latency, requestsPerMinute: 1, faults });

	test('is neither delayed nor limited nor faulted', async () => {
		for (let time = 0; time < 20; time++) {
			const { status, body, headers } = await vault.ask('GET', '/_local/state');
			assert.equal(status, 200);
			assert.deepEqual([body.latency_ms, body.requests_per_minute, body.faults], [latency, 1, 1]);
			assert.equal(headers.get('x-ratelimit-limit'), null);
		}
		assert.equal((await vault.ask('GET', '/_local/nowhere')).status, 501);
		assert.equal((await vault.ask('POST', '/_local/organizations', { name: 'One' })).status, 201);
		assert.equal((await vault.ask('POST', '/_local/reset')).body.organizations, 0);
	});
});
