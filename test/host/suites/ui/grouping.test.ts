import assert from 'node:assert/strict';
import {
	acme,
	clickAsking,
	connect,
	find,
	globex,
	leave,
	loadPatience,
	openSidebar,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const openaiUser = 'user_01HX9Y3V6M2N4P7R9S1T3W5X7Z';
const named = (name: string, context: Record<string, string>) => ({ name, value: `value of ${name}`, context });

/** Names and key contexts as applications have them. */
const seed = {
	organizations: [acme, globex, { id: 'org_hooli', name: 'Hooli' }],
	objects: [
		named('anthropic/oauth/300', { organization_id: acme.id, provider: 'anthropic' }),
		named('anthropic/oauth/301', { organization_id: acme.id, provider: 'anthropic' }),
		named('openai/key', { organization_id: acme.id, provider: 'openai' }),
		named(`byok-gateway-${openaiUser}-slack`, { userId: openaiUser, provider: 'openai' }),
		named('shared', { userId: openaiUser }),
	],
};

/** The picture without ages: they change with the clock. */
const tree = async () => (await ui.treePicture()).replaceAll(/ {2}(now|\d+ \w+ ago)/g, '');

suite('Arranging the tree', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault(seed);
		await connect(vault, 'Arranged');
		await ui.expand(acme.name);
		await ui.waitFor(row('2 organizations without objects'));
	});
	suiteTeardown(async () => {
		await leave(vault);
	});

	test('organizations with objects come first, with counts, and names are folders', async () => {
		await ui.expand('anthropic/oauth');
		await eventually(async () =>
			assert.equal(
				await tree(),
				[
					'▾ Acme  3',
					'  ▾ anthropic/oauth  2',
					'    ▸ 300',
					'    ▸ 301',
					'  ▸ openai/key',
					'▸ No organization  2',
					'▸ 2 organizations without objects',
				].join('\n'),
			),
		);
		await ui.screenshot('group-1-organizations');
	});

	test('the title’s button shows whole names, and folders again', async () => {
		await ui.click('.part.sidebar .action-label.codicon-list-flat');
		await eventually(async () => assert.match(await tree(), /▾ Acme {2}3\n {2}▸ anthropic\/oauth\/300\n/));
		await ui.click('.part.sidebar .action-label.codicon-list-tree');
		await eventually(async () => assert.match(await tree(), /▾ Acme {2}3\n {2}[▸▾] anthropic\/oauth {2}2\n/));
	});

	test('Group By… a name of key contexts shows its values, and an id so that it is told apart', async () => {
		await quickInput.runCommand('WorkOS Vault: Group By…');
		await quickInput.pick('userId, 2 objects');
		await ui.expand(openaiUser);
		await eventually(async () =>
			assert.equal(
				await tree(),
				['▾ user_01H…3W5X7Z  2', '  ▸ byok-gateway-user_01H…3W5X7Z-slack', '  ▸ shared', '▸ No userId  3'].join('\n'),
			),
		);
		await ui.screenshot('group-2-user');
	});

	test('several levels are picked one after another', async () => {
		await quickInput.runCommand('WorkOS Vault: Group By…');
		await quickInput.pick('Several Levels…');
		await quickInput.pick('provider, 4 objects');
		await ui.screenshot('group-3-levels');
		await quickInput.pick('Organization');
		await quickInput.pick('Done');
		await ui.expand('openai, provider');
		await eventually(async () =>
			assert.equal(
				await tree(),
				['▸ anthropic  2', '▾ openai  2', '  ▸ Acme  1', '  ▸ No organization  1', '▸ No provider  1'].join('\n'),
			),
		);
		const message = async () => (await ui.texts('.part.sidebar .pane-body .message')).join('').trim();
		await eventually(async () => assert.equal(await message(), 'Grouped by provider, then organization'));
	});

	test('the funnel on a group’s row filters what is in it, and its row leads back', async () => {
		await clickAsking('openai, provider', 'filter');
		await quickInput.answer('acm');
		await eventually(async () =>
			assert.match(
				await tree(),
				/▾ openai {2}2 · filtered\n {2}· Only names with “acm” {2}change or clear\n {2}▸ Acme {2}1\n▸/,
			),
		);
		await clickAsking('Only names with');
		await quickInput.answer('');
		await eventually(async () =>
			assert.match(await tree(), /▾ openai {2}2\n {2}▸ Acme {2}1\n {2}▸ No organization {2}1\n/),
		);
	});

	test('Filter… in the title keeps the groups that hold what has the text, and says where nothing has it', async () => {
		await quickInput.runCommand('WorkOS Vault: Filter…');
		await quickInput.answer('slack');
		const isFiltered = /^· Only names with “slack” {2}change or clear\n▾ openai {2}1\n {2}▸ No organization {2}1$/;
		await eventually(async () => assert.match(await tree(), isFiltered));
		await ui.screenshot('group-6-filtered');
		await clickAsking('Only names with');
		await quickInput.answer('stripe');
		const isNothing = /^· Only names with “stripe” {2}change or clear\n· Nothing has “stripe” in its name$/;
		await eventually(async () => assert.match(await tree(), isNothing));
		await ui.screenshot('group-7-nothing');
		await clickAsking('Only names with');
		await quickInput.answer('');
		await ui.waitFor(row('anthropic, provider'));
	});

	test('Find Object… says that nothing matches', async () => {
		await find('zzz');
		const rows = '.quick-input-list .monaco-list-row';
		await eventually(async () =>
			assert.match((await ui.texts(rows)).join(), /Nothing matches “zzz”.*in 5 known objects/),
		);
		await ui.screenshot('group-8-no-match');
		await ui.press('Enter');
		await ui.press('Escape');
		await quickInput.waitUntilClosed();
	});

	test('another window has the tree arranged alike', async () => {
		const window = await ui.openWindow();
		try {
			await openSidebar(window);
			await ui.waitFor({ selector: row('openai, provider'), window, timeout: loadPatience });
			await ui.screenshot('group-4-other-window', { window });
		} finally {
			await ui.closeWindow(window);
		}
	});

	test('what others changed is on the badge, until all is marked as seen', async () => {
		await vault.publish('shared', 'newer');
		await quickInput.runCommand('WorkOS Vault: Refresh');
		const badge = '.activitybar .action-item:has([aria-label^="WorkOS Vault"]) .badge:visible';
		await eventually(async () => assert.deepEqual(await ui.texts(badge), ['1']));
		await ui.screenshot('group-5-badge');
		await quickInput.runCommand('WorkOS Vault: Mark All as Seen');
		await eventually(async () => assert.equal(await ui.count(badge), 0));
	});
});
