import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';

import { keptPort } from '../../scripts/launcher/workbench/profile.mjs';
import { startProxy } from '../../scripts/launcher/workbench/proxy.mjs';

suite('What serves the workbench', () => {
	let folder;
	let server;
	let proxy;
	suiteSetup(async () => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'proxy-'));
		const socket = path.join(folder, 'server.sock');
		const used = new WeakSet();
		server = http.createServer((request, response) => {
			// As when the server's patience with an idle connection ends just then.
			if (used.has(request.socket)) return request.socket.destroy();
			used.add(request.socket);
			response.end('here');
		});
		await new Promise((resolve) => server.listen(socket, resolve));
		const options = { socket, port: (await keptPort(folder)).port, home: '/home', sharesSecrets: false };
		proxy = await startProxy({ ...options, development: () => ({ developed: [] }) });
	});
	suiteTeardown(async () => {
		await proxy.close();
		server.close();
		server.closeAllConnections();
		rmSync(folder, { recursive: true });
	});

	test('answers each request, also where the server closes connections that it could use again', async () => {
		const { headers } = await fetch(proxy.address, { redirect: 'manual' });
		const [cookie] = headers.get('set-cookie').split(';');
		for (let index = 0; index < 20; index++) {
			const response = await fetch(`${proxy.origin}/file`, { headers: { cookie } });
			assert.deepEqual([response.status, await response.text()], [200, 'here'], `request ${index}`);
		}
	});
});
