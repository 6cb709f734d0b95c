import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getRequestListener } from '@hono/node-server';
import { createApp } from '../../../src/local/app';
import { Vault } from '../../../src/local/store/vault';
import { asker, suiteFolder } from './running';

suite('Local Vault: while another process writes for too long', () => {
	const folder = suiteFolder();

	test('every call is a 503 that says when to try again, and works when it is', async () => {
		const dataFile = path.join(folder.path, 'vault.db');
		const vault = new Vault({ dataFile, rootKey: randomBytes(32) });
		// Its own patience is longer than a test should last.
		vault.database.all('PRAGMA busy_timeout = 0');
		const app = createApp(vault, { apiKey: 'sk_test_busy', seed: () => undefined });
		const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
		const server = createServer((request, response) => void listener(request, response));
		const other = new DatabaseSync(dataFile);
		try {
			await once(server.listen(0, '127.0.0.1'), 'listening');
			const { port } = server.address() as AddressInfo;
			const ask = asker({ url: `http://127.0.0.1:${port}`, apiKey: 'sk_test_busy' });
			const message = 'Another process is using the vault. Try again.';
			const calls = [
				['POST', '/vault/v1/kv', { name: 'n', value: 'v', key_context: {} }, { error: message }],
				['GET', '/vault/v1/kv', undefined, { error: message }],
				['POST', '/vault/object/create', { name: 'm', data: {} }, { code: 'internal_server_error', message }],
				['POST', '/organizations', { name: 'One' }, { message, code: 'unavailable' }],
			] as const;
			other.exec('BEGIN IMMEDIATE');
			for (const [method, route, sent, expected] of calls) {
				const { status, headers, body } = await ask(method, route, sent);
				assert.deepEqual([status, headers.get('retry-after'), body], [503, '1', expected], `${method} ${route}`);
			}
			other.exec('ROLLBACK');
			for (const [method, route, sent] of calls) assert.ok((await ask(method, route, sent)).status < 300, route);
		} finally {
			other.close();
			server.close();
			server.closeAllConnections();
			vault.close();
		}
	});
});
