import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commands, type CommandId } from '../../src/commands';
import { Draft } from '../../src/vault/drafts/draft';
import { hasCode } from '../../src/vault/errors';
import { FakeDocument } from '../support/fakePorts';
import { fromPalette, makeApp, type FakeApp } from '../support/fakes';

interface Entry {
	/** Missing where a submenu stands. */
	readonly command?: CommandId;
	readonly when?: string;
}

interface Manifest {
	readonly contributes: {
		readonly commands: readonly { readonly command: CommandId; readonly title: string }[];
		readonly menus: Readonly<Record<string, readonly Entry[]>>;
	};
}

// Tests run in the repository's root.
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { menus } = contributes;
const palette = menus['commandPalette'] ?? [];
const conditions = new Map(palette.map(({ command, when = '' }) => [command, when]));
const shown = contributes.commands.filter(({ command }) => conditions.get(command) !== 'false');

/** In any other editor, VS Code does not know here what is selected. */
const unlessNothingIsSelected =
	'(editorHasSelection || activeEditor != workbench.editors.files.textFileEditor && activeEditor != workbench.editors.textResourceEditor)';
/** Both keys say what is known: as long as neither is set, everything is offered. */
const unlessNoCiphertext =
	'(resource not in workosVault.textsWithoutCiphertext || editorHasSelection && workosVault.selection != noCiphertext)';
const ofOurs = /^workosVault\.\w+ != \w+$/;

suite('The palette and the menus', () => {
	test('commands that need a row, or a failure before, are not in the palette, all others are', () => {
		const hidden = palette.filter(({ when }) => when === 'false');
		assert.deepEqual(
			hidden.map(({ command }) => command),
			[
				'workosVault.explainUnsaved',
				'workosVault.publishInFront',
				'workosVault.loadMore',
				'workosVault.retry',
				'workosVault.filterRow',
				'workosVault.refreshRow',
				'workosVault.createObjectHere',
				'workosVault.importEnvironmentHere',
				'workosVault.startEmptyLocalVault',
				'workosVault.copyNames',
				'workosVault.copyIds',
				'workosVault.deleteObjects',
			],
		);
	});

	test('no two commands of the palette have one title, and none has two conditions', () => {
		assert.equal(new Set(shown.map(({ title }) => title)).size, shown.length);
		assert.equal(conditions.size, palette.length);
	});

	test('in the palette, what is known not to work is left out, and no key has to be there', () => {
		for (const { command, when = '' } of palette) {
			// A scan runs only in a window where the extension is active, and this key is set.
			if (command === 'workosVault.stopScan' || when === 'false') continue;
			for (const part of when.replace(` && ${unlessNothingIsSelected}`, '').split(' && '))
				assert.ok(ofOurs.test(part) || /^!\w+$/.test(part), `${command}: ${when}`);
		}
	});

	test('in the menus of texts and files, no key of ours has to be there', () => {
		let ours = 0;
		for (const menu of ['editor/context', 'workosVault.text', 'explorer/context']) {
			for (const { command, when = '' } of menus[menu] ?? []) {
				const rest = when.replace(` && ${unlessNoCiphertext}`, '');
				for (const part of rest.split(' && ').filter((part) => part.includes('workosVault.'))) {
					assert.match(part, ofOurs, command);
					ours++;
				}
			}
		}
		assert.equal(ours, 4);
	});

	test('in the menu of a text, what works on a ciphertext is left out where there is surely none', () => {
		const onCiphertexts = (menus['workosVault.text'] ?? []).filter(({ when = '' }) =>
			when.includes(unlessNoCiphertext),
		);
		assert.deepEqual(
			onCiphertexts.map(({ command }) => command),
			[
				'workosVault.decryptSelection',
				'workosVault.decryptInPlace',
				'workosVault.reencrypt',
				'workosVault.lookUpKeyContext',
			],
		);
	});

	/** Whether the palette leaves a command out where this is so. Without a session, changes are `free`. */
	function isLeftOut(id: CommandId, part: string) {
		const when = conditions.get(id) ?? '';
		return when.includes(part) || when.includes('workosVault.changes != free');
	}

	/** Whether a command, with nothing selected, says no more than that. */
	async function refuses(id: CommandId, code: 'notConnected' | 'locked', prepare: (made: FakeApp) => void) {
		const made = makeApp();
		made.textEditor.line = '';
		made.textEditor.selected = ['text'];
		made.textEditor.opened = new FakeDocument('text');
		made.drafts.active = Draft.ofNewObject('one', 'new', {});
		prepare(made);
		try {
			await commands[id](made.app, fromPalette);
			return false;
		} catch (error) {
			return hasCode(error, code);
		}
	}

	test('while locked, the palette leaves out what refuses to work then, and nothing else but what has nothing to do', async () => {
		const idle: readonly CommandId[] = [
			'workosVault.lockNow',
			'workosVault.hideValues',
			'workosVault.discardDraft',
			'workosVault.forbidChanges',
		];
		for (const { command } of shown) {
			if (command === 'workosVault.stopScan') continue;
			const isRefused = await refuses(command, 'locked', ({ privacy }) => (privacy.isLocked = true));
			const isExpected = isRefused || idle.includes(command);
			assert.equal(isLeftOut(command, 'workosVault.lock != locked'), isExpected, command);
		}
	});

	test('without a connection, the palette leaves out what refuses to work then, and nothing else but what has nothing to do', async () => {
		for (const { command } of shown) {
			if (command === 'workosVault.stopScan') continue;
			const isRefused = await refuses(command, 'notConnected', ({ connections }) => connections.end());
			const isExpected = isRefused || command === 'workosVault.forbidChanges';
			assert.equal(isLeftOut(command, 'workosVault.state != disconnected'), isExpected, command);
		}
	});

	test('with nothing selected, the palette leaves out what asks for a selection first', async () => {
		for (const { command } of shown) {
			const made = makeApp();
			made.textEditor.line = '';
			await Promise.resolve(commands[command](made.app, fromPalette)).catch(() => undefined);
			const isAskedFor = made.ui.messages.some((message) => message.startsWith('Select '));
			assert.equal((conditions.get(command) ?? '').includes(unlessNothingIsSelected), isAskedFor, command);
		}
	});
});
