import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import {
	acme,
	clearNotifications,
	connect,
	hurry,
	inStorage,
	largeSeed,
	loadPatience,
	notification,
	openSidebar,
	slowLookUps,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const count = 1200;

suite('A window that is reloaded while objects are looked up', () => {
	let vault: TestVault;
	let window: number;
	suiteSetup(async () => {
		vault = await startVault(largeSeed(count), slowLookUps(150));
		await connect(vault, 'Reloaded');
		window = await ui.openWindow();
		await openSidebar(window);
		await ui.waitFor({ selector: row(acme.name), window, timeout: loadPatience });
	});
	suiteTeardown(async () => {
		await ui.closeWindow(window);
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await notification('Signed out');
		await clearNotifications();
		vault.stop();
	});

	const lookedUp = async () =>
		Number(/(\d[\d,]*) of \D*[\d,]+ indexed/.exec(await ui.treePicture({ window }))?.[1]?.replace(',', '') ?? -1);

	test('goes on where it was: no object is looked up twice but those that were under way', async function () {
		// A window is loaded in between.
		this.timeout(300_000);
		await ui.openRow(acme.name, { window });
		await eventually(async () => assert.ok((await lookedUp()) > 350, String(await lookedUp())), 40_000);
		const before = await lookedUp();
		await keptAnew();
		await ui.reload({ window });
		await eventually(async () => {
			await openSidebar(window);
			await ui.waitFor({ selector: row(acme.name), window });
		}, loadPatience);
		await eventually(async () => {
			// The row may have been that of the page that went.
			await openSidebar(window);
			await ui.openRow(acme.name, { window });
			const picture = await ui.treePicture({ window });
			assert.ok((await lookedUp()) > 0 || picture.includes('Load More'), picture);
		}, loadPatience);
		await ui.screenshot('scan-4-after-reload', { window });
		const now = await lookedUp();
		assert.ok(now === -1 || now > before / 2, 'it began anew');
		await hurry(vault);
		await eventually(async () => assert.match(await ui.treePicture({ window }), /Load More \(500 left\)/), 60_000);
		// From here on it tells its events.
		await vault.call('DELETE', '/_local/faults');
		const looked = await lookUps(vault);
		assert.ok(looked <= count * 1.25, `${looked} look-ups`);
	});
});

/** Waits until what the window learnt is written down once more. */
async function keptAnew(): Promise<void> {
	const folder = inStorage('catalogs');
	const times = () => readdirSync(folder).map((name) => statSync(path.join(folder, name)).mtimeMs);
	// A file that is being replaced is gone between the two looks at it.
	const before = await eventually(() => Math.max(...times()));
	// It is written 15 s after the time before, at the latest, and a busy machine takes its time to write.
	await eventually(() => assert.ok(Math.max(...times()) > before), 60_000);
}

/** How many metadata calls the vault has answered, as it says itself. */
async function lookUps(vault: TestVault): Promise<number> {
	let total = 0;
	for (let after = ''; ;) {
		const query = `events=vault.metadata.read&limit=100&order=asc${after && `&after=${after}`}`;
		const page = await vault.call<{ data: { id: string }[] }>('GET', `/events?${query}`);
		total += page.data.length;
		const last = page.data.at(-1);
		if (!last || page.data.length < 100) return total;
		after = last.id;
	}
}
