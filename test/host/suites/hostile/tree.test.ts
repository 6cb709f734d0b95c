import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acme, connect, leave, openOrganization, startVault, type TestVault } from '../../driver/product';
import { logs } from '../../driver/logs';
import { eventually, row, ui } from '../../driver/ui';
import { assertTellsNothing, canary, said, traceIn } from './canary';
import { failures } from './failures';
import { type Heard, type HostileVault, startHostileVault } from './server';

const context = { organization_id: acme.id, data_type: canary.context };
const seed = { organizations: [acme], objects: [{ name: canary.name, value: canary.value, context }] };

/** A row that says what is wrong, and what stands there instead of rows. */
const warning = '.part.sidebar .monaco-list-row:has(.codicon-warning)';
const broken = `:is(${warning}, .part.sidebar .welcome-view .monaco-button):visible`;

suite('The tree over a vault that repeats secrets in its failures', () => {
	let vault: TestVault;
	let hostile: HostileVault;

	const refresh = () => vscode.commands.executeCommand('workosVault.refresh');
	/** What a row's tooltip says; one tooltip must be gone before the next can come. */
	const tooltipOf = (nth: number): Promise<string> =>
		eventually(async () => {
			await ui.hover('.part.statusbar');
			await ui.waitFor({ selector: '.monaco-hover:visible', timeout: 2_000 }, 'hidden');
			await ui.hover({ selector: `${warning}:visible`, nth, timeout: 2_000 });
			await ui.waitFor({ selector: '.monaco-hover:visible', timeout: 2_000 });
			return (await ui.texts('.monaco-hover:visible')).join('\n');
		});
	/** Everything that the window says when the tree was refreshed and could not be loaded, tooltips included. */
	const saidAfterRefresh = async (): Promise<string> => {
		await refresh();
		await ui.waitFor(broken);
		let text = await said();
		for (let nth = 0; nth < (await ui.count(`${warning}:visible`)); nth++) text += await tooltipOf(nth);
		return text;
	};
	/** Has the tree show everything again. */
	const recover = async (): Promise<void> => {
		hostile.answer();
		await refresh();
		await ui.waitFor(broken, 'hidden');
		await eventually(async () => {
			const rows = await ui.treeRows();
			const isOpen = (label: string) => rows.some((one) => one.label === label && one.expanded === true);
			for (const label of [acme.name, canary.name]) {
				if (isOpen(label)) continue;
				// The tooltip of the row where the mouse is may lie over this one.
				await ui.hover('.part.statusbar');
				await ui.click(row(label));
			}
			assert.ok(isOpen(acme.name) && isOpen(canary.name));
			assert.ok(rows.some(({ label }) => label === 'Version 1'));
		});
	};

	const setTooltipDelay = (milliseconds: number | undefined) =>
		vscode.workspace
			.getConfiguration('workbench')
			.update('hover.delay', milliseconds, vscode.ConfigurationTarget.Workspace);

	suiteSetup(async () => {
		await setTooltipDelay(300);
		vault = await startVault(seed);
		hostile = await startHostileVault(vault);
		await connect({ ...vault, url: hostile.url, apiKey: canary.apiKey }, 'Hostile tree');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		hostile.answer();
		await leave(vault);
		await hostile.refuse();
		await setTooltipDelay(undefined);
	});
	setup(recover);

	// One of each kind that the tree tells apart; the commands run into all of them.
	const kinds =
		/^a (307 to|(401|403|404|422|429|500) that repeats)|another shape|list of texts|a 502|cut after|not HTTP/;
	for (const [failure, answering] of Object.entries(failures).filter(([one]) => kinds.test(one))) {
		test(`${failure} brings no secret into the rows of a tree that can’t be loaded`, async () => {
			const before = logs().own.length;
			hostile.answer(answering);
			assertTellsNothing(await saidAfterRefresh(), 'The tree');
			assert.equal(traceIn(logs().own.slice(before)), undefined, 'The log');
		});

		test(`${failure} brings no secret into the rows of objects and versions that can’t be looked up`, async () => {
			const before = logs().own.length;
			const object = { name: `${canary.name}-new`, value: canary.value, key_context: context };
			const { id } = await vault.call<{ id: string }>('POST', '/vault/v1/kv', object);
			hostile.answer(answering, ({ url }: Heard) => /\/(metadata|versions)/.test(url));
			if (/404/.test(failure)) {
				// An object that is not found is gone, and has no row with a warning: what is left must tell nothing either.
				await refresh();
				await ui.waitFor(row(object.name), 'hidden');
				assertTellsNothing(await said(), 'The tree');
			} else assertTellsNothing(await saidAfterRefresh(), 'The tree');
			await vault.call('DELETE', `/vault/v1/kv/${id}`);
			assert.equal(traceIn(logs().own.slice(before)), undefined, 'The log');
		});
	}

	test('an address where nobody listens any more brings no secret into the tree', async () => {
		await hostile.refuse();
		assertTellsNothing(await saidAfterRefresh(), 'The tree');
		await hostile.listen();
	});
});
