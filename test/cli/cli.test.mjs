import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { ensureWorkosCli } from '../../scripts/toolchain/workosCli.mjs';

suite('The published WorkOS CLI on Local Vault', function () {
	// The CLI may have to be installed, and every command is a process that loads for half a second.
	this.timeout(120_000);
	const organization = 'org_01JDEM0000000000000000CLI1';
	const apiKey = 'sk_test_cli';
	let folder;
	let server;
	let url;
	let program;
	let attempts;

	/** Runs a command as a person does, apart from this machine's home, keys and keychain. */
	const workos = (...args) => workosWith({}, ...args);

	async function workosWith(env, ...args) {
		const child = spawn(process.execPath, [program, ...args, '--insecure-storage'], {
			cwd: folder,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {
				PATH: process.env.PATH,
				HOME: folder,
				USERPROFILE: folder,
				WORKOS_TELEMETRY: 'false',
				NODE_OPTIONS: `--require ${JSON.stringify(inRoot('test', 'cli', 'loopbackOnly.cjs'))}`,
				ATTEMPTS_FILE: attempts,
				...env,
			},
		});
		const printed = { stdout: '', stderr: '' };
		for (const stream of ['stdout', 'stderr'])
			child[stream].setEncoding('utf8').on('data', (text) => (printed[stream] += text));
		const [code] = await once(child, 'close');
		return { code, ...printed };
	}

	/** What a command that succeeds answers. */
	async function answer(...args) {
		const { code, stdout, stderr } = await workos(...args);
		assert.equal(code, 0, `workos ${args.join(' ')}\n${stdout}${stderr}`);
		assert.equal(stderr, '');
		return JSON.parse(stdout);
	}

	/** The code and message that a command fails with. */
	async function failure(...args) {
		const { code, stdout, stderr } = await workos(...args);
		assert.deepEqual([code, stdout], [1, ''], `workos ${args.join(' ')}\n${stderr}`);
		return JSON.parse(stderr).error;
	}

	const create = async (name, value) =>
		(await answer('vault', 'create', '--name', name, '--value', value, '--org', organization)).data;

	suiteSetup(async () => {
		program = await ensureWorkosCli();
		folder = mkdtempSync(path.join(os.tmpdir(), 'workos-cli-'));
		attempts = path.join(folder, 'attempts');
		const args = ['--port', '0', '--api-key', apiKey];
		server = spawn(process.execPath, [inRoot('dist', 'localVault.js'), ...args], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [line] = await once(createInterface({ input: server.stdout }), 'line');
		({ url } = JSON.parse(line));
		await answer('env', 'add', 'local', apiKey, '--endpoint', url);
	});
	suiteTeardown(async () => {
		if (server?.exitCode === null) {
			const ended = once(server, 'close');
			server.kill();
			await ended;
		}
		if (folder) rmSync(folder, { recursive: true, force: true });
	});

	test('env add has kept the address and the key', async () => {
		assert.deepEqual((await answer('env', 'list')).data, [
			{ name: 'local', type: 'sandbox', active: true, endpoint: url, hasApiKey: true, hasClientId: false },
		]);
	});

	test('create makes an object, which get and get-by-name read', async () => {
		const created = await create('cli/read me: é', 'first');
		assert.deepEqual(created.context, { organizationId: organization });
		const expected = { id: created.id, name: 'cli/read me: é', value: 'first', metadata: created };
		assert.deepEqual(await answer('vault', 'get', created.id), expected);
		assert.deepEqual(await answer('vault', 'get-by-name', 'cli/read me: é'), expected);
	});

	test('list shows the names, a page at a time', async () => {
		const ids = [];
		for (const name of ['cli/list 1', 'cli/list 2']) ids.push((await create(name, 'listed')).id);
		const first = await answer('vault', 'list', '--limit', '1', '--order', 'desc');
		const { after } = first.listMetadata;
		const second = await answer('vault', 'list', '--limit', '1', '--order', 'desc', '--after', after);
		assert.deepEqual(
			[first, second].map(({ data }) => data.map(({ id, name }) => [id, name])),
			[[[ids[1], 'cli/list 2']], [[ids[0], 'cli/list 1']]],
		);
	});

	test('update under --version-check publishes once, and is refused when the version is old', async () => {
		const { id, versionId } = await create('cli/update', 'first');
		const update = ['vault', 'update', id, '--version-check', versionId, '--value'];
		const { data } = await answer(...update, 'second');
		assert.notEqual(data.metadata.versionId, versionId);
		assert.equal((await failure(...update, 'third')).code, 'http_409');
		assert.equal((await answer('vault', 'get', id)).value, 'second');
	});

	test('describe shows everything but the value', async () => {
		const created = await create('cli/describe', 'hidden');
		const described = await answer('vault', 'describe', created.id);
		assert.deepEqual(described, { id: created.id, name: 'cli/describe', metadata: created });
	});

	test('list-versions shows the versions, newest first', async () => {
		const { id, versionId } = await create('cli/versions', 'first');
		const { data } = await answer('vault', 'update', id, '--value', 'second');
		assert.deepEqual(
			(await answer('vault', 'list-versions', id)).map((version) => [version.id, version.currentVersion]),
			[
				[data.metadata.versionId, true],
				[versionId, false],
			],
		);
	});

	test('delete makes the object unavailable', async () => {
		const { id } = await create('cli/delete', 'gone');
		assert.deepEqual(await answer('vault', 'delete', id), {
			status: 'ok',
			message: 'Deleted vault object',
			data: { id },
		});
		assert.deepEqual(await failure('vault', 'get', id), { code: 'http_404', message: 'Vault not found.' });
	});

	test('a wrong key is refused', async () => {
		const { code } = await failure('vault', 'list', '--api-key', 'sk_test_other');
		assert.equal(code, 'http_401');
	});

	test('nothing but 127.0.0.1 was asked for, and the home holds the configuration only', async () => {
		const hosts = (file) => readFileSync(file, 'utf8').trim().split('\n');
		await answer('vault', 'list');
		assert.deepEqual([...new Set(hosts(attempts))], ['127.0.0.1']);
		assert.deepEqual(readdirSync(path.join(folder, '.workos')), ['config.json']);

		// In a terminal the CLI asks npm for a newer version of itself: that this is seen shows that the above means something.
		const control = path.join(folder, 'control');
		await workosWith({ ATTEMPTS_FILE: control, WORKOS_MODE: 'human', WORKOS_FORCE_TTY: '1' }, 'env', 'list');
		assert.match(hosts(control).join(), /^[^,]*npm[^,]*$/);
	});
});
