import assert from 'node:assert/strict';
import {
	acme,
	clickAsking,
	connect,
	hurry,
	largeSeed,
	leave,
	openSidebar,
	slowLookUps,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

/** Fewer than a scan may look up in a minute: it would wait for the next one. */
const count = 800;

suite('Looking many objects up', () => {
	let vault: TestVault;
	suiteSetup(async () => {
		await openSidebar();
		vault = await startVault(largeSeed(count), slowLookUps(600));
		await connect(vault, 'Large');
	});
	suiteTeardown(() => leave(vault));

	/** What the view says of the scan, above its rows. */
	const progress = async () => (await ui.texts('.part.sidebar .pane-body .message')).join('').trim();
	const firstRows = async (most: number) =>
		(await ui.treePicture())
			.split('\n')
			.filter((line) => /^ {2}[▸▾] service-/.test(line))
			.slice(0, most)
			.map(
				(line) =>
					line
						.trim()
						.replace(/^[▸▾] /, '')
						.split('  ')[0],
			);

	test('shows what is known so far, and how far it is', async () => {
		await ui.openRow(acme.name);
		await eventually(async () => assert.match(await progress(), /\d+ of about 800 indexed/));
		await eventually(async () => assert.ok((await firstRows(20)).length === 20));
		await ui.waitFor('.part.sidebar .monaco-progress-container.active');
		const ofRow = async () => Number(/Indexing objects… {2}(\d+) of/.exec(await ui.treePicture())?.[1]);
		const start = await eventually(async () => {
			const looked = await ofRow();
			assert.ok(looked >= 0);
			return looked;
		});
		await eventually(async () => assert.ok((await ofRow()) > start));
		await ui.screenshot('scan-1-in-progress');
	});

	test('grows in place: rows that are there keep their places, and a selected one stays selected', async () => {
		const selected = async () => (await ui.treeRows()).filter((one) => one.selected).map(({ label }) => label);
		const before = await firstRows(20);
		const [third] = before.slice(2);
		assert.ok(third);
		// Where rows are drawn in the middle of the click, it goes nowhere, or to another row than the robot was told.
		const chosen = await eventually(async () => {
			await ui.click(`${row(third)} .label-name`);
			return eventually(async () => {
				const [one] = await selected();
				assert.ok(one);
				return one;
			}, 3_000);
		});
		const start = await progress();
		await eventually(async () => assert.notEqual(await progress(), start));
		assert.deepEqual(await firstRows(20), before);
		assert.deepEqual(await selected(), [chosen]);
		await ui.click(`${row(chosen)} .label-name`);
	});

	test('can be stopped, and goes on where it was', async () => {
		await ui.click('.part.sidebar .action-label[aria-label^="Stop Indexing"]');
		await eventually(async () => assert.match(await ui.treePicture(), /· Continue Indexing {2}\d/));
		await eventually(async () => assert.equal(await progress(), ''));
		await ui.screenshot('scan-2-stopped');
		await ui.clickAway('Continue Indexing');
		await eventually(async () => {
			assert.match(await progress(), /^[2-9]\d\d of about 800 indexed/);
		});
	});

	test('the row that tells of it has a button to stop it, too', async () => {
		// The row is drawn anew while it counts, and moves down: the pointer may have to find it again.
		await eventually(async () => {
			await ui.scrollTo('Indexing objects…');
			await ui.scrollTo('No organization');
			await ui.clickRowAction('Indexing objects…', 'stop-circle', { timeout: 1_500 });
			await ui.waitFor({ selector: row('Continue Indexing'), timeout: 5_000 });
		});
		await eventually(async () => assert.match(await ui.treePicture(), /· Continue Indexing {2}\d/));
		await ui.clickAway('Continue Indexing');
		await eventually(async () => assert.match(await progress(), /indexed/));
	});

	test('is in order of name when it is done, and says how many are left', async () => {
		await hurry(vault);
		await eventually(async () => assert.equal(await progress(), ''), 50_000);
		// The rows are drawn a moment after the message is gone.
		await eventually(async () => {
			const names = await firstRows(100);
			assert.equal(names.length, 100);
			assert.deepEqual(names, names.toSorted());
			assert.match(await ui.treePicture(), /· Load More \(300 left\)/);
		});
	});

	test('the funnel on an organization’s row filters its objects by name', async () => {
		await ui.scrollTo(acme.name);
		await clickAsking(acme.name, 'filter');
		await quickInput.answer('0012');
		await eventually(async () => {
			const picture = await ui.treePicture();
			assert.match(picture, /· Only names with “0012” {2}change or clear/);
			assert.equal(picture.match(/▸ service-/g)?.length, 6);
		});
		await ui.screenshot('scan-3-filtered');
	});
});
