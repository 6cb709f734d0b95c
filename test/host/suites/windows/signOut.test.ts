import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
	connect,
	inStorage,
	loadPatience,
	notification,
	openSidebar,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const welcome = '.welcome-view .monaco-button:has-text("Connect with an API Key…")';

/** The list of connections that all windows of the profile share; no key is in it. */
const connectionList = inStorage('connections.json');

suite('Two windows', () => {
	let vault: TestVault;
	let second: number;
	let withShared: string;

	/** Chooses the connection in a window. */
	async function choose(window: number): Promise<void> {
		await quickInput.runCommand('WorkOS Vault: Switch Connection…', { window });
		await quickInput.pick('Shared', { window });
	}

	/** Puts the list as it was before in the place of the one that is there, whole, as the extension does. */
	function putBack(): void {
		writeFileSync(`${connectionList}.before`, withShared);
		renameSync(`${connectionList}.before`, connectionList);
	}

	/** Opens the second window anew: it reads the list of connections and the keys again. */
	async function reopenSecond(): Promise<void> {
		await ui.closeWindow(second);
		second = await ui.openWindow();
		await openSidebar(second);
	}

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Shared');
		second = await ui.openWindow();
	});
	suiteTeardown(async () => {
		await ui.closeWindow(second);
		vault.stop();
	});

	test('the second window opens the connection of the first', async () => {
		await openSidebar(second);
		await ui.waitFor({ selector: row('Acme'), window: second, timeout: loadPatience });
		await ui.screenshot('windows-1-second', { window: second });
	});

	test('with its entry in the list and its key, each window opens the connection', async () => {
		withShared = readFileSync(connectionList, 'utf8');
		putBack();
		await reopenSecond();
		for (const window of [0, second]) {
			await choose(window);
			await ui.waitFor({ selector: row('Acme'), window });
			// That it is connecting may be said for a while.
			await eventually(async () => assert.deepEqual(await ui.notifications({ window }), []));
		}
	});

	test('signing out in one ends the connection in the other', async () => {
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await notification('Signed out of “Shared”');
		await ui.waitFor(welcome);
		await ui.waitFor({ selector: welcome, window: second });
		await ui.screenshot('windows-2-signed-out', { window: second });
	});

	test('neither window offers the connection any more', async () => {
		for (const window of [0, second]) {
			await quickInput.runCommand('WorkOS Vault: Switch Connection…', { window });
			await quickInput.waitFor({ window });
			await eventually(async () => {
				const items = await quickInput.items({ window });
				assert.deepEqual(items, ['Connect with an API Key…', 'Try Local Vault']);
			});
			await ui.press('Escape', { window });
		}
	});

	test('with its entry put back in the list, each window asks for a key: none is kept', async () => {
		putBack();
		await reopenSecond();
		for (const window of [0, second]) {
			await choose(window);
			await eventually(async () => assert.equal(await quickInput.isMasked({ window }), true));
			assert.equal(await quickInput.title({ window }), 'API Key of “Shared”');
			assert.equal(await ui.count({ selector: row('Acme'), window }), 0);
			await ui.screenshot(`windows-3-no-key-${window}`, { window });
			await ui.press('Escape', { window });
			await quickInput.waitUntilClosed({ window });
		}
	});
});
