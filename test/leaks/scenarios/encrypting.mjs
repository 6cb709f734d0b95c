import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { WorkOS } from '@workos-inc/node';
import { organization } from '../driver/vault.mjs';
import { ownFile } from './steps.mjs';

const context = { organization_id: organization.id };

/** Text that is encrypted and decrypted, and data keys. @type {import('../scenarios.mjs').Scenario[]} */
export const encrypting = [
	{
		title: 'encrypt the selection',
		async act(run) {
			const { person } = run;
			await person.openFile(ownFile(run, 'encrypt'));
			await person.press('Control+A');
			await person.runCommand('WorkOS Vault: Encrypt Selection…');
			await person.pick(organization.name);
			await person.pick('Organization,');
			await person.page.waitForSelector(`.view-line:has-text("${run.canaries.all.encrypt}")`, { state: 'detached' });
			await person.press('Control+S');
			await person.page.waitForSelector('.tab.active.dirty', { state: 'detached' });
			await person.closeEditors();
		},
	},
	{
		title: 'decrypt',
		async act(run) {
			const { person, vault, apiKey } = run;
			const { hostname, port } = new URL(vault.url);
			const sdk = new WorkOS({ apiKey, apiHostname: hostname, port: Number(port), https: false });
			const secret = run.canaries.make('decrypt');
			await person.openFile(ownFile(run, 'ciphertext', await sdk.vault.encrypt(secret, context)));
			await person.runCommand('WorkOS Vault: Decrypt');
			await person.seeText(secret);
			await person.closeEditors();
		},
	},
	{
		title: 'move a text to the vault',
		async act(run) {
			const { person, vault, canaries } = run;
			await person.openFile(ownFile(run, 'move'));
			await person.press('Control+A');
			await person.runCommand('WorkOS Vault: Move to Vault…');
			await person.pick(organization.name);
			await person.answer('unique in this environment', 'moved');
			await person.pick('Organization,');
			await person.acknowledge('“moved” is in the vault.');
			assert.equal(await vault.read('moved'), canaries.all.move);
			await person.press('Control+S');
			await person.page.waitForSelector('.tab.active.dirty', { state: 'detached' });
			await person.closeEditors();
		},
	},
	{
		title: 'import an environment file',
		async act(run) {
			const { person, vault, canaries, folders } = run;
			const file = path.join(folders.own, '.env.import');
			writeFileSync(file, `IMPORTED=${canaries.make('import')}\n`);
			await person.openFile(file);
			await person.runCommand('WorkOS Vault: Import .env…');
			await person.pick('Import “.env.import”');
			await person.pick(organization.name);
			await person.pick('Organization,');
			await person.see('.quick-input-widget:has-text("1 Selected")');
			await person.press('Enter');
			await person.acknowledge('Imported 1 of 1');
			assert.equal(await vault.read('IMPORTED'), canaries.all.import);
			await person.closeEditors();
		},
	},
	{
		title: 'create a data key and decrypt it',
		async act(run) {
			const { person, canaries } = run;
			await person.runCommand('WorkOS Vault: Create Data Key…');
			await person.pick(organization.name);
			await person.pick('Organization,');
			await person.see('.tab.active:has-text("Data key")');
			await person.seeText('"data_key"');
			const { data_key: key, encrypted_keys: encrypted } = JSON.parse(await person.readEditor());
			canaries.take('data key', Buffer.from(key, 'base64'));
			canaries.take('data key, as it is shown', Buffer.from(key));
			await person.closeEditors();
			await person.runCommand('WorkOS Vault: Decrypt Data Key…');
			await person.answer('The encrypted keys', encrypted);
			await person.seeText(key);
			await person.closeEditors();
		},
	},
];
