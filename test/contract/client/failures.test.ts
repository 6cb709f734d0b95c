import assert from 'node:assert/strict';
import type { Method } from '../../support/fakeVault';
import type { VaultErrorCode } from '../../../src/vault/errors';
import { calls, methods, writes } from './calls';
import { clientOf, failureOf, send, suiteFakes, suiteVault } from './running';

const html = '<!doctype html><title>Bad gateway</title>';
const byMethod = (method: Method): VaultErrorCode => {
	if (method === 'createObject') return 'nameTaken';
	return writes.includes(method) ? 'conflict' : 'unexpected';
};
type Expected = VaultErrorCode | ((method: Method) => VaultErrorCode);

const answers: readonly (readonly [status: number, body: unknown, expected: Expected])[] = [
	[400, { error: 'No' }, 'rejected'],
	[400, { message: 'No', code: 'bad_request', errors: [] }, 'rejected'],
	[401, { message: 'Unauthorized', code: 'unauthorized' }, 'unauthorized'],
	[403, { error: 'No' }, 'forbidden'],
	[403, { message: 'No', code: 'forbidden', errors: [{ code: 'x' }] }, 'forbidden'],
	[404, { error: 'Not Found' }, 'notFound'],
	[404, html, 'notFound'],
	[408, { error: 'No' }, 'unavailable'],
	[409, { error: 'Item already exists' }, byMethod],
	[413, { error: 'No' }, 'rejected'],
	[413, html, 'rejected'],
	[418, { error: 'No' }, 'unexpected'],
	[422, { error: 'No' }, 'rejected'],
	[422, { message: 'No', code: 'invalid', errors: [{ field: 'name', code: 'too_long' }] }, 'rejected'],
	[422, { error: 'Maximum unique keys reached' }, 'tooManyKeys'],
	[429, { error: 'No' }, 'rateLimited'],
	[429, html, 'rateLimited'],
	[500, { error: 'No' }, 'unavailable'],
	[500, { message: 'No', code: 'internal', errors: [{ code: 'x' }] }, 'unavailable'],
	[502, html, 'unavailable'],
	[503, { message: 'No' }, 'unavailable'],
	[503, html, 'unavailable'],
	[504, '', 'unavailable'],
	[500, { message: 'KEK was created but is not yet ready. This request can be retried.' }, 'keyNotReady'],
	[400, { error: 'AWS KMS refused: AccessDeniedException' }, 'keyUnavailable'],
	[500, { error: 'Failed to decrypt data key' }, 'keyUnavailable'],
	[422, { message: 'The customer-managed key is disabled.' }, 'keyUnavailable'],
	[200, html, 'unexpected'],
];

suite('The client’s failures, against a vault that answers as it likes', () => {
	const start = suiteFakes();

	for (const [status, body, expected] of answers) {
		const shown = typeof body === 'string' ? (body && 'HTML') || 'nothing' : JSON.stringify(body);
		test(`${status} with ${shown} has one meaning for each of the methods`, async () => {
			const fake = await start((response) => send(response, status, body, { 'X-Request-ID': 'req_7' }));
			for (const method of methods) {
				const { vault } = clientOf(fake.url);
				// For an old value, a 404 is two questions.
				const error = await failureOf(calls[method](vault), typeof expected === 'string' ? expected : expected(method));
				assert.equal(error.details.status, status, method);
				assert.equal(error.details.requestId, 'req_7', method);
				assert.equal(error.details.host, new URL(fake.url).host, method);
				const { error: first, message } = Object(body) as { error?: string; message?: string };
				assert.equal(error.details.reason, first ?? message, method);
			}
		});
	}

	test('an answer that claims to be JSON and is none is unexpected', async () => {
		const fake = await start((response) => send(response, 200, '{"data":[', { 'Content-Type': 'application/json' }));
		const error = await failureOf(clientOf(fake.url).vault.listObjects({}), 'unexpected');
		assert.equal(error.details.status, 200);
	});

	test('JSON of another shape is unexpected, not a failure of the program', async () => {
		const fake = await start((response) => send(response, 200, { hello: 'world' }));
		for (const method of methods) {
			// The vault's answer to a deletion says nothing that is needed.
			if (method === 'deleteObject') continue;
			const expected = method === 'readVersion' ? 'noOldValues' : 'unexpected';
			await failureOf(calls[method](clientOf(fake.url).vault), expected);
		}
	});

	test('an object that comes without its value is unexpected', async () => {
		const metadata = { id: 'i', context: {}, updated_by: { id: 'k', name: 'K' }, updated_at: '2026-01-01T00:00:00Z' };
		const fake = await start((response) => send(response, 200, { id: 'i', name: 'n', metadata }));
		await failureOf(clientOf(fake.url).vault.readObject('i'), 'unexpected');
	});

	test('an object that was not asked for is unexpected', async () => {
		const metadata = { id: 'j', context: {}, updated_by: { id: 'k', name: 'K' }, updated_at: '2026-01-01T00:00:00Z' };
		const fake = await start((response) => send(response, 200, { id: 'j', name: 'n', value: 'v', metadata }));
		const { vault } = clientOf(fake.url);
		await failureOf(vault.describeObject('i'), 'unexpected');
		await failureOf(vault.readObject('i'), 'unexpected');
	});

	test('a version without a time that can have been is unexpected, and none is smaller than nothing', async () => {
		const version = { id: 'v', current_version: true, size: -5, etag: 'e' };
		const answer = (created_at: string) => ({ data: [{ ...version, created_at }], list_metadata: {} });
		const fake = await start((response, _request, index) =>
			send(response, 200, answer(['', '0001-01-01T00:00:00Z', '2026-01-01T00:00:00Z'][index] ?? '')),
		);
		const { vault } = clientOf(fake.url);
		await failureOf(vault.listVersions('i'), 'unexpected');
		await failureOf(vault.listVersions('i'), 'unexpected');
		assert.equal((await vault.listVersions('i'))[0]?.size, 0);
	});

	test('what a vault leaves out of an object is undefined', async () => {
		const metadata = { id: 'i', context: {}, updated_by: { id: 'k', name: 'K' }, updated_at: '2026-01-01T00:00:00Z' };
		const fake = await start((response, { url }) =>
			url.includes('metadata')
				? send(response, 200, { id: 'i', name: 'n', metadata: { ...metadata, version_id: null } })
				: send(response, 200, { data: [{ id: 'i', name: 'n', updated_at: null }], list_metadata: {} }),
		);
		const { vault } = clientOf(fake.url);
		assert.equal((await vault.describeObject('i')).versionId, undefined);
		assert.deepEqual(await vault.listObjects({}), {
			items: [{ id: 'i', name: 'n', updatedAt: undefined }],
			next: undefined,
		});
	});

	test('the cursor that leads on is after, and before where a full page has no after', async () => {
		const row = { id: 'i', name: 'n', updated_at: null };
		const lists = [
			{ data: [row, row], list_metadata: { after: 'A', before: 'B' } },
			{ data: [row, row], list_metadata: { after: null, before: 'B' } },
			{ data: [row], list_metadata: { after: null, before: 'B' } },
		];
		const fake = await start((response, _request, index) => send(response, 200, lists[index]));
		const { vault } = clientOf(fake.url);
		const next = async (after?: string) => (await vault.listObjects({ limit: 2, after })).next;
		assert.deepEqual([await next(), await next('A'), await next('B')], ['A', 'B', undefined]);
		const cursors = fake.seen.map(({ url }) => new URL(url, fake.url).searchParams.get('after'));
		assert.deepEqual(cursors, [null, 'A', 'B']);
	});
});

suite('The client’s failures, against Local Vault', () => {
	const running = suiteVault();
	const keyContext = { organization_id: 'org_failures' };

	test('a wrong key is unauthorized', async () => {
		const { vault } = clientOf(running.url, { apiKey: 'sk_test_wrong' });
		const error = await failureOf(vault.listOrganizations({ limit: 1 }), 'unauthorized');
		assert.equal(error.details.status, 401);
		await failureOf(vault.listObjects({ limit: 1 }), 'unauthorized');
	});

	test('a name that is too long is rejected with the vault’s sentence about it', async () => {
		const create = running.vault.createObject({ name: 'n'.repeat(201), value: 'v', keyContext });
		const { details } = await failureOf(create, 'rejected');
		assert.equal(details.status, 422);
		assert.equal(details.reason, '"name" must have 1 to 200 characters.');
		assert.match(details.requestId ?? '', /^[\da-f-]{36}$/);
	});

	test('a key context of eleven pairs is rejected', async () => {
		const pairs = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`name-${index}`, 'v']));
		const create = running.vault.createObject({ name: 'eleven', value: 'v', keyContext: pairs });
		assert.equal((await failureOf(create, 'rejected')).details.status, 422);
	});

	test('a value with half a character is rejected', async () => {
		const { id } = await running.vault.createObject({ name: 'half', value: 'v', keyContext });
		const update = running.vault.updateObject({ id, value: 'half: \ud83d', versionCheck: undefined });
		assert.equal((await failureOf(update, 'rejected')).details.status, 400);
	});

	test('a value of more than 1 MiB is rejected as too large', async () => {
		const create = running.vault.createObject({ name: 'large', value: 'x'.repeat(1024 * 1024 + 1), keyContext });
		assert.equal((await failureOf(create, 'rejected')).details.status, 413);
	});

	test('a cursor of another list is rejected', async () => {
		assert.equal((await failureOf(running.vault.listObjects({ after: 'nowhere' }), 'rejected')).details.status, 400);
	});
});

suite('The client at the rate limit of Local Vault', () => {
	const running = suiteVault({ requestsPerMinute: 3 });

	test('the call beyond it waits for as long as the vault says, and is told as rateLimited in the end', async () => {
		for (let count = 0; count < 3; count++) await running.vault.listObjects({ limit: 1 });
		const { details } = await failureOf(running.vault.listObjects({ limit: 1 }), 'rateLimited');
		assert.equal(details.status, 429);
		assert.equal(details.attempts, 4);
		const { retryAfter = 0 } = details;
		assert.ok(retryAfter > 50 && retryAfter <= 60, String(retryAfter));
		assert.ok(
			running.waits.every((ms) => ms > 50_000 && ms <= 60_000),
			String(running.waits),
		);
		assert.equal(running.records.length, 7);
	});
});
