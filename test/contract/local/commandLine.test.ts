import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { suiteFolder, suiteProcesses } from './running';

suite('Local Vault: command line', () => {
	const folder = suiteFolder();
	const run = suiteProcesses();

	test('the first line says where it is, curl lists organizations and objects, SIGTERM ends it cleanly', async () => {
		const { child, ended, ready } = run(['--port', '0', '--seed', 'demo', '--api-key', 'sk_test_mine']);
		const { url, apiKey, pid } = await ready;
		assert.deepEqual([apiKey, pid], ['sk_test_mine', child.pid]);
		for (const [route, count] of [
			['/organizations', 5],
			['/vault/v1/kv?limit=50', 50],
		] as const) {
			const args = ['-sS', '-H', `Authorization: Bearer ${apiKey}`, url + route];
			const { stdout } = await promisify(execFile)('curl', args);
			assert.equal((JSON.parse(stdout) as { data: unknown[] }).data.length, count);
		}
		child.kill('SIGTERM');
		assert.deepEqual(await ended, { code: 0, signal: null, stderr: '' });
	});

	test('wrong arguments are a sentence and exit code 2', async () => {
		const wrong = [
			['--port', 'x'],
			['--port', '70000'],
			['--port'],
			['--latency', '-1'],
			['--requests-per-minute', '0'],
			['--api-key', 'pk_1'],
			['--data', ''],
			['--purge-after', '-1'],
			['--purge-after', '1.5'],
			['--purge-after', '36501'],
			['--purge-after'],
			['--maximum-keys', '0'],
			['--fault'],
			['--unknown'],
			['stray'],
		];
		const results = await Promise.all(wrong.map((args) => run(args).ended));
		for (const [index, { code, stderr }] of results.entries()) {
			assert.equal(code, 2, wrong[index]?.join(' '));
			assert.match(stderr, /\nUsage: localVault /);
			assert.doesNotMatch(stderr, /\n {4}at /);
		}
	});

	test('--help and -h print the usage and end with 0', async () => {
		for (const option of ['--help', '-h']) {
			const { child, ended } = run([option]);
			let printed = '';
			child.stdout?.on('data', (text: Buffer) => (printed += text.toString()));
			assert.deepEqual(await ended, { code: 0, signal: null, stderr: '' });
			assert.match(printed, /^Usage: localVault \[--port N\].*\[--help\]\n$/);
		}
	});

	test('a fault that can not be used is a sentence and exit code 2', async () => {
		const good = JSON.stringify({ route: 'GET /events', status: 503 });
		const wrong = [
			['', 'It is not JSON.'],
			['{"route"', 'It is not JSON.'],
			['null', 'The body must be a JSON object.'],
			['{}', '"route" must be a string.'],
			['{"route": "GET /events"}', 'The body must have a status, a cut or a delay_ms.'],
			['{"route": "GET /events", "status": 200}', '"status" must be a whole number from 400 to 599.'],
			['{"route": "GET /events", "cut": "after", "staus": 503}', 'The body must not hold "staus".'],
		] as const;
		const results = await Promise.all(wrong.map(([fault]) => run(['--fault', good, '--fault', fault]).ended));
		for (const [index, { code, stderr }] of results.entries()) {
			const [sentence, usage = ''] = stderr.split('\n');
			assert.deepEqual([code, sentence], [2, `The value of --fault can't be used: ${wrong[index]?.[1]}`]);
			assert.match(usage, /^Usage: localVault .*\[--purge-after DAYS\] \[--fault JSON\]… /);
		}
	});

	test('a port that is taken is a sentence and exit code 1', async () => {
		const first = run([]);
		const { port } = new URL((await first.ready).url);
		const second = await run(['--port', port]).ended;
		assert.deepEqual([second.code, second.stderr], [1, `Can't listen on port ${port} of 127.0.0.1: it is taken.\n`]);
		first.child.kill();
		await first.ended;
	});

	test('a Node without SQLite is a sentence and exit code 3', async () => {
		const { code, stderr } = await run([], { nodeFlags: ['--no-experimental-sqlite'] }).ended;
		assert.equal(code, 3);
		assert.match(stderr, /^Local Vault needs node:sqlite \(Node 22\.13 or newer\); this is Node [\d.]+\.\n$/);
	});

	test('with the root key on stdin it ends when stdin closes, and writes no key file', async () => {
		const dataFile = path.join(folder.path, 'stdin.db');
		const key = randomBytes(32).toString('base64');
		const start = (line: string) => {
			const started = run(['--data', dataFile, '--root-key-stdin']);
			started.child.stdin.write(`${line}\n`);
			return started;
		};
		const first = start(key);
		const { apiKey } = await first.ready;
		first.child.stdin.end();
		assert.deepEqual(await first.ended, { code: 0, signal: null, stderr: '' });
		assert.ok(!existsSync(`${dataFile}.key`));

		const second = start(key);
		assert.equal((await second.ready).apiKey, apiKey);
		second.child.stdin.end();
		await second.ended;

		const wrong = await start(randomBytes(32).toString('base64')).ended;
		assert.equal(wrong.code, 1);
		assert.match(wrong.stderr, /^The root key is not the one that this database was made with\./);
		const short = await start('AAAA').ended;
		assert.deepEqual([short.code, short.stderr], [1, 'The root key from stdin is not 32 bytes in base64.\n']);
		// Read leniently, each of them is 32 bytes: a key that was cut or joined must not open a vault under another one.
		for (const inexact of [key.slice(0, -1), `${key}AAAA`, `${key.slice(0, 20)} ${key.slice(20)}`]) {
			const { code, stderr } = await start(inexact).ended;
			assert.deepEqual([code, stderr], [1, 'The root key from stdin is not 32 bytes in base64.\n']);
		}
		const none = run(['--root-key-stdin']);
		none.child.stdin.end();
		assert.deepEqual(await none.ended, { code: 1, signal: null, stderr: 'No root key came on stdin.\n' });
	});

	test('without another root key it keeps one beside the database that only its owner reads', async () => {
		const dataFile = path.join(folder.path, 'beside.db');
		const { child, ended, ready } = run(['--data', dataFile]);
		await ready;
		child.kill();
		await ended;
		assert.equal((await stat(`${dataFile}.key`)).mode & 0o777, 0o600);
		const names = (await readdir(folder.path)).filter((name) => name.startsWith('beside.db'));
		assert.deepEqual(names.sort(), ['beside.db', 'beside.db.key']);
	});

	test('LOCAL_VAULT_ROOT_KEY is used, and has to be 32 bytes', async () => {
		const dataFile = path.join(folder.path, 'environment.db');
		const env = { LOCAL_VAULT_ROOT_KEY: randomBytes(32).toString('base64') };
		const { child, ended, ready } = run(['--data', dataFile], { env });
		await ready;
		child.kill();
		await ended;
		assert.ok(!existsSync(`${dataFile}.key`));
		const { code, stderr } = await run([], { env: { LOCAL_VAULT_ROOT_KEY: 'short' } }).ended;
		assert.equal(code, 1);
		assert.match(stderr, /^The root key from LOCAL_VAULT_ROOT_KEY /);
	});

	test('latency, the limits of requests and of keys, and faults are what was asked for', async () => {
		const options = ['--latency', '5', '--requests-per-minute', '7', '--maximum-keys', '1'];
		const faults = ['GET /events', 'GET /organizations'].flatMap((route) => [
			'--fault',
			JSON.stringify({ route, status: 503, times: 2 }),
		]);
		const { child, ended, ready } = run([...options, ...faults, '--purge-after', '0']);
		const { ask } = await ready;
		const {
			latency_ms: latency,
			requests_per_minute: requests,
			faults: count,
		} = (await ask('GET', '/_local/state')).body;
		assert.deepEqual([latency, requests, count], [5, 7, 2]);
		for (const route of ['/events', '/organizations']) {
			assert.deepEqual([(await ask('GET', route)).status, (await ask('GET', route)).status], [503, 503]);
		}
		const draft = { name: 'one', value: 'v', key_context: { a: '1' } };
		assert.equal((await ask('POST', '/vault/v1/kv', draft)).status, 201);
		const over = await ask('POST', '/vault/v1/kv', { ...draft, name: 'two', key_context: { b: '1' } });
		assert.deepEqual([over.status, over.body], [422, { error: 'Maximum unique keys reached' }]);
		assert.equal((await ask('GET', '/vault/v1/kv')).status, 200);
		assert.equal((await ask('GET', '/vault/v1/kv')).status, 429);
		child.kill();
		assert.deepEqual(await ended, { code: 0, signal: null, stderr: '' });
	});

	test('a seed file fills a new vault once', async () => {
		const seed = path.join(folder.path, 'seed.json');
		const dataFile = path.join(folder.path, 'seeded.db');
		const objects = [{ name: 'one', value: 'first', context: { organization_id: 'org_x' } }];
		await writeFile(seed, JSON.stringify({ organizations: [{ id: 'org_x', name: 'X' }, { name: 'Y' }], objects }));
		for (let time = 0; time < 2; time++) {
			const { child, ended, ready } = run(['--data', dataFile, '--seed', seed]);
			const { ask } = await ready;
			assert.equal((await ask('GET', '/organizations/org_x')).body.name, 'X');
			const { body } = await ask<{ data: unknown[] }>('GET', '/vault/v1/kv');
			assert.equal(body.data.length, 1);
			child.kill();
			await ended;
		}
	});

	test('a seed that can not be used is a sentence that quotes no value, and leaves nothing', async () => {
		const seed = path.join(folder.path, 'bad.json');
		const seeds: [string, RegExp][] = [
			['{"objects": [CANARY', /it is not JSON\.$/m],
			[
				'{"objects": [{"name": "", "value": "CANARY", "context": {}}]}',
				/, object 1 can't be used: "name" must have 1 to 200/,
			],
			['{"objects": "CANARY"}', /"objects" must be a list/],
			[
				JSON.stringify({ objects: [1, 2].map(() => ({ name: 'twice', value: 'CANARY', context: {} })) }),
				/Item already exists/,
			],
		];
		for (const [text, sentence] of seeds) {
			await writeFile(seed, text);
			const { code, stderr } = await run(['--seed', seed]).ended;
			assert.equal(code, 1);
			assert.match(stderr, sentence);
			assert.doesNotMatch(stderr, /CANARY|\n {4}at /);
		}
		const { stderr } = await run(['--seed', path.join(folder.path, 'none.json')]).ended;
		assert.match(stderr, /it is not there\.$/m);
		const notAFile = await run(['--seed', folder.path]).ended;
		assert.deepEqual([notAFile.code, notAFile.stderr.includes('not there')], [1, false]);
		assert.match(notAFile.stderr, /^The seed .+ can't be read: it is no readable file\.$/m);
	});
});
