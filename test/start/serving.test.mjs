import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { inRoot } from '../../scripts/toolchain/paths.mjs';

const mark = randomUUID();

/** Runs npm start's program as a terminal does, in a process group of its own. */
function start(profile) {
	const child = spawn(process.execPath, [inRoot('scripts', 'start.mjs'), '--web', '--profile', profile], {
		cwd: inRoot(),
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, STARTED_BY_TEST: mark },
	});
	const started = { child, printed: '', ended: once(child, 'close') };
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text) => (started.printed += text));
	return started;
}

async function until(isSo, what) {
	for (const end = Date.now() + 60_000; !isSo(); await delay(50)) assert.ok(Date.now() < end, what());
}

/** The processes that a start has left, whoever their parent is by now: all have inherited its mark. */
const left = () =>
	readdirSync('/proc').filter((pid) => {
		try {
			return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
		} catch {
			return false; // ended meanwhile, or another user's
		}
	});

suite('npm start without VS Code desktop', function () {
	this.timeout(90_000);
	let profile;
	let running;
	let address;

	async function serve() {
		running = start(profile);
		const find = () => /^ {2}(http:\/\/127\.0\.0\.1:\d+\/\?token=\w+)$/m.exec(running.printed)?.[1];
		await until(
			() => find() ?? running.child.exitCode !== null,
			() => running.printed,
		);
		address = find();
		assert.ok(address, running.printed);
	}

	suiteSetup(() => {
		profile = mkdtempSync(path.join(os.tmpdir(), 'npm-start-'));
	});
	suiteTeardown(() => {
		for (const pid of left()) process.kill(Number(pid), 'SIGKILL');
		rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	});

	test('prints an address that serves VS Code with the extension', async () => {
		await serve();
		const entrance = await fetch(address, { redirect: 'manual' });
		assert.equal(entrance.status, 302);
		const [cookie] = entrance.headers.get('set-cookie').split(';');
		const page = await fetch(new URL(entrance.headers.get('location'), address), { headers: { cookie } });
		assert.equal(page.status, 200);
		const html = (await page.text()).replaceAll('&quot;', '"');
		for (const folder of [inRoot(), inRoot('scripts', 'start', 'opener')]) {
			assert.match(html, new RegExp(`"extensions":\\[[^\\]]*${RegExp.escape(`"path":${JSON.stringify(folder)}`)}`));
		}
	});

	test('lets nobody in without the token', async () => {
		assert.equal((await fetch(new URL('/', address))).status, 403);
		assert.equal((await fetch(new URL('/?token=0123456789abcdef', address))).status, 403);
	});

	test('says so when it is running already', async () => {
		const second = start(profile);
		const [code] = await second.ended;
		assert.equal(code, 1, second.printed);
		assert.match(second.printed, /\nnpm start is running already/);
		assert.equal((await fetch(new URL('/', address))).status, 403, 'the first one has ended');
	});

	test('ends cleanly with Ctrl+C, and leaves no process', async () => {
		assert.ok(left().length > 1, 'the mark finds nothing');
		process.kill(-running.child.pid, 'SIGINT');
		const [code] = await running.ended;
		assert.equal(code, 0, running.printed);
		assert.deepEqual(left(), []);
	});

	test('leaves no process when it is killed, and has the same address after it', async () => {
		const { host } = new URL(address);
		await serve();
		assert.equal(new URL(address).host, host);
		running.child.kill('SIGKILL');
		await until(
			() => left().length === 0,
			() => `left: ${left().join(', ')}`,
		);
	});
});
