import assert from 'node:assert/strict';
import {
	acme,
	activeText,
	announced,
	clearNotifications,
	closeEditors,
	connect,
	editValue,
	notification,
	openOrganization,
	reveal,
	startVault,
	takeFromRowMenu,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const context = { organization_id: acme.id };
const seed = (name: string) => ({ organizations: [acme], objects: [{ name, value: `of ${name}`, context }] });

suite('Signing out of one of several connections', () => {
	let kept: TestVault;
	let left: TestVault;

	suiteSetup(async () => {
		kept = await startVault(seed('kept'));
		left = await startVault(seed('left'));
		await connect(kept, 'Kept');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await closeEditors();
		for (const vault of [kept, left]) vault.stop();
	});

	const tabs = async () => ui.texts('.editor-group-container .tab .label-name');
	const see = (name: string) => reveal(name, `of ${name}`);

	test('closes what belongs to that one, and nothing of the others', async () => {
		await see('kept');
		await takeFromRowMenu('kept', 'Reveal in Isolation', async () => assert.equal((await tabs()).length, 2));
		await editValue('kept', 'of kept');
		await ui.type('mine ');
		await connect(left, 'Left');
		await announced('Connected to “Left”.');
		await clearNotifications();
		await openOrganization(acme.name);
		await see('left');
		await takeFromRowMenu('left', 'Reveal in Isolation', async () => assert.equal((await tabs()).length, 5));
		await editValue('left', 'of left');
		await ui.type('theirs ');
		const [name, other] = ['kept · Kept', 'left · Left'];
		await eventually(async () => assert.deepEqual(await tabs(), [name, name, name, other, other, other]));
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await quickInput.pick('Left');
		await notification('What you wrote for “left” and did not publish is kept encrypted');
		await eventually(async () => assert.deepEqual(await tabs(), ['kept', 'kept', 'kept']));
		await ui.screenshot('signed-out-of-one');
		await eventually(() => assert.equal(activeText(), 'mine of kept'));
	});

	test('leaves the others to be switched to from the view, and their drafts to be published', async () => {
		await clearNotifications();
		await ui.waitFor('.welcome-view .monaco-button:has-text("Connect with an API Key…")');
		await ui.click('.welcome-view .monaco-button:has-text("Switch Connection…")');
		await quickInput.waitFor();
		await eventually(async () =>
			assert.deepEqual(await quickInput.items(), ['Kept', 'Connect with an API Key…', 'Try Local Vault']),
		);
		await ui.screenshot('signed-out-switching');
		await quickInput.pick('Kept');
		await announced('Connected to “Kept”.');
		await ui.waitFor(row(acme.name));
		await ui.click('.tab.active');
		await ui.press('Control+S');
		await notification('Published a new version of “kept”.');
		assert.equal((await kept.read('kept')).value, 'mine of kept');
		await closeEditors();
	});

	test('of the last one leaves none to switch to', async () => {
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await notification('Signed out of “Kept”');
		await ui.waitFor('.welcome-view .monaco-button:has-text("Connect with an API Key…")');
		assert.equal(await ui.count('.welcome-view .monaco-button:has-text("Switch Connection…")'), 0);
	});
});
