import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { connect as connectTo, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import * as vscode from 'vscode';
import { key, ofAnotherHost } from '../../../support/certificates';
import {
	announced,
	clearNotifications,
	closeEditors,
	connect,
	connectionItem,
	notification,
	openOrganization,
	openSidebar,
	reveal,
	startConnecting,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

suite('Connecting with an API key', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault();
	});
	suiteTeardown(async () => {
		await clearNotifications();
		vault.stop();
	});

	test('the welcome view has two doors', async () => {
		await openSidebar();
		await ui.waitFor('.welcome-view .monaco-button:has-text("Connect with an API Key…")');
		await ui.waitFor('.welcome-view .monaco-button:has-text("Try Local Vault")');
		await ui.screenshot('connect-1-welcome');
	});

	test('an address that is neither https nor this machine is refused while it is typed', async () => {
		await quickInput.runCommand('WorkOS Vault: Connect with an API Key…');
		await quickInput.pick('Another Address…');
		await quickInput.fill('http://vault.example.com');
		await eventually(async () => assert.match(await quickInput.message(), /must start with https/));
		await ui.press('Escape');
	});

	test('a publishable key and a client ID get a sentence of their own, and the key is masked', async () => {
		await startConnecting(vault.url);
		assert.equal(await quickInput.isMasked(), true);
		await quickInput.fill('pk_live_123');
		await eventually(async () => assert.match(await quickInput.message(), /publishable key/));
		await ui.screenshot('connect-2-wrong-prefix');
		await quickInput.fill('client_123');
		await eventually(async () => assert.match(await quickInput.message(), /client ID/));
		await quickInput.fill('hello');
		await eventually(async () => assert.match(await quickInput.message(), /starts with sk_/));
		await ui.press('Enter');
		assert.equal(await quickInput.isMasked(), true, 'a wrong key was taken');
		await ui.press('Escape');
	});

	test('a key that the vault refuses is not stored', async () => {
		await startConnecting(vault.url);
		await quickInput.answer('sk_test_wrong');
		await notification('The vault refused this API key.');
		await ui.screenshot('connect-3-refused');
		await clearNotifications();
		await ui.waitFor('.welcome-view .monaco-button:has-text("Connect with an API Key…")');
		assert.equal(await ui.count(connectionItem), 0);
	});

	test('a vault that can’t be reached is named, and nothing is stored', async () => {
		await startConnecting('http://127.0.0.1:9');
		await quickInput.answer('sk_test_any');
		await notification('Cannot reach 127.0.0.1:9.');
		await clearNotifications();
		await ui.waitFor('.welcome-view .monaco-button:has-text("Connect with an API Key…")');
	});

	suite('through the network’s proxy', () => {
		/** What it does with a tunnel: asks who wants one, or leads it to a server of its own. */
		let isAsking = true;
		let proxy: http.Server;
		let server: https.Server;
		const portOf = (one: http.Server | https.Server) => (one.address() as AddressInfo).port;
		const isOldest = vscode.version.startsWith('1.105.');
		const network = () => vscode.workspace.getConfiguration('http');

		suiteSetup(async () => {
			server = https.createServer({ cert: ofAnotherHost, key }, (request, response) => {
				const { method = '', url = '', headers } = request;
				const passed = http.request(`${vault.url}${url}`, {
					method,
					headers: { ...headers, host: new URL(vault.url).host },
				});
				passed.on('response', (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers)));
				request.pipe(passed);
			});
			await once(server.listen(0, '127.0.0.1'), 'listening');
			proxy = http.createServer();
			proxy.on('connect', ({ headers }, client: Duplex) => {
				if (isAsking && headers['proxy-authorization'] !== `Basic ${btoa('ann:p@ss')}`) {
					client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
					return;
				}
				const tunnel = connectTo(portOf(server), '127.0.0.1', () => {
					client.write('HTTP/1.1 200 Connection established\r\n\r\n');
					tunnel.pipe(client).pipe(tunnel);
				});
				for (const end of [tunnel, client]) end.on('error', () => [tunnel, client].forEach((one) => one.destroy()));
			});
			await once(proxy.listen(0, '127.0.0.1'), 'listening');
			await network().update('proxy', `http://127.0.0.1:${portOf(proxy)}`, vscode.ConfigurationTarget.Global);
		});
		suiteTeardown(async () => {
			delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
			await network().update('proxy', undefined, vscode.ConfigurationTarget.Global);
			for (const one of [proxy, server]) {
				one.closeAllConnections();
				one.close();
			}
		});

		test('one that wants a user name and a password is named', async () => {
			await startConnecting('https://vault.example');
			await quickInput.answer('sk_test_any');
			await notification('The network’s proxy wants a user name and a password. Set “http.proxy”');
			await ui.screenshot('connect-5-proxy');
			await clearNotifications();
		});

		test('a certificate that is not trusted is named, with what to do', async () => {
			isAsking = false;
			await startConnecting('https://vault.example');
			await quickInput.answer('sk_test_any');
			await notification('This machine does not trust who made the certificate of vault.example.');
			await ui.screenshot('connect-6-certificate');
			await clearNotifications();
		});

		test('one that wants a user name and a password lets through who has both in the address, unless VS Code is too old to send them', async () => {
			// VS Code hands its own list of authorities to each tunnel: certificates are what the test before this one is about.
			process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
			isAsking = true;
			await network().update(
				'proxy',
				`http://ann:p%40ss@127.0.0.1:${portOf(proxy)}`,
				vscode.ConfigurationTarget.Global,
			);
			if (isOldest) {
				await startConnecting('https://other.example');
				await quickInput.answer(vault.apiKey);
				await notification('an address with both, which an older VS Code does not send');
				await clearNotifications();
				return;
			}
			await connect({ ...vault, url: 'https://other.example' }, 'Through the proxy');
			assert.match((await ui.texts(connectionItem)).join(), /Through the proxy/);
			await ui.screenshot('connect-7-through-the-proxy');
			await quickInput.runCommand('WorkOS Vault: Sign Out…');
			await notification('Signed out');
			await clearNotifications();
		});
	});

	test('the right key connects, and the status bar names the connection', async () => {
		await connect(vault, 'Staging');
		assert.equal(await ui.treePicture(), '▸ Acme\n▸ Globex\n▸ No organization');
		assert.match((await ui.texts(connectionItem)).join(), /Staging/);
		await ui.screenshot('connect-4-connected');
	});

	test('a second connection can be made, and switched to and back', async () => {
		const other = await startVault();
		try {
			await connect(other, 'Other');
			await ui.click(connectionItem);
			await quickInput.pick('Staging');
			await eventually(async () => assert.match((await ui.texts(connectionItem)).join(), /Staging/));
			await ui.waitFor(row('Acme'));
		} finally {
			other.stop();
		}
	});

	test('after switching, which is told, the focus is on the tree and not in a tab of the vault before', async () => {
		const other = await startVault();
		try {
			await connect(other, 'Third');
			await openOrganization('Acme');
			await reveal('database-url', (await other.read('database-url')).value);
			await ui.click('.monaco-editor .view-line');
			await ui.waitFor('.monaco-editor.focused');
			await quickInput.runCommand('WorkOS Vault: Switch Connection…');
			await quickInput.pick('Staging');
			await announced('Connected to “Staging”.');
			await eventually(async () => {
				const shown = (await ui.notifications()).map(({ message }) => message);
				assert.ok(!shown.some((message) => message.includes('Third')), 'what is not true any more is gone');
			});
			await ui.waitFor('.part.sidebar .monaco-list:focus');
			await ui.screenshot('connect-7-switched');
		} finally {
			other.stop();
			await closeEditors();
		}
	});

	test('signing out goes back to the welcome view', async () => {
		for (const name of ['Third', 'Other', 'Staging']) {
			await vscode.commands.executeCommand('notifications.clearAll');
			await quickInput.runCommand('WorkOS Vault: Sign Out…');
			if (name !== 'Staging') await quickInput.pick(name);
			await notification(`Signed out of “${name}”`);
		}
		await ui.waitFor('.welcome-view .monaco-button:has-text("Connect with an API Key…")');
		assert.equal(await ui.count(connectionItem), 0);
	});
});
