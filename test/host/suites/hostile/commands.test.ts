import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	clearNotifications,
	connect,
	discardActiveEditor,
	leave,
	newDocument,
	notification,
	openOrganization,
	pressRowAction,
	publishButton,
	startVault,
	type TestVault,
} from '../../driver/product';
import { logs } from '../../driver/logs';
import { eventually, quickInput, ui } from '../../driver/ui';
import { assertTellsNothing, canary, control, said, traceIn } from './canary';
import { failures } from './failures';
import { type HostileVault, startHostileVault } from './server';

const doomed = `${canary.name}-doomed`;
const context = { organization_id: acme.id, data_type: canary.context };
const seed = {
	organizations: [acme],
	objects: [canary.name, doomed].map((name) => ({ name, value: canary.value, context })),
};

/** A row of the tree, as a menu hands it to a command. */
const nodeOf = (id: string, name: string) => ({
	kind: 'object',
	key: `object:${id}`,
	object: { id, name, keyContext: context, updatedAt: new Date(), updatedBy: 'K', versionId: 'v', keyId: 'k' },
});

const failing = ['revealValue', 'copyValue', 'publishDraft', 'decryptSelection', 'encryptSelection'];

/** Answers the question for the key context. */
async function chooseContext(): Promise<void> {
	// Away from the list: the tooltip of a row can lie over the one to click.
	await ui.hover('.part.statusbar');
	await quickInput.pick('Organization and Data Type…');
	await quickInput.answer(canary.context);
}

suite('A vault that repeats secrets in its failures', () => {
	let vault: TestVault;
	let hostile: HostileVault;
	let nodes: { kind: string; key: string }[];
	let selection: vscode.TextDocument;
	let ciphertext: vscode.TextDocument;
	let update: vscode.TextDocument;
	let create: vscode.TextDocument;

	/** Everything that was said until the work was done and a message about it was there. */
	const saidDuring = async (...work: readonly PromiseLike<unknown>[]): Promise<string> => {
		const heard = new Set<string>();
		let isDone = false;
		const done = Promise.all(work).finally(() => (isDone = true));
		for (let isLast = false; !isLast; isLast = isDone && heard.size > 0) {
			for (const { message, buttons } of await ui.notifications()) heard.add(`${message} ${buttons.join(' ')}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		// Three messages are shown at a time, the centre has them all.
		await vscode.commands.executeCommand('notifications.showList');
		heard.add(await said());
		await done;
		return [...heard].join('\n');
	};
	const run = (command: string, ...args: unknown[]): PromiseLike<unknown> =>
		vscode.commands.executeCommand(`workosVault.${command}`, ...args);

	suiteSetup(async () => {
		vault = await startVault(seed);
		hostile = await startHostileVault(vault);
		await connect({ ...vault, url: hostile.url, apiKey: canary.apiKey }, 'Hostile');
		await openOrganization(acme.name);
		const objects = await Promise.all([canary.name, doomed].map((name) => vault.read(name)));
		nodes = objects.map(({ id }, index) => nodeOf(id, index === 0 ? canary.name : doomed));

		const content = `a title\n${canary.plaintext}`;
		({ document: ciphertext } = await newDocument(content));
		await encrypt(ciphertext);
		await eventually(() => assert.notEqual(ciphertext.getText(), content));
		({ document: selection } = await newDocument(content));

		update = await opened(canary.name);
		await ui.type(canary.draft);
		await eventually(() => assert.match(update.getText(), /CANARYdraft-93a/));
		await quickInput.runCommand('WorkOS Vault: Create Object…');
		await quickInput.pick('Acme');
		await quickInput.answer(`${canary.name}-new`);
		await chooseContext();
		await quickInput.pick('Write It in an Editor');
		create = await eventually(() => {
			const document = active();
			assert.notEqual(document, update);
			return document;
		});
		await ui.waitFor(publishButton);
		await ui.type(canary.value);
		await eventually(() => assert.match(create.getText(), /CANARYvalue-82e/));
	});
	suiteTeardown(async () => {
		hostile.answer();
		for (const document of [ciphertext, selection]) {
			await vscode.window.showTextDocument(document);
			await discardActiveEditor();
		}
		// The drafts are offered a moment later: VS Code can lose the messages that come while others are cleared.
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		for (const name of [canary.name, `${canary.name}-new`]) await notification(`“${name}” is not published`);
		await leave(vault);
		await hostile.refuse();
	});

	/** Opens a value for editing and puts the cursor into it. */
	const opened = async (name: string): Promise<vscode.TextDocument> => {
		await pressRowAction(name, 'edit', () => assert.equal(active().uri.scheme, 'workos-vault-draft'));
		await ui.waitFor(publishButton);
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		return active();
	};
	const active = (): vscode.TextDocument => {
		const document = vscode.window.activeTextEditor?.document;
		assert.ok(document);
		return document;
	};
	/** Selects the second line of a document; VS Code makes the first one its title. */
	const select = async (document: vscode.TextDocument): Promise<void> => {
		const editor = await vscode.window.showTextDocument(document, { preview: false });
		editor.selection = new vscode.Selection(1, 0, 1, document.lineAt(1).text.length);
	};
	/** Encrypts the second line of a document, as far as the vault lets it. */
	const encrypt = async (document: vscode.TextDocument): Promise<void> => {
		await select(document);
		const encrypted = run('encryptSelection');
		await quickInput.pick('Acme');
		await chooseContext();
		await encrypted;
	};
	/** Deletes an object, as far as the vault lets it. */
	const remove = async (node: object): Promise<void> => {
		const removed = run('deleteObject', node);
		await ui.pressDialog('Delete');
		await removed;
	};
	/** Starts a command on each document. */
	const started = async (...each: readonly [vscode.TextDocument, string][]): Promise<PromiseLike<unknown>[]> => {
		const work: PromiseLike<unknown>[] = [];
		for (const [document, command] of each) {
			await select(document);
			work.push(run(command));
		}
		return work;
	};

	test('the log is read, and holds what a vault says where it may', async () => {
		await eventually(() => assert.match(logs().own, new RegExp(`GET /vault/v1/kv/[\\w-]+ 200 .*${control}`)));
	});

	test('a sentence of the vault that repeats nothing is shown, and not logged', async () => {
		const sentence = 'CONTROL sentence of the vault';
		hostile.answer((response) => response.writeHead(400).end(JSON.stringify({ error: sentence })));
		const told = await saidDuring(run('revealValue', nodes[0]));
		assert.match(told, new RegExp(`The vault did not accept this: ${sentence}`));
		assert.ok(!logs().all.includes(sentence));
		hostile.answer();
		await clearNotifications();
	});

	for (const [failure, answering] of Object.entries(failures)) {
		test(`${failure} brings no secret into messages, rows and logs`, async () => {
			hostile.heard.length = 0;
			const before = logs().own.length;
			hostile.answer(answering, ({ url }) => !url.startsWith('/organizations'));
			const [node, other] = nodes;
			assert.ok(node && other);
			const told = await saidDuring(
				run('revealValue', node),
				run('copyValue', node),
				...(await started([update, 'publishDraft'], [create, 'publishDraft'], [ciphertext, 'decryptSelection'])),
				remove(other).then(() => encrypt(selection)),
			);
			hostile.answer();
			await clearNotifications();

			assertTellsNothing(told, 'The window');
			await eventually(() => {
				const failed = logs().own.slice(before);
				for (const command of failing) assert.match(failed, new RegExp(`workosVault\\.${command}: \\w+`));
			});
			assert.equal(traceIn(logs().own.slice(before)), undefined, 'The log');
			const sent = JSON.stringify(hostile.heard);
			for (const secret of [canary.apiKey, canary.draft, 'CANARYvalue-82e', canary.context]) {
				assert.ok(sent.includes(secret), `The server never got ${secret}`);
			}
		});
	}

	test('no log of this VS Code has a trace of it all', () => {
		assert.equal(traceIn(logs().all), undefined);
	});
});
