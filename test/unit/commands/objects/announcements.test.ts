import assert from 'node:assert/strict';
import { commands, type CommandId } from '../../../../src/commands';
import { VaultError } from '../../../../src/vault/errors';
import { fromPalette, makeApp, type FakeApp } from '../../../support/fakes';

interface Act {
	readonly does: string;
	readonly command: CommandId;
	readonly isProduction?: boolean;
	readonly prepare?: (made: FakeApp) => void;
	readonly told: string;
	/** Whether the focus is on the tree then. */
	readonly leadsToTree?: boolean;
}

const key = 'sk_test_0123456789';
const isPresented = ({ privacy }: FakeApp) => (privacy.isPresenting = true);
const select =
	(...texts: string[]) =>
	({ textEditor, vault, ui }: FakeApp) => {
		textEditor.line = texts.join(' ');
		textEditor.selected = texts;
		vault.addOrganizations('Acme');
		ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
	};

const acts: readonly Act[] = [
	{
		does: 'connecting with an API key',
		command: 'workosVault.connectWithApiKey',
		prepare: ({ ui }) =>
			ui
				.picks(/Where/, 'WorkOS')
				.types(/secret API key/, key)
				.types(/A name/, 'Sandbox'),
		told: 'Connected to “Sandbox”.',
		leadsToTree: true,
	},
	{
		does: 'starting Local Vault',
		command: 'workosVault.tryLocalVault',
		told: 'Connected to “Local Vault”.',
		leadsToTree: true,
	},
	{
		does: 'starting an empty Local Vault',
		command: 'workosVault.startEmptyLocalVault',
		prepare: ({ ui }) => ui.confirms(/empty/, true),
		told: 'Connected to “Local Vault”.',
		leadsToTree: true,
	},
	{
		does: 'switching to a production connection',
		command: 'workosVault.switchConnection',
		isProduction: true,
		prepare: ({ ui }) => ui.picks(/Which vault/, 'Staging'),
		told: 'Connected to “Staging”, a production vault.',
		leadsToTree: true,
	},
	{
		does: 'switching to a connection whose key is not here',
		command: 'workosVault.switchConnection',
		prepare: ({ ui, connections }) => {
			connections.keys.clear();
			ui.picks(/Which vault/, 'Staging').types(/secret API key/, key);
		},
		told: 'Connected to “Staging”.',
		leadsToTree: true,
	},
	{
		does: 'replacing an API key',
		command: 'workosVault.replaceApiKey',
		prepare: ({ ui }) => ui.types(/secret API key/, key),
		told: 'Replaced the API key of “Staging”.',
	},
	{
		does: 'marking a connection as production',
		command: 'workosVault.markProduction',
		prepare: ({ ui }) => ui.picks(/lead to/, 'Production'),
		told: '“Staging” is marked as production, and read-only. What is open already stays in its editor.',
	},
	{
		does: 'taking the mark away',
		command: 'workosVault.markProduction',
		isProduction: true,
		prepare: ({ ui }) => ui.picks(/lead to/, 'Another Environment'),
		told: '“Staging” is not marked as production.',
	},
	{
		does: 'allowing changes',
		command: 'workosVault.allowChanges',
		isProduction: true,
		told: '“Staging” can be changed for 10 minutes.',
	},
	{
		does: 'allowing changes where they are refused',
		command: 'workosVault.createObject',
		isProduction: true,
		prepare: ({ ui, vault }) => {
			vault.addOrganizations('Acme');
			ui.presses(/read-only/, 'Allow Changes for 10 Minutes').picks(/organization/, undefined);
		},
		told: '“Staging” can be changed for 10 minutes.',
	},
	{
		does: 'making it read-only again',
		command: 'workosVault.forbidChanges',
		isProduction: true,
		told: 'Production connections are read-only again.',
	},
	{ does: 'locking', command: 'workosVault.lockNow', told: 'WorkOS Vault is locked.' },
	{
		does: 'unlocking',
		command: 'workosVault.unlock',
		prepare: ({ privacy }) => (privacy.isLocked = true),
		told: 'WorkOS Vault is unlocked.',
	},
	{
		does: 'starting presentation mode',
		command: 'workosVault.startPresentation',
		told: 'Presentation mode is on: no value is shown or copied in any window.',
	},
	{
		does: 'stopping presentation mode',
		command: 'workosVault.stopPresentation',
		prepare: isPresented,
		told: 'Presentation mode is off.',
	},
	{ does: 'hiding values', command: 'workosVault.hideValues', told: 'Revealed values are hidden. Drafts stay open.' },
	{
		does: 'grouping',
		command: 'workosVault.groupBy',
		prepare: ({ ui }) => ui.picks(/Group By/, 'Nothing'),
		told: 'Grouped by nothing.',
	},
	{
		does: 'sorting',
		command: 'workosVault.sortBy',
		prepare: ({ ui }) => ui.picks(/Sort By/, 'Last Change'),
		told: 'Sorted by last change.',
	},
	{
		does: 'filtering',
		command: 'workosVault.filter',
		prepare: ({ ui }) => ui.types(/Filter the Tree/, 'stripe'),
		told: 'Filtered by “stripe”.',
	},
	{
		does: 'clearing a filter',
		command: 'workosVault.filter',
		prepare: ({ ui }) => ui.types(/Filter the Tree/, ''),
		told: 'The filter is cleared.',
	},
	{ does: 'viewing names whole', command: 'workosVault.viewAsList', told: 'Names are shown whole.' },
	{
		does: 'viewing parts of names as folders',
		command: 'workosVault.viewAsTree',
		told: 'The parts of names are folders.',
	},
	{
		does: 'encrypting one selection',
		command: 'workosVault.encryptSelection',
		prepare: select('s3cret'),
		told: 'Encrypted the selection.',
	},
	{
		does: 'encrypting two selections',
		command: 'workosVault.encryptSelection',
		prepare: select('s3cret', 's3cret too'),
		told: 'Encrypted 2 selections.',
	},
];

suite('What is announced', () => {
	for (const { does, command, isProduction = false, prepare, told, leadsToTree = false } of acts) {
		test(`${does} is told once, in a sentence without a secret`, async () => {
			const made = makeApp({ isProduction });
			prepare?.(made);
			await commands[command](made.app, fromPalette);
			made.ui.assertDone();
			assert.deepEqual(made.ui.announcements, [told]);
			assert.doesNotMatch(JSON.stringify([made.ui.announcements, made.ui.messages]), /s3cret|sk_test/);
			assert.equal(made.focused.length, leadsToTree ? 1 : 0);
		});
	}

	test('what was left or failed is not told', async () => {
		const left = makeApp();
		left.ui.picks(/Which vault/, undefined);
		await commands['workosVault.switchConnection'](left.app);
		assert.deepEqual([left.ui.announcements, left.focused], [[], []]);

		const failed = makeApp();
		failed.privacy.setLocked = () => Promise.reject(new VaultError('unexpected'));
		await assert.rejects(commands['workosVault.lockNow'](failed.app));
		assert.deepEqual(failed.ui.announcements, []);

		const changed = makeApp();
		select('s3cret')(changed);
		changed.textEditor.isReplaceable = false;
		await commands['workosVault.encryptSelection'](changed.app);
		assert.deepEqual(changed.ui.announcements, []);
	});
});
