import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { calls, methods, secret } from './calls';
import { type Answering, clientOf, send, suiteFakes } from './running';

/** Everything that must not be told, as it is and as it is written in paths, queries and JSON. */
const traces = ['CANARY', encodeURIComponent('CANARY/'), secret.blob];

function assertTellsNothing(what: unknown, where: string): void {
	const shown = inspect(what, { depth: Infinity, showHidden: true, maxStringLength: Infinity });
	for (const trace of traces) assert.ok(!shown.includes(trace), `${where} tells ${trace}`);
}

suite('The client’s request log', () => {
	const start = suiteFakes();
	// An organization's id is an id: it may stand in a path.
	const logged = methods.filter((method) => method !== 'getOrganization');

	const endings: Readonly<Record<string, Answering>> = {
		'an echo of everything, as a success': (response, request) => send(response, 200, { echo: request }),
		'a page that echoes everything': (response, request) => send(response, 200, JSON.stringify(request)),
		'a cut connection': (response) => response.destroy(),
		...Object.fromEntries(
			[400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 503].map((status): [string, Answering] => [
				`a ${status} that echoes everything`,
				(response, { method, url, authorization, body }) =>
					send(response, status, {
						error: [method, decodeURIComponent(url), authorization, body, ...strings(body)].join(' '),
					}),
			]),
		),
	};
	for (const [ending, answering] of Object.entries(endings)) {
		test(`after ${ending}, neither the log nor the error tells anything that was sent`, async () => {
			for (const method of logged) {
				const fake = await start(answering);
				const { vault, records } = clientOf(fake.url, { apiKey: secret.apiKey });
				const error: unknown = await calls[method](vault).catch((reason: unknown) => reason);
				// The control: the server did get what must not be told.
				assert.throws(() => assertTellsNothing(fake.seen, 'The server'));
				assert.equal(records.length, fake.seen.length, method);
				assertTellsNothing(records, `The log of ${method}`);
				if (method !== 'deleteObject') assert.ok(error instanceof Error, method);
				assertTellsNothing(error, `The error of ${method}`);
			}
		});
	}

	test('a line says method, path, status, request id and duration, and nothing else', async () => {
		const fake = await start((response) => send(response, 404, { error: 'No' }, { 'X-Request-ID': 'req_9' }));
		const { vault, records } = clientOf(fake.url);
		await assert.rejects(vault.describeObject('id-1'));
		const duration = records[0]?.duration ?? Number.NaN;
		assert.ok(Number.isInteger(duration) && duration >= 0);
		assert.deepEqual(records, [
			{
				method: 'GET',
				path: '/vault/v1/kv/id-1/metadata',
				status: 404,
				requestId: 'req_9',
				failure: undefined,
				duration,
			},
		]);
	});

	test('a request id that repeats the key, or is none by its looks, is left out', async () => {
		const ids = [secret.apiKey.slice(-10), `req_${secret.apiKey}`, 'req 1', 'x'.repeat(65)];
		for (const id of ids) {
			const fake = await start((response) => send(response, 400, { error: 'No' }, { 'X-Request-ID': id }));
			const { vault, records } = clientOf(fake.url, { apiKey: secret.apiKey });
			const error: unknown = await vault.describeObject('id-1').catch((reason: unknown) => reason);
			assert.equal(records[0]?.requestId, undefined, id);
			assert.ok(!inspect(error).includes(id), id);
		}
	});

	test('a query is left out of its path', async () => {
		const fake = await start((response) => send(response, 400, { error: 'No' }));
		const { vault, records } = clientOf(fake.url);
		await assert.rejects(vault.listObjects({ search: 'words', after: 'cursor' }));
		await assert.rejects(vault.deleteObject('id-1', 'check'));
		assert.deepEqual(
			records.map(({ path }) => path),
			['/vault/v1/kv', '/vault/v1/kv/id-1'],
		);
	});

	test('a request without an answer has a line without a status', async () => {
		const fake = await start((response) => response.destroy());
		const { vault, records } = clientOf(fake.url);
		await assert.rejects(calls.createObject(vault));
		assert.deepEqual(
			records.map(({ method, path, status }) => [method, path, status]),
			[['POST', '/vault/v1/kv', undefined]],
		);
	});
});

/** Every text in a JSON body, for a vault that repeats what it got. */
function strings(body: string): string[] {
	const found: string[] = [];
	if (body !== '') {
		JSON.parse(body, (_name, value: unknown) => {
			if (typeof value === 'string') found.push(value);
			return value;
		});
	}
	return found;
}
