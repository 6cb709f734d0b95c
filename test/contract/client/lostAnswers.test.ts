import assert from 'node:assert/strict';
import { publishValue } from '../../../src/vault/drafts/writes';
import { calls, methods, reads, writes } from './calls';
import { clientOf, closedAddress, failureOf, send, suiteFakes } from './running';

const metadata = {
	id: 'i',
	environment_id: 'e',
	key_id: 'k',
	context: {},
	updated_by: { id: 'k', name: 'K' },
	updated_at: '2026-01-01T00:00:00Z',
};
const object = { id: 'i', name: 'n', value: 'v', metadata };

suite('The client’s lost answers', () => {
	const start = suiteFakes();

	test('a read is sent again until its answer comes', async () => {
		const fake = await start((response, _request, index) => {
			if (index === 0) response.destroy();
			else if (index === 1) send(response, 503, '<title>Unavailable</title>');
			else send(response, 200, object);
		});
		const { vault, waits } = clientOf(fake.url);
		assert.equal((await vault.readObject('i')).value, 'v');
		assert.equal(fake.seen.length, 3);
		assert.equal(waits.length, 2);
	});

	test('every read is sent three times at most', async () => {
		for (const method of reads) {
			const fake = await start((response) => send(response, 503, { error: 'Down' }));
			const error = await failureOf(calls[method](clientOf(fake.url).vault), 'unavailable');
			assert.equal(fake.seen.length, 3, method);
			assert.equal(error.details.attempts, 3, method);
			assert.ok(error.isAnswerLost);
		}
	});

	test('no write is sent again', async () => {
		for (const method of writes) {
			for (const status of [408, 500, 502, 503, 504]) {
				const fake = await start((response) => send(response, status, { error: 'Down' }));
				const { vault, waits } = clientOf(fake.url);
				const error = await failureOf(calls[method](vault), 'unavailable');
				assert.equal(fake.seen.length, 1, `${method} after ${status}`);
				assert.equal(error.details.attempts, 1);
				assert.deepEqual(waits, []);
			}
		}
	});

	test('a refused call is sent exactly once, whatever the method', async () => {
		for (const method of methods) {
			const fake = await start((response) => send(response, 400, { error: 'No' }));
			await failureOf(calls[method](clientOf(fake.url).vault), 'rejected');
			assert.equal(fake.seen.length, 1, method);
		}
	});

	test('a connection that is closed without an answer is offline, and a write is not sent again', async () => {
		for (const method of methods) {
			const fake = await start((response) => response.destroy());
			const error = await failureOf(calls[method](clientOf(fake.url).vault), 'offline');
			assert.ok(error.isAnswerLost);
			assert.equal(error.details.status, undefined, method);
			assert.equal(fake.seen.length, writes.includes(method) ? 1 : 3, method);
		}
	});

	test('a connection that is cut in the middle of a good answer is a lost answer', async () => {
		for (const method of methods) {
			const fake = await start((response) => {
				response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
				response.write('{"id":"', () => response.destroy());
			});
			const error = await failureOf(calls[method](clientOf(fake.url).vault), 'offline');
			assert.ok(error.isAnswerLost);
			assert.equal(fake.seen.length, writes.includes(method) ? 1 : 3, method);
		}
	});

	const unreadable: readonly (readonly [what: string, body: unknown, type: string])[] = [
		['broken JSON', '{"id":"i","name":', 'application/json'],
		['JSON of another shape', '{"hello":"world"}', 'application/json'],
		['an object without an id', JSON.stringify({ ...metadata, id: undefined, metadata: {} }), 'application/json'],
		['no time', JSON.stringify({ ...object, metadata: { ...metadata, updated_at: undefined } }), 'application/json'],
		['a proxy’s page', '<!doctype html>', 'text/html'],
	];
	for (const [what, body, type] of unreadable) {
		test(`a write that is answered with success and ${what} is a lost answer, and not sent again`, async () => {
			for (const method of writes) {
				// The vault's answer to a deletion says nothing that is needed.
				if (method === 'deleteObject' && type !== 'text/html') continue;
				const fake = await start((response) => send(response, 200, body, { 'Content-Type': type }));
				const error = await failureOf(calls[method](clientOf(fake.url).vault), 'unexpected');
				assert.ok(error.isAnswerLost, method);
				assert.equal(error.details.status, 200, method);
				assert.equal(fake.seen.length, 1, method);
			}
		});
	}

	test('a publish whose answer can’t be read counts as done when the vault holds the value', async () => {
		let isPublished = false;
		const fake = await start((response, { method }) => {
			if (method === 'PUT') {
				isPublished = true;
				send(response, 200, '{"id":', { 'Content-Type': 'application/json' });
			} else
				send(response, 200, { ...object, value: 'v', metadata: { ...metadata, version_id: isPublished ? '2' : '1' } });
		});
		const { vault } = clientOf(fake.url);
		const { outcome } = await publishValue(vault, { id: 'i', value: 'v', versionCheck: '1' });
		assert.equal(outcome, 'published');
		assert.deepEqual(
			fake.seen.map(({ method }) => method),
			['PUT', 'GET', 'GET'],
		);
	});

	test('a connection that is cut in the middle of a refusal is a refusal', async () => {
		const fake = await start((response) => {
			response.writeHead(403, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
			response.write('{"error":"', () => response.destroy());
		});
		const error = await failureOf(clientOf(fake.url).vault.describeObject('i'), 'forbidden');
		assert.equal(error.details.status, 403);
	});

	test('a vault that is not listening is offline, and the error names the host', async () => {
		const closed = await closedAddress();
		const error = await failureOf(clientOf(closed).vault.listObjects({}), 'offline');
		assert.equal(error.details.host, new URL(closed).host);
		assert.equal(error.details.attempts, 3);
	});

	test('a vault that does not answer in time is unavailable, before the headers and after them', async () => {
		for (const hasHeaders of [false, true]) {
			const fake = await start((response) => {
				if (!hasHeaders) return;
				response.writeHead(200, { 'Content-Type': 'application/json' });
				response.write('{');
			});
			// What was sent is counted by the client: the time may be over before a busy machine's fake sees it.
			const { vault, records } = clientOf(fake.url, { timeout: 40 });
			const write = await failureOf(calls.updateObject(vault), 'unavailable');
			assert.equal(write.details.status, 408);
			assert.ok(write.isAnswerLost);
			assert.deepEqual([write.details.attempts, records.length], [1, 1]);
			const read = await failureOf(calls.readObject(vault), 'unavailable');
			assert.deepEqual([read.details.attempts, records.length], [3, 4]);
		}
	});

	test('a key that is not yet ready is asked for again each second, for a write too', async () => {
		const sentence = 'KEK was created but is not yet ready. This request can be retried.';
		const fake = await start((response, _request, index) =>
			index < 5 ? send(response, 500, { message: sentence }) : send(response, 201, metadata),
		);
		const { vault, waits } = clientOf(fake.url);
		await calls.createObject(vault);
		assert.deepEqual(waits, [1000, 1000, 1000, 1000, 1000]);
		assert.equal(new Set(fake.seen.map(({ body }) => body)).size, 1);
	});

	test('a key that never gets ready is given up after twenty times', async () => {
		const fake = await start((response) => send(response, 400, { error: 'The KEK was created but is not yet ready.' }));
		const error = await failureOf(calls.createDataKey(clientOf(fake.url).vault), 'keyNotReady');
		assert.equal(fake.seen.length, 20);
		assert.equal(error.details.attempts, 20);
	});
});
