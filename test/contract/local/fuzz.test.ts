import assert from 'node:assert/strict';
import path from 'node:path';
import { Choice } from '../../support/choice';
import { seededRandom } from '../../support/seededRandom';
import { badBytes } from './badBytes';
import { type BadRequest, badRequest, mayBeCut } from './badRequests';
import { type Route, SENT, everyRoute } from './everyRoute';
import { Known } from './known';
import { checkLive, isLive } from './liveSchema';
import { oddJson } from './oddities';
import { residentMiB } from './processMemory';
import { type Ask, suiteFolder, suiteProcesses } from './running';
import { type WireAnswer, exchange, statusesIn, wire } from './wire';

/** Another stream is had with FUZZ_SEED=number. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);
const REQUESTS = 5000;
const WARM_UP = 1000;
const CONNECTIONS = 200;
const RESETS = 20;
/** Bodies of 8 MiB are in the stream; the heap that V8 keeps for such has room in this. */
const MAXIMUM_GROWTH_MIB = 192;
const CANARY = `CANARY-${SEED}-kept-apart`;
/** What Node itself answers, without a body, to what is hardly HTTP. */
const NODE_REFUSALS = [400, 408, 413, 417, 431];

suite('Local Vault: generated bad input', function () {
	this.timeout(300_000);
	const folder = suiteFolder();
	const run = suiteProcesses();

	test('no request breaks it, makes it leak, or gets more than a refusal', async () => {
		const { child, ready } = run(['--data', path.join(folder.path, 'vault.db'), '--requests-per-minute', '1000000']);
		const { url, apiKey, pid, ask } = await ready;
		const objects = [await keep(ask, 'good', 'as it was'), await keep(ask, 'kept apart', CANARY)];
		const choice = new Choice(seededRandom(SEED));
		const known = new Known(choice);
		const served = new Set<Route>();
		const { send, close } = wire(url);
		let [sent, refused, memory] = [0, 0, 0];
		try {
			for (; sent < REQUESTS; sent++) {
				if (sent === WARM_UP) memory = residentMiB(pid);
				const request = badRequest(choice, known, apiKey);
				const where = `seed ${SEED}, request ${sent}: ${request.method} ${request.target.slice(0, 200)}`;
				const answer = await send(request).catch((error: Error) => {
					// Whoever is cut off in the middle of sending may see that before the answer.
					assert.ok(mayBeCut(request), `${where}: ${error.message}`);
				});
				if (!answer) continue;
				checkAnswer(request, answer, where);
				if (answer.status >= 400) refused++;
				else served.add(request.route);
				if (answer.status < 300 && request.method === 'POST') {
					known.learn(request.target, JSON.parse(answer.text) as Record<string, unknown>);
				}
			}
		} finally {
			close();
		}
		for (let connection = 0; connection < CONNECTIONS; connection++) {
			sent += await sendBytes(url, apiKey, choice, `seed ${SEED}, connection ${connection}`);
		}
		const grown = residentMiB(pid) - memory;
		assert.deepEqual(await Promise.all(objects.map(({ id }) => read(ask, id))), objects);
		for (let resets = 0; resets < RESETS; resets++, sent++) {
			assert.ok((await ask('POST', '/_local/reset', oddJson(choice))).status < 500);
		}
		assert.equal(child.exitCode, null);
		assert.ok(grown < MAXIMUM_GROWTH_MIB, `seed ${SEED}: grew by ${grown} MiB`);
		// A stream that never gets past the first check proves little, and so does one that is hardly ever bad.
		const unserved = everyRoute.filter((route) => !served.has(route)).map((route) => `${route.method} ${route.path}`);
		assert.deepEqual(unserved, []);
		assert.ok(refused > REQUESTS / 2, `only ${refused} were refused`);
		console.log(`      ${sent} requests, 0 answered 5xx, ${refused} refused; memory grew by ${grown.toFixed(0)} MiB`);
	});
});

async function keep(ask: Ask, name: string, value: string): Promise<{ id: string }> {
	const { body } = await ask<{ id: string }>('POST', '/vault/v1/kv', { name, value, key_context: { team: name } });
	return read(ask, body.id);
}

async function read(ask: Ask, id: string): Promise<{ id: string }> {
	return (await ask<{ id: string }>('GET', `/vault/v1/kv/${id}`)).body;
}

function checkAnswer({ method, target }: BadRequest, { status, type, text }: WireAnswer, where: string): void {
	assert.ok(status >= 200 && isRefusal(status), `${where}: ${status}`);
	assert.ok(!text.includes(CANARY), `${where}: the answer holds another object's value`);
	assert.ok(status < 400 || !text.includes(SENT), `${where}: the refusal repeats the value that was sent`);
	if (text === '') {
		assert.ok(method === 'HEAD' || status === 204 || NODE_REFUSALS.includes(status), `${where}: ${status}, empty`);
		return;
	}
	assert.match(type, /^application\/json\b/, where);
	const body = JSON.parse(text) as object;
	try {
		checkLive(method, target, status, body);
	} catch (error) {
		assert.fail(`${where}: ${error instanceof Error ? error.message : String(error)}`);
	}
	if (status >= 400 && !isLive(target)) assert.deepEqual(Object.keys(body).sort(), ['code', 'message'], where);
}

/** Answers how many requests that were. */
async function sendBytes(url: string, apiKey: string, choice: Choice, which: string): Promise<number> {
	const { what, bytes, isCut, requests } = badBytes(choice, apiKey);
	const where = `${which}: ${what}`;
	const text = await exchange(url, bytes, isCut).catch((error: Error) => assert.fail(`${where}: ${error.message}`));
	const statuses = statusesIn(text);
	assert.ok(statuses.every(isRefusal), `${where}: ${statuses.join()}`);
	// One more where the bytes after a request are no request.
	assert.ok(statuses.length <= requests + 1, `${where}: ${statuses.length} answers`);
	assert.ok(!text.includes(CANARY), `${where}: the answer holds another object's value`);
	return requests;
}

/** True for what is no failure of the server: a route that there is not is 501. */
function isRefusal(status: number): boolean {
	return status < 500 || status === 501;
}
