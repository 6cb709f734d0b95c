import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { Choice } from '../../support/choice';
import { keptUnder } from './dialects';
import { type Running, suiteFolder, suiteProcesses } from './running';
import { Writer } from './writer';

const KILLS = 50;
const WRITERS = 4;
const LONGEST_STREAM_MS = 150;

suite('Local Vault: kill -9', function () {
	this.timeout(300_000);
	const folder = suiteFolder();
	const run = suiteProcesses();

	test('fifty kills in a stream of writes lose nothing acknowledged, and leave no half of a write', async () => {
		const dataFile = path.join(folder.path, 'vault.db');
		const choice = new Choice(Math.random);
		const writers = Array.from({ length: WRITERS }, (_, index) => new Writer(`writer ${index}`, choice));
		const start = () => run(['--data', dataFile, '--requests-per-minute', '1000000']);
		for (let kills = 0; kills < KILLS; kills++) {
			const vault = start();
			const { ask } = await vault.ready;
			for (const writer of writers) {
				for (const name of writer.takeRecent()) writer.compare(name, await keptUnder(ask, name));
			}
			await killWhileWriting(vault, writers, choice.number(LONGEST_STREAM_MS));
		}

		const last = start();
		const { ask } = await last.ready;
		for (const writer of writers) {
			for (const name of writer.names) writer.compare(name, await keptUnder(ask, name));
		}
		last.child.kill();
		assert.equal((await last.ended).code, 0);
		const database = new DatabaseSync(dataFile);
		assert.deepEqual(
			database
				.prepare('PRAGMA integrity_check')
				.all()
				.map((row) => ({ ...row })),
			[{ integrity_check: 'ok' }],
		);
		database.close();

		const sum = (count: (writer: Writer) => number) => writers.map(count).reduce((one, other) => one + other);
		const [acknowledged, unanswered] = [sum((writer) => writer.acknowledged), sum((writer) => writer.unanswered.count)];
		assert.ok(acknowledged > KILLS && unanswered > KILLS, `${acknowledged} acknowledged, ${unanswered} unanswered`);
		const kept = sum((writer) => writer.unanswered.kept);
		console.log(
			`      ${KILLS} kills: ${acknowledged} writes acknowledged, 0 lost; ${unanswered} unanswered, ${kept} took effect`,
		);
	});
});

async function killWhileWriting(
	{ child, ready, ended }: Running,
	writers: readonly Writer[],
	ms: number,
): Promise<void> {
	const { ask } = await ready;
	const streams = writers.map(async (writer) => {
		try {
			for (;;) await writer.write(ask);
		} catch (error) {
			// The connection is gone with the process. An answer that says something else is a failure.
			if (!child.killed || error instanceof assert.AssertionError) throw error;
		}
	});
	const written = Promise.all(streams);
	await Promise.race([pause(ms), written]);
	child.kill('SIGKILL');
	await written;
	assert.equal((await ended).signal, 'SIGKILL');
}
