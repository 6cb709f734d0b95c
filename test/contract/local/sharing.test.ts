import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Choice } from '../../support/choice';
import { seededRandom } from '../../support/seededRandom';
import { catalogue, keptUnder, live } from './dialects';
import { type Ask, suiteFolder, suiteProcesses } from './running';
import { Writer } from './writer';

const OPERATIONS = 500;
const CLIENTS = 5;
const UPDATES = 100;

suite('Local Vault: two processes on one database', function () {
	// Processes start here, and a busy machine takes its time for that.
	this.timeout(60_000);
	const folder = suiteFolder();
	const run = suiteProcesses();

	async function startTwo(file: string, ...more: readonly string[]) {
		const args = ['--data', path.join(folder.path, file), '--requests-per-minute', '1000000', ...more];
		const processes = [run(args), run(args)];
		const [one, two] = await Promise.all(processes.map(({ ready }) => ready));
		assert.ok(one && two);
		return { one, two, processes };
	}

	test('those that start at once on a new file share it, its demo and its key', async () => {
		const { one, two, processes } = await startTwo('new.db', '--seed', 'demo');
		assert.equal(one.apiKey, two.apiKey);
		const [first, second] = await Promise.all([one, two].map(({ ask }) => ask('GET', '/vault/v1/kv?limit=100')));
		assert.ok(first && second);
		assert.deepEqual(first.body, second.body);
		for (const { child, ended } of processes) {
			child.kill('SIGINT');
			assert.equal((await ended).code, 0);
		}
	});

	test('a write that waits for another has the time of its own turn', async () => {
		const { one } = await startTwo('waiting.db');
		const other = new DatabaseSync(path.join(folder.path, 'waiting.db'));
		for (const [route, draft] of [
			['/vault/v1/kv', { name: 'waits', value: 'x', key_context: {} }],
			['/organizations', { name: 'Waits' }],
		] as const) {
			other.exec('BEGIN IMMEDIATE');
			const asked = one.ask<{ updated_at: string }>('POST', route, draft);
			// For the request to stand in the queue by then; were this too short, a mistake could pass, but nothing could fail.
			await new Promise((resolve) => setTimeout(resolve, 300));
			const turn = Date.now();
			other.exec('COMMIT');
			const { updated_at: at } = (await asked).body;
			assert.ok(Date.parse(at) >= turn, `${route}: ${turn - Date.parse(at)} ms before its turn`);
		}
		other.close();
	});

	test('twice 500 mixed operations lose nothing and fail nowhere', async () => {
		const { one, two } = await startTwo('mixed.db');
		const sides = [
			{ here: one.ask, there: two.ask },
			{ here: two.ask, there: one.ask },
		];
		const clients = sides.flatMap(({ here, there }, side) =>
			Array.from({ length: CLIENTS }, (_, index) => {
				const choice = new Choice(seededRandom(side * CLIENTS + index));
				return { here, there, choice, writer: new Writer(`process ${side}, client ${index}`, choice) };
			}),
		);
		await Promise.all(
			clients.map(async ({ here, there, choice, writer }) => {
				for (let count = 0; count < OPERATIONS / CLIENTS; count++) await operate(here, there, choice, writer);
			}),
		);
		for (const { there, writer } of clients) {
			for (const name of writer.names) writer.compare(name, await keptUnder(there, name));
		}
	});

	test('of 100 updates with the same check, fifty from each, one takes effect', async () => {
		const { one, two } = await startTwo('contested.db');
		const { body: created } = await live.create(one.ask, 'contested', '{"n":0}');
		const { body: object } = await one.ask<{ metadata: { version_id: string } }>('GET', `/vault/v1/kv/${created.id}`);
		const answers = await Promise.all(
			Array.from({ length: UPDATES }, (_, index) =>
				(index % 2 ? one : two).ask('PUT', `/vault/v1/kv/${created.id}`, {
					value: `{"n":${index + 1}}`,
					version_check: object.metadata.version_id,
				}),
			),
		);
		const winners = answers.flatMap(({ status }, index) => (status === 201 ? [index + 1] : []));
		assert.equal(winners.length, 1);
		assert.equal(answers.filter(({ status }) => status === 409).length, UPDATES - 1);
		const kept = await keptUnder(two.ask, 'contested');
		assert.deepEqual(kept?.values, ['{"n":0}', `{"n":${winners[0]}}`]);
	});

	test('of 100 updates with the same number, half of them in the catalogue, one takes effect', async () => {
		const { one, two } = await startTwo('both.db');
		const { body: created } = await catalogue.create(one.ask, 'contested', '{"n":0}');
		const { body: object } = await one.ask<{ metadata: { version_id: string } }>('GET', `/vault/v1/kv/${created.id}`);
		const { id } = created;
		const answers = await Promise.all(
			Array.from({ length: UPDATES }, (_, index) => {
				const { ask } = index % 2 ? one : two;
				return index % 4 < 2
					? ask('PUT', `/vault/v1/kv/${id}`, { value: '{}', version_check: object.metadata.version_id })
					: ask('PUT', '/vault/object/update', { id, data: {}, version: 1 });
			}),
		);
		assert.equal(answers.filter(({ status }) => status === 201 || status === 200).length, 1);
		assert.equal(answers.filter(({ status }) => status === 409).length, UPDATES - 1);
		assert.deepEqual((await keptUnder(two.ask, 'contested'))?.values, ['{"n":0}', '{}']);
	});
});

/** One operation; what the other process has to see at once is asked of that one. */
async function operate(here: Ask, there: Ask, choice: Choice, writer: Writer): Promise<void> {
	const kind = choice.of(['write', 'write', 'write', 'read', 'list', 'data key'] as const);
	if (kind === 'write') {
		await writer.write(here);
	} else if (kind === 'read' && writer.names.length > 0) {
		const name = choice.of(writer.names);
		writer.compare(name, await keptUnder(there, name));
	} else if (kind === 'data key') {
		const made = await here('POST', '/vault/v1/keys/data-key', { context: { team: 'writers' } });
		const opened = await there('POST', '/vault/v1/keys/decrypt', { keys: made.body.encrypted_keys });
		assert.equal(opened.body.data_key, made.body.data_key);
	} else {
		const { status, body } = await here<{ data: { name: string }[] }>('GET', '/vault/v1/kv?limit=100&order=desc');
		assert.equal(status, 200);
		assert.equal(new Set(body.data.map(({ name }) => name)).size, body.data.length);
	}
}
