import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually, type InWindow, quickInput, readMessage, row, type Target, ui } from './ui';

const id = 'workos-vault-explorer.workos-vault-explorer';

/** The extension under test. */
export function extension(): vscode.Extension<unknown> {
	const found = vscode.extensions.getExtension(id);
	if (!found) throw new Error(`${id} is not installed`);
	return found as vscode.Extension<unknown>;
}

/** A file or folder of the extension's storage, which all windows of the profile share. */
export function inStorage(name: string): string {
	const userData = process.env['VSCODEHOST_USER_DATA'];
	assert.ok(userData);
	return path.join(userData, 'User', 'globalStorage', id, name);
}

/** The files of the drafts that are kept. */
export const keptDrafts = (): string[] => readdirSync(inStorage('drafts')).filter((name) => name.endsWith('.sealed'));

/** The two organizations of `smallSeed`. */
export const acme = { id: 'org_01TEST0000000000000000ACME', name: 'Acme' };
export const globex = { id: 'org_01TEST00000000000000GLOBEX', name: 'Globex' };

/** A vault of three objects, for suites that change it. */
export const smallSeed = {
	organizations: [acme, globex],
	objects: [
		{ name: 'database-url', value: 'postgres://app@db.internal/app', context: { organization_id: acme.id } },
		{ name: 'settings.json', value: '{\r\n  "retries": 3\r\n}\r\n', context: { organization_id: acme.id } },
		{ name: 'webhook/secret', value: 'whsec-1', context: { organization_id: globex.id } },
	],
};

/** What a test's vault starts with. */
export interface Seed {
	readonly organizations: readonly { readonly id: string; readonly name: string }[];
	readonly objects: readonly {
		readonly name: string;
		readonly value: string;
		readonly context: Readonly<Record<string, string>>;
	}[];
}

/** A Local Vault of a test's own, and another client of it. */
export interface TestVault {
	readonly url: string;
	readonly apiKey: string;
	/** Makes one call, and answers its JSON. @throws when the status is 400 or more */
	call<T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<T>;
	/** Reads an object by its name. */
	read(name: string): Promise<{ id: string; value: string; metadata: { version_id: string } }>;
	/** Publishes a value over whatever is there. */
	publish(name: string, value: string): Promise<void>;
	/** Ends the server; `restart` goes on with what it held. */
	halt(): void;
	/** Starts it again at the same address, with another key where one is given. */
	restart(apiKey?: string): Promise<void>;
	/** Ends the server and deletes what it held. */
	stop(): void;
}

/** A vault of so many objects, by turns of the two organizations. */
export function largeSeed(count: number): Seed {
	const objects = Array.from({ length: count }, (_, index) => ({
		name: `service-${String(index).padStart(5, '0')}/token`,
		value: `value ${index}`,
		context: { organization_id: index % 2 === 0 ? acme.id : globex.id },
	}));
	return { organizations: [acme, globex], objects };
}

const refusal = { route: 'GET /events', status: 403, times: 1_000_000 };

/** A way of Local Vault to refuse its events, as to some keys, and to take its time, in ms, for what is looked up instead. */
export function slowLookUps(delay: number): readonly string[] {
	const slowness = { route: 'GET /vault/v1/kv/{id}/metadata', delay_ms: delay, times: 1_000_000 };
	return [refusal, slowness].flatMap((fault) => ['--fault', JSON.stringify(fault)]);
}

/** Has a vault with slow look-ups answer them at once. */
export async function hurry(vault: TestVault): Promise<void> {
	await vault.call('DELETE', '/_local/faults');
	await vault.call('POST', '/_local/faults', refusal);
}

/**
 * Starts a Local Vault from the extension's own bundle. `seed` is `demo`, or what is in it; `flags` are further ones of
 * its command line.
 */
export async function startVault(seed: 'demo' | Seed = smallSeed, flags: readonly string[] = []): Promise<TestVault> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'test-vault-'));
	const seedFile = path.join(folder, 'seed.json');
	writeFileSync(seedFile, JSON.stringify(seed));
	// Under random delays, the vault takes its time too.
	const latency = process.env['VSCODEHOST_DELAYS'] && !flags.includes('--latency') ? ['--latency', '100'] : [];
	const data = [
		'--data',
		path.join(folder, 'vault.sqlite'),
		'--seed',
		seed === 'demo' ? 'demo' : seedFile,
		...latency,
		...flags,
	];
	let key = 'sk_test_host';
	let { url, child } = await launch([...data, '--api-key', key]);
	const call = async <T>(method: string, route: string, body?: object): Promise<T> => {
		const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
		const answer = await fetch(url + route, { method, headers, ...(body && { body: JSON.stringify(body) }) });
		if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status}`);
		return (await answer.json()) as T;
	};
	const read = (name: string): ReturnType<TestVault['read']> =>
		call('GET', `/vault/v1/kv/name/${encodeURIComponent(name)}`);
	return {
		url,
		apiKey: key,
		call,
		read,
		publish: async (name, value) => {
			const object = await read(name);
			await call('PUT', `/vault/v1/kv/${object.id}`, { value });
		},
		halt: () => child.kill(),
		restart: async (apiKey = key) => {
			key = apiKey;
			child.kill();
			await eventually(async () => {
				({ url, child } = await launch([...data, '--api-key', key, '--port', new URL(url).port]));
			});
		},
		stop: () => {
			child.kill();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Starts the server program. @throws when it ends instead of answering */
async function launch(args: readonly string[]): Promise<{ url: string; child: ChildProcess }> {
	const program = path.join(extension().extensionPath, 'dist', 'localVault.js');
	const child = spawn(process.execPath, [program, ...args], {
		env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const line = await new Promise<string>((resolve, reject) => {
		child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
		child.once('exit', (code) => reject(new Error(`Local Vault ended with ${code}`)));
	});
	return { url: (JSON.parse(line) as { url: string }).url, child };
}

/** How long a window that was just opened or loaded may take until its extension answers, in ms. */
export const loadPatience = 90_000;

/** Clicks the vault's icon in the activity bar, unless its view is open; a new window may open the view it had last. */
export async function openSidebar(window = 0): Promise<void> {
	const selector =
		'.part.sidebar :is(.pane-header:has-text("WorkOS Vault"), .title-label:has-text("WorkOS Vault")):visible';
	await eventually(async () => {
		if ((await ui.count({ selector, window })) > 0) return;
		// The icon's label goes on with what its badge says.
		await ui.click({ selector: '.activitybar .action-item:has([aria-label^="WorkOS Vault"])', window });
		await ui.waitFor({ selector, window, timeout: 2_000 });
	}, loadPatience);
}

/** An item of ours in the status bar, by the last part of its id. */
export const statusItem = (item: string): string =>
	`#workos-vault-explorer\\.workos-vault-explorer\\.workosVault\\.${item}`;
/** There as soon as the extension is active and a connection is in use. */
export const connectionItem = statusItem('connection');

/** Starts connecting with an API key, up to the box that asks for the key. */
export async function startConnecting(url: string): Promise<void> {
	await quickInput.runCommand('WorkOS Vault: Connect with an API Key…');
	await quickInput.pick('Another Address…');
	await quickInput.answer(url);
	await eventually(async () => {
		if (!(await quickInput.isMasked())) throw new Error('The box for the key is not there yet');
	});
}

/** Connects to a vault as a person does, and waits for an organization that it has. */
export async function connect({ url, apiKey }: TestVault, name: string, organization = acme.name): Promise<void> {
	await openSidebar();
	await startConnecting(url);
	await quickInput.answer(apiKey);
	await eventually(async () => {
		if (await quickInput.isMasked()) throw new Error('The key is still being tried');
	});
	await quickInput.answer(name);
	await quickInput.waitUntilClosed();
	// The connection before may have an organization of this name, too.
	await ui.waitFor(`${connectionItem}:has-text(${JSON.stringify(name)})`);
	await ui.waitFor(row(organization));
}

/** Ends what a suite did with a vault: closes editors and messages, signs out, and stops the server. */
export async function leave(vault: TestVault): Promise<void> {
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	await clearNotifications();
	await quickInput.runCommand('WorkOS Vault: Sign Out…');
	await notification('Signed out');
	await clearNotifications();
	vault.stop();
}

/** A vault that the suite is connected to from its beginning to its end, with the objects of Acme in sight. */
export function suiteVault(name: string, ...how: Parameters<typeof startVault>): TestVault {
	const vault = {} as TestVault;
	suiteSetup(async () => {
		Object.assign(vault, await startVault(...how));
		await connect(vault, name);
		await openOrganization(acme.name);
	});
	suiteTeardown(() => leave(vault));
	return vault;
}

/** Opens an organization's row, unless it is open, and waits until all its objects are there. */
export async function openOrganization(name: string): Promise<void> {
	await ui.scrollTo(name);
	await ui.openRow(name);
	await eventually(async () => {
		const picture = await ui.treePicture();
		const lines = picture.split('\n');
		// Behind the name stands how many objects there are.
		const at = lines.findIndex((line) => line.split('  ')[0] === `▾ ${name}`);
		const isOpen = at >= 0 && lines[at + 1]?.startsWith('  ') === true;
		if (!isOpen || picture.includes('Indexing')) throw new Error(picture);
	});
}

/** Types a text into Find Object: again where it closed, as the focus went back to where it was before the palette. */
export function find(text: string): Promise<void> {
	return eventually(async () => {
		await quickInput.runCommand('WorkOS Vault: Find Object…');
		await quickInput.fill(text, { timeout: 5_000 });
	});
}

/** Closes an organization's row. */
export async function closeOrganization(name: string): Promise<void> {
	await eventually(async () => {
		await ui.scrollTo(name);
		await ui.click(row(name));
		await ui.waitFor({ selector: `${row(name)}[aria-expanded="false"]`, timeout: 3_000 });
	});
}

/** Presses a button of a row until what it does is done, and again where the row was just drawn anew, as it says then. */
export function pressRowAction(
	label: string,
	icon: string,
	done: () => void | Promise<void>,
	at: InWindow = {},
): Promise<void> {
	return pressUntilDone(() => ui.clickRowAction(label, icon, at), done, at);
}

/** Takes an item of a row's menu until what it does is done, and again where the row was just drawn anew. */
export function takeFromRowMenu(label: string, item: string, done: () => void | Promise<void>): Promise<void> {
	return pressUntilDone(() => ui.contextMenu(row(label), item), done);
}

/** Presses a key, or several, on the focused row until what that does is done, and again where the row was just drawn anew. */
export function pressOnRow(keys: string | (() => Promise<void>), done: () => void | Promise<void>): Promise<void> {
	let isRefused = false;
	return pressUntilDone(async () => {
		// The message that asks to press again had the focus while it was closed.
		if (isRefused) await vscode.commands.executeCommand('workosVault.objects.focus');
		isRefused = true;
		await (typeof keys === 'string' ? ui.press(keys) : keys());
	}, done);
}

/** Clicks a row that asks something, or a button of it, and waits for the question. */
export function clickAsking(label: string, icon?: string): Promise<void> {
	return pressUntilDone(() => (icon === undefined ? ui.click(row(label)) : ui.clickRowAction(label, icon)), isAsked);
}

async function pressUntilDone(
	press: () => Promise<void>,
	done: () => void | Promise<void>,
	at: InWindow = {},
): Promise<void> {
	await press();
	await eventually(async () => {
		try {
			await done();
		} catch (error) {
			if (await wasRefused(at)) await press();
			throw error;
		}
	});
}

const redrawn = 'The row was just drawn anew';

/** Whether a press was answered with the request to press again, which is taken away. */
async function wasRefused(at: InWindow): Promise<boolean> {
	const shown = await ui.notifications(at);
	if (!shown.some(({ message }) => message.startsWith(redrawn))) return false;
	// VS Code may put it away meanwhile by itself.
	await ui.closeNotification(redrawn, at).catch(() => undefined);
	return true;
}

/** Checks that an element is there to be seen. @throws while it is not */
export async function isShown(of: string | Target): Promise<void> {
	const { selector, ...where } = typeof of === 'string' ? { selector: of } : of;
	const count = await ui.count({ selector: `${selector} >> visible=true`, ...where });
	assert.ok(count > 0, `${selector} is not to be seen`);
}

/** Checks that a question is shown. @throws while it is not */
export const isAsked = (): Promise<void> => isShown(quickInput.input);

/** Checks that the modal dialog is shown (dialogs mode). @throws while it is not */
export const isConfirming = (): Promise<void> => isShown('.monaco-dialog-box');

/** Checks that a notification with this text is shown. @throws while it is not */
export async function isTold(text: string): Promise<void> {
	const shown = await ui.notifications();
	if (!shown.some(({ message }) => message.includes(text))) throw new Error(JSON.stringify(shown));
	await readMessage();
}

/** Removes every notification. */
export async function clearNotifications(): Promise<void> {
	await vscode.commands.executeCommand('notifications.clearAll');
}

/** Waits until a screen reader was told a sentence: the message that goes with it is gone after some seconds. */
export async function announced(sentence: string): Promise<void> {
	await eventually(async () => assert.ok((await ui.texts('.monaco-aria-container')).join().includes(sentence)));
}

/** Waits for a notification with this text. */
export async function notification(text: string): Promise<void> {
	await eventually(() => isTold(text));
}

/** The button that publishes the active editor's draft: there while it can be typed in. */
export const publishButton = '.editor-actions .codicon-cloud-upload';

/** Publishes as another client, more than a second after the version before: less counts as the same change. */
export async function publishLater(vault: TestVault, name: string, value: string): Promise<void> {
	const { id } = await vault.read(name);
	const changedAt = async () => {
		type Answer = { metadata: { updated_at: string } };
		const { metadata } = await vault.call<Answer>('GET', `/vault/v1/kv/${id}/metadata`);
		return Date.parse(metadata.updated_at);
	};
	const before = await changedAt();
	await eventually(async () => {
		await vault.publish(name, value);
		if ((await changedAt()) - before <= 1000) throw new Error('Still within a second');
	});
}

/** The text of the active editor. */
export function activeText(): string | undefined {
	return vscode.window.activeTextEditor?.document.getText();
}

/** Checks that a revealed value with this text is in front. @throws while it is not */
export const isValueInFront = (text: string): void => isInFront('workos-vault', text);

/** Checks that a draft with this text is in front. @throws while it is not */
export const isDraftInFront = (text: string): void => isInFront('workos-vault-draft', text);

// A value and the draft that begins from it have the same text.
function isInFront(scheme: string, text: string): void {
	assert.deepEqual([vscode.window.activeTextEditor?.document.uri.scheme, activeText()], [scheme, text]);
}

/** Reveals a value with the eye beside it. */
export const reveal = (label: string, value: string): Promise<void> =>
	pressRowAction(label, 'eye', () => isValueInFront(value));

/** Opens a value for editing with the pencil beside it, and waits until it may be typed in. */
export async function editValue(label: string, value: string): Promise<void> {
	await pressRowAction(label, 'edit', () => isDraftInFront(value));
	await ui.waitFor(publishButton);
}

/** Closes all editors. */
export async function closeEditors(): Promise<void> {
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/**
 * Opens and shows a new document with a text. VS Code gives it the name of one that was discarded, and for a moment its
 * text, too: that one is discarded again.
 */
export async function newDocument(content: string, language?: string): Promise<vscode.TextEditor> {
	return eventually(async () => {
		const document = await vscode.workspace.openTextDocument({ content, ...(language && { language }) });
		const editor = await vscode.window.showTextDocument(document);
		if (document.getText() === content) return editor;
		await discardActiveEditor();
		throw new Error(`${document.uri.toString()} has the text of a discarded one`);
	});
}

/** Closes the active editor without saving, and its document. */
export async function discardActiveEditor(): Promise<void> {
	const document = vscode.window.activeTextEditor?.document;
	await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	await eventually(() => {
		if (document && !document.isClosed) throw new Error(`${document.uri.toString()} is still open`);
	});
}
