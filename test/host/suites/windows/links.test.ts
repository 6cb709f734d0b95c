import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { logs } from '../../driver/logs';
import {
	acme,
	clearNotifications,
	connect,
	connectionItem,
	extension,
	isTold,
	notification,
	openOrganization,
	startVault,
	takeFromRowMenu,
	type TestVault,
} from '../../driver/product';
import { inPage } from '../isolated/tab';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const explorer = '.activitybar .action-item:has([aria-label^="Explorer"])';
const files = '.part.sidebar .explorer-folders-view';
const ours = '.part.sidebar .title-label:has-text("WorkOS Vault")';
const dialog = '.monaco-dialog-box';
const context = { organization_id: acme.id };

suite('Links to objects', () => {
	let linked: TestVault;
	let other: TestVault;
	let link: string;
	let window: number;

	suiteSetup(async () => {
		linked = await startVault();
		other = await startVault({ organizations: [acme], objects: [{ name: 'other', value: 'of other', context }] });
		await connect(linked, 'Linked');
	});
	suiteTeardown(async () => {
		await ui.closeWindow(window);
		for (const name of ['Other', 'Linked']) {
			await clearNotifications();
			await quickInput.runCommand('WorkOS Vault: Sign Out…');
			if (name === 'Other') await quickInput.pick(name);
			await notification(`Signed out of “${name}”`);
		}
		await clearNotifications();
		for (const vault of [linked, other]) vault.stop();
	});

	/** Reloads the second window until it comes with the explorer: nothing has activated the extension in it then. */
	const openInactive = () =>
		eventually(async () => {
			await ui.waitFor({ selector: `:is(${files}, ${ours}):visible`, window });
			if ((await ui.count({ selector: `${ours}:visible`, window })) === 0) return;
			await ui.click({ selector: explorer, window });
			await ui.waitFor({ selector: `${files}:visible`, window });
			await ui.reload({ window });
			throw new Error('The window has opened the view of the extension');
		}, 60_000);
	/** Has VS Code open an address in the second window, as when it is handed over by the system. */
	const open = async (address: string) => {
		await quickInput.runCommand('Developer: Open URL', { window });
		await quickInput.answer(address, { window });
	};
	/** Lets the extension have it: VS Code asks first. */
	const allow = async () => {
		assert.match(await ui.dialogText({ window }), /Allow 'WorkOS Vault Explorer' extension to open this URI\?/);
		await ui.pressDialog('Open', { window });
		await ui.waitFor({ selector: dialog, window }, 'detached');
	};
	const told = (sentence: string) =>
		eventually(async () => {
			const shown = await ui.notifications({ window });
			assert.ok(
				shown.some(({ message }) => message.includes(sentence)),
				JSON.stringify(shown),
			);
		});
	const clear = () => quickInput.runCommand('Notifications: Clear All Notifications', { window });

	test('are copied from a row, with two ids and nothing else', async () => {
		await openOrganization(acme.name);
		await takeFromRowMenu('database-url', 'Copy Link', () =>
			isTold('Copied the link. It opens VS Code on the desktop.'),
		);
		await ui.screenshot('link-1-copied');
		link = await ui.readClipboard();
		const { id } = await linked.read('database-url');
		type Answer = { metadata: { environment_id: string } };
		const { metadata } = await linked.call<Answer>('GET', `/vault/v1/kv/${id}/metadata`);
		const { environment_id: environment } = metadata;
		const origin = `${vscode.env.uriScheme}://${extension().id}`;
		assert.equal(link, `${origin}/object?environment=${environment}&id=${id}`);
	});

	test('open in a window in which the extension is not active, which asks before it switches connections', async () => {
		await clearNotifications();
		await connect(other, 'Other');
		await ui.click(explorer);
		window = await ui.openWindow();
		await openInactive();
		assert.equal(await ui.count({ selector: connectionItem, window }), 0);
		await open(link);
		await allow();
		await eventually(async () => assert.deepEqual(await quickInput.items({ window }), ['Linked']));
		await ui.screenshot('link-2-asked', { window });
		assert.match((await ui.texts({ selector: connectionItem, window })).join(), /Other/);
		await quickInput.pick('Linked', { window });
		await ui.waitFor({ selector: `${row('database-url')}.selected`, window });
		await ui.screenshot('link-3-opened', { window });
		assert.match((await ui.texts({ selector: connectionItem, window })).join(), /Linked/);
		await ui.waitFor({ ...inPage('h1:text-is("database-url")'), window });
		assert.deepEqual(await ui.texts({ ...inPage('pre'), window }), []);
	});

	test('select their object again at once where its connection is in use', async () => {
		await ui.click({ selector: row('settings.json'), window });
		await open(link);
		await allow();
		await ui.waitFor({ selector: `${row('database-url')}.selected`, window });
	});

	test('that no catalog knows the object of are told of in a sentence, and the vault is not asked for it', async () => {
		const stranger = '01234567-89ab-cdef-0123-456789abcdef';
		await open(link.replace(/&id=.*/, `&id=${stranger}`));
		await allow();
		await told('The object of this link is not known here: it may be new, or gone.');
		await ui.screenshot('link-4-unknown', { window });
		await clear();
		await open(`${link}&id=${stranger}`);
		await allow();
		await told('This is no link of “Copy Link”, so nothing was opened.');
		await clear();
		const { id } = await linked.read('database-url');
		assert.ok(logs().own.includes(id), 'the log has what is asked for');
		assert.ok(!logs().own.includes(stranger));
		assert.equal(await ui.count({ selector: `${row('database-url')}.selected`, window }), 1);
	});

	test('are not followed while everything is locked', async () => {
		await quickInput.runCommand('WorkOS Vault: Lock Now', { window });
		await ui.waitFor({ selector: '.welcome-view .monaco-button:has-text("Unlock")', window });
		await open(link);
		await allow();
		await told('WorkOS Vault is locked. Unlock it to go on.');
		await ui.screenshot('link-5-locked', { window });
		await quickInput.runCommand('WorkOS Vault: Unlock', { window });
		await ui.waitFor({ selector: row(acme.name), window });
	});
});
