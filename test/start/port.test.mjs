import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setup, suite, teardown, test } from 'mocha';
import { keptPort } from '../../scripts/launcher/workbench/profile.mjs';

suite('The port of a profile', () => {
	let folder;

	setup(() => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'port-'));
	});
	teardown(() => rmSync(folder, { recursive: true }));

	test('is the same at every start', async () => {
		const first = await keptPort(folder);
		assert.deepEqual(await keptPort(folder), first);
	});

	test('is given up for one run only when another program has it', async () => {
		const { port } = await keptPort(folder);
		const stranger = createServer().listen(port, '127.0.0.1');
		await once(stranger, 'listening');
		const meanwhile = await keptPort(folder);
		assert.equal(meanwhile.taken, port);
		assert.notEqual(meanwhile.port, port);
		stranger.close();
		await once(stranger, 'close');
		assert.deepEqual(await keptPort(folder), { port });
	});
});
