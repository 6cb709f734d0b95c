import assert from 'node:assert/strict';
import { VaultError } from '../../../src/vault/errors';
import { calls, methods, secret } from './calls';
import { clientOf, suiteFakes } from './running';

suite('The client’s redirects', () => {
	const start = suiteFakes();

	for (const status of [301, 302, 303, 307, 308]) {
		test(`a ${status} is never followed: neither key nor body reach the other server, and it is said`, async () => {
			const other = await start((response) => response.end('{}'));
			for (const method of methods) {
				const first = await start((response, { url }) =>
					response.writeHead(status, { Location: other.url + url }).end(),
				);
				const { vault } = clientOf(first.url, { apiKey: secret.apiKey });
				const error: unknown = await calls[method](vault).then(
					() => undefined,
					(reason: unknown) => reason,
				);
				assert.ok(error instanceof VaultError, method);
				assert.equal(error.code, 'redirected', method);
				assert.equal(first.seen.length, 1, method);
				assert.equal(first.seen[0]?.authorization, `Bearer ${secret.apiKey}`);
			}
			assert.deepEqual(other.seen, []);
		});
	}
});
