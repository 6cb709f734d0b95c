import assert from 'node:assert/strict';
import {
	acme,
	clearNotifications,
	connect,
	find,
	leave,
	openSidebar,
	publishLater,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';
import { acmeCount, applicationSeed, askedProvider, askedUser, changedLately } from './seed';

async function groupBy(...levels: readonly string[]): Promise<void> {
	await quickInput.runCommand('WorkOS Vault: Group By…');
	const [only, ...others] = levels;
	if (only !== undefined && others.length === 0) return quickInput.pick(only);
	await quickInput.pick('Several Levels…');
	for (const level of levels) {
		await quickInput.pick(level);
		await eventually(async () => assert.equal((await quickInput.items()).includes(level), false));
	}
	await quickInput.pick('Done');
}

function print(what: string, since: number): void {
	console.log(`tour ${JSON.stringify({ what, ms: Math.round(performance.now() - since) })}`);
}

/** Runs a gesture, and prints how long it takes from its last click until what it leads to is drawn. */
async function painted(what: string, gesture: () => Promise<void>, drawn: string): Promise<void> {
	await gesture();
	const start = performance.now();
	await ui.waitFor(drawn);
	print(`painted: ${what}`, start);
}

suite('A tour of 20,000 objects in 300 organizations', () => {
	let vault: TestVault;
	const begin = performance.now();
	let shown = 0;

	suiteSetup(async function () {
		this.timeout(300_000);
		vault = await startVault(applicationSeed);
		await connect(vault, 'Application');
		await ui.click(row(acme.name));
		await ui.waitFor({ selector: `${row(acme.name)}:has-text("${acmeCount}")`, timeout: 120_000 });
		await ui.click(row(acme.name));
		print('starting the vault, connecting, indexing', begin);
		shown = performance.now();
	});
	suiteTeardown(async () => {
		print('the tour', shown);
		await leave(vault);
	});

	test('the first look says whose the objects are', async () => {
		const picture = await ui.treePicture();
		assert.ok(picture.startsWith(`▸ Acme  ${acmeCount}\n`));
		assert.match(picture, /▸ More organizations$/);
		await ui.screenshot('tour-1-first');
	});

	test('which secrets has this user?', async () => {
		await find(askedUser.id);
		await eventually(async () => assert.deepEqual((await quickInput.items()).sort(), askedUser.names.toSorted()));
		await ui.screenshot('tour-2-user');
		await ui.press('Escape');
	});

	test('which ones has this provider in this organization?', async () => {
		await painted(
			'by provider, then organization',
			() => groupBy('provider', 'Organization'),
			row('anthropic, provider'),
		);
		await ui.click(row(`${askedProvider.name}, provider`));
		await ui.click(row(acme.name));
		await ui.waitFor(`${row(acme.name)}[aria-expanded="true"]`);
		const picture = await ui.treePicture();
		assert.match(picture, new RegExp(`▾ ${acme.name} {2}${askedProvider.count}\\n`));
		await ui.screenshot('tour-3-provider');
	});

	test('what changed this week?', async () => {
		for (const name of changedLately) await publishLater(vault, name, 'another value');
		await ui.click('.part.sidebar .action-label.codicon-refresh');
		await eventually(async () => assert.match(await ui.treePicture(), /●|changed/));
		await painted('by nothing', () => groupBy('Nothing'), row('agent'));
		await ui.click('.part.sidebar .action-label.codicon-list-flat');
		await quickInput.runCommand('WorkOS Vault: Sort By…');
		await painted('by last change', () => quickInput.pick('Last Change'), row(changedLately[0] ?? ''));
		await eventually(async () => {
			const rows = (await ui.treeRows()).slice(0, changedLately.length);
			assert.deepEqual(
				rows.map(({ ariaLabel }) => changedLately.find((name) => ariaLabel.startsWith(name))),
				changedLately.toReversed(),
			);
		});
		await ui.screenshot('tour-4-changed');
	});

	test('a second window has it at once', async () => {
		const window = await ui.openWindow();
		try {
			await painted('a second window', () => openSidebar(window), row(changedLately[0] ?? ''));
		} finally {
			await ui.closeWindow(window);
			await clearNotifications();
		}
	});
});
