import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	clickAsking,
	closeEditors,
	connect,
	leave,
	notification,
	openOrganization,
	openSidebar,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const clicks = 200;
const rowClicks = 25;
/** VS Code gathers what is to be drawn anew for 200 ms, and the tree for half a second: a click meets every part of it. */
const period = 900;
/** After which time without an answer a click counts as lost, in ms. */
const answerPatience = 10_000;

suite('Rows that are drawn anew', () => {
	let vault: TestVault;
	let created: string | undefined;

	suiteSetup(async () => {
		await openSidebar();
		vault = await startVault();
		await connect(vault, 'Busy');
		await openOrganization(acme.name);
		// What a button must not act on in its row's place.
		await ui.click(row('settings.json'));
	});
	suiteTeardown(() => leave(vault));

	/** Another object under the organization, or one fewer, as others would have it: all its rows are drawn anew. */
	const redraw = async (): Promise<void> => {
		if (created === undefined) {
			const object = { name: 'zze', value: 'z', key_context: { organization_id: acme.id } };
			created = (await vault.call<{ id: string }>('POST', '/vault/v1/kv', object)).id;
		} else {
			await vault.call('DELETE', `/vault/v1/kv/${created}`);
			created = undefined;
		}
		await vscode.commands.executeCommand('workosVault.refresh');
	};

	test('a button that comes without its row says that it was drawn anew, and neither asks nor takes what is selected', async () => {
		for (const name of ['revealValue', 'editValue', 'copyValue', 'deleteObject', 'createObjectHere', 'filterRow']) {
			// So VS Code runs the command of a row that it does not know.
			await vscode.commands.executeCommand(`workosVault.${name}`, undefined, undefined);
			await notification('The row was just drawn anew, so nothing was done. Press again.');
			assert.equal(await ui.count(`${quickInput.input}:visible`), 0, name);
			assert.equal(activeText(), undefined, name);
			await clearNotifications();
		}
	});

	test('from the palette, where there is no row either, it asks which object', async () => {
		await quickInput.runCommand('WorkOS Vault: Reveal Value');
		await eventually(async () => assert.ok((await quickInput.items()).includes('database-url')));
		await ui.press('Escape');
		await quickInput.waitUntilClosed();
	});

	test(`a button acts on its own row or says that the row was drawn anew, ${clicks} times at every moment of it`, async function () {
		this.timeout(600_000);
		const outcomes = { acted: 0, refused: 0 };
		let lost = 0;
		for (let index = 0; index < clicks; index++) {
			const drawing = redraw();
			await new Promise((resolve) => setTimeout(resolve, (index * period) / clicks));
			await ui.clickRowAction('database-url', 'eye');
			let lostAt = Date.now() + answerPatience;
			const outcome = await eventually(async () => {
				assert.equal(await ui.count(quickInput.input + ':visible'), 0, 'a list asks which object');
				if (activeText() !== undefined) return 'acted';
				const [shown] = await ui.notifications();
				// A click in the middle of the drawing goes nowhere.
				if (!shown && Date.now() > lostAt) {
					lostAt = Date.now() + answerPatience;
					lost++;
					await ui.clickRowAction('database-url', 'eye');
				}
				assert.match(shown?.message ?? '', /^The row was just drawn anew/);
				return 'refused';
			});
			if (outcome === 'acted') assert.match(activeText() ?? '', /^postgres:/);
			outcomes[outcome]++;
			await drawing;
			await closeEditors();
			await clearNotifications();
		}
		console.log(`      ${outcomes.acted} acted, ${outcomes.refused} refused, ${lost} clicks lost`);
		assert.ok(lost <= clicks / 20, `${lost} clicks were answered by nothing`);
	});

	test('a click on a row that asks does so, and where it was refused because the row was drawn anew, so does the next', async function () {
		this.timeout(600_000);
		await clickAsking(acme.name, 'filter');
		await quickInput.answer('e');
		const only = row('Only names with');
		await ui.waitFor(only);
		const outcomes = { asked: 0, refused: 0 };
		const isAsked = async (): Promise<boolean> => (await ui.count(`${quickInput.input}:visible`)) === 1;
		for (let index = 0; index < rowClicks; index++) {
			await ui.click(row('settings.json'));
			const drawing = redraw();
			await new Promise((resolve) => setTimeout(resolve, (index * period) / rowClicks));
			await ui.click(only);
			const outcome = await eventually(async () => {
				if (await isAsked()) return 'asked';
				const [shown] = await ui.notifications();
				if (shown) {
					assert.match(shown.message, /^The row was just drawn anew/);
					return 'refused';
				}
				// A click that VS Code lost while it drew the rows has selected none.
				if ((await ui.count(`${only}.selected`)) === 0) await ui.click(only);
				throw new Error('It neither asked nor said why not');
			});
			outcomes[outcome]++;
			await drawing;
			await eventually(async () => {
				if (await isAsked()) return;
				// "Press again" is said once more where it is pressed while the rows are still drawn.
				await clearNotifications();
				await ui.click(only);
				await ui.waitFor({ selector: `${quickInput.input}:visible`, timeout: 3_000 });
			});
			await ui.press('Escape');
			await quickInput.waitUntilClosed();
		}
		console.log(`      ${outcomes.asked} asked, ${outcomes.refused} refused`);
	});
});
