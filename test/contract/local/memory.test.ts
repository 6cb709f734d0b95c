import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { peakMiB, residentMiB } from './processMemory';
import { suiteProcesses } from './running';

const MIB = 1024 * 1024;
const MAXIMUM_GROWTH_MIB = 192;

suite('Local Vault: the memory of its process', function () {
	// Hundreds of megabytes, on a machine that may be busy.
	this.timeout(60_000);
	const run = suiteProcesses();

	test('is not taken up by what was refused', async () => {
		const { ask, pid } = await run([]).ready;
		const nameless = JSON.stringify({ value: 'x'.repeat(MIB), key_context: {} });
		const refuse = async (times: number) => {
			for (let time = 0; time < times; time++) {
				assert.equal((await ask('POST', '/vault/v1/kv', nameless)).status, 422);
			}
		};
		await refuse(100);
		const before = residentMiB(pid);
		await refuse(400);
		const grown = residentMiB(pid) - before;
		assert.ok(grown < MAXIMUM_GROWTH_MIB, `grew by ${grown.toFixed(0)} MiB`);
	});

	test('does not hold a body that is far too large, though it is read to its end', async () => {
		const { url, apiKey, pid } = await run([]).ready;
		const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
		const before = residentMiB(pid);
		const request = http.request(`${url}/vault/v1/kv`, { method: 'POST', headers, agent: false });
		const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
		const part = Buffer.alloc(MIB, 'x');
		for (let sent = 0; sent < 256; sent++) {
			if (!request.write(part)) await once(request, 'drain');
		}
		request.end();
		const [response] = await answered;
		response.resume();
		assert.equal(response.statusCode, 413);
		const grown = peakMiB(pid) - before;
		assert.ok(grown < MAXIMUM_GROWTH_MIB, `grew by ${grown.toFixed(0)} MiB`);
	});
});
