import assert from 'node:assert/strict';
import { encryptSelection, encryptWithAssociatedData } from '../../../../src/commands/ciphertexts/encrypt';
import { decrypt } from '../../../../src/vault/ciphertext/inText/text';
import { describeCiphertext } from '../../../../src/vault/ciphertext/envelope';
import { contextOf, sealed, unsealed, vaultBlob } from '../../../support/envelopes';
import { failureOf, lost, makeApp } from '../../../support/fakes';

const withSelection = (...selected: string[]) => {
	const made = makeApp();
	made.vault.addOrganizations('Acme', 'Globex');
	made.textEditor.line = 'a line';
	made.textEditor.selected = selected;
	return made;
};

const opened = (ciphertext: string) => {
	const { text, blob } = unsealed(ciphertext);
	return { text, keyContext: contextOf(blob.toString('base64')) };
};

suite('Encrypting a selection', () => {
	test('replaces every selection by its ciphertext, all at once', async () => {
		const { app, ui, textEditor } = withSelection('first', 'sécond\r\n');
		ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		await encryptSelection(app);
		const [replaced = []] = textEditor.replacements;
		const plain = replaced.map((ciphertext) => {
			const { text, keyContext } = opened(ciphertext);
			assert.deepEqual(keyContext, { organization_id: 'org_acme' });
			return text;
		});
		assert.deepEqual(plain, ['first', 'sécond\r\n']);
		assert.equal(textEditor.replacements.length, 1);
	});

	test('encrypts the values that the texts stand for, and no expression', async () => {
		const { app, ui, textEditor } = withSelection(String.raw`a\nb`, 'c');
		textEditor.languageId = 'json';
		textEditor.quotes = ['"', '"'];
		ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		await encryptSelection(app);
		const [replaced = []] = textEditor.replacements;
		assert.deepEqual(
			replaced.map((ciphertext) => opened(ciphertext).text),
			['a\nb', 'c'],
		);
		textEditor.languageId = 'ruby';
		textEditor.selected = ['a#{b}'];
		await encryptSelection(app);
		assert.match(ui.messages[0] ?? '', /has an expression in it/);
		assert.equal(textEditor.replacements.length, 1);
	});

	test('asks for nothing where what a template makes would break what stands around', async () => {
		const { app, ui, textEditor, templates, vault } = withSelection('part');
		templates.ciphertext = 'decrypt(${ciphertext})';
		textEditor.languageId = 'javascript';
		textEditor.before = ['x = "a '];
		await encryptSelection(app);
		assert.deepEqual(textEditor.replacements, []);
		assert.equal(vault.calls.length, 0);
		assert.match(ui.messages[0] ?? '', /Select a whole text between quotes/);
	});

	test('fills the template of the language with each ciphertext, in the quotes that were there', async () => {
		const { app, ui, textEditor, templates } = withSelection('first');
		templates.ciphertext = 'decrypt(${ciphertext})';
		textEditor.quotes = ["'"];
		ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		await encryptSelection(app);
		const [[snippet] = []] = textEditor.snippets;
		const ciphertext = /^decrypt\('(.*)'\)$/.exec(snippet?.text ?? '')?.[1];
		assert.equal(opened(ciphertext ?? '').text, 'first');
		assert.equal(snippet?.takesQuotes, true);
	});

	test('encrypts in the layout that is set', async () => {
		const { app, ui, textEditor, templates } = withSelection('first');
		templates.usedLayout = 'go';
		ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		await encryptSelection(app);
		assert.equal(describeCiphertext(textEditor.replacements[0]?.[0] ?? '')?.layout, 'go');
	});

	test('binds the ciphertext to associated data where a person gives some', async () => {
		const { app, ui, vault, textEditor } = withSelection('first');
		ui.picks(/organization/, 'Acme')
			.picks(/key context/, 'Organization')
			.types(/associated data/, '', 'row-17');
		await encryptWithAssociatedData(app);
		const ciphertext = textEditor.replacements[0]?.[0] ?? '';
		assert.equal((await failureOf(decrypt(vault, ciphertext))).code, 'undecryptable');
		assert.equal(await decrypt(vault, ciphertext, { associatedData: 'row-17' }), 'first');
	});

	test('leads with the organization that was used last', async () => {
		const { app, ui, recent } = withSelection('text');
		ui.picks(/organization/, 'Globex').picks(/key context/, 'Organization');
		await encryptSelection(app);
		assert.deepEqual(recent, ['org_globex']);
		ui.picks(/organization/, undefined);
		await encryptSelection(app);
		assert.deepEqual(
			ui.lists.at(-1)?.map(({ label }) => label),
			['Globex', 'Acme', 'No Organization'],
		);
	});

	test('says what to do where nothing is selected', async () => {
		const { app, ui, textEditor } = withSelection();
		await encryptSelection(app);
		textEditor.line = undefined;
		await encryptSelection(app);
		assert.equal(ui.messages.length, 2);
		for (const message of ui.messages) assert.match(message, /Select the text/);
	});

	test('does not encrypt a ciphertext once more', async () => {
		const { app, ui, vault } = withSelection('text', sealed('text', { blob: vaultBlob }));
		await encryptSelection(app);
		assert.match(ui.messages[0] ?? '', /ciphertext already/);
		assert.deepEqual(vault.calls, []);
	});

	test('does not encrypt half a character, which would become another one', async () => {
		const { app, ui, vault } = withSelection('a\ud83d');
		await encryptSelection(app);
		assert.match(ui.messages[0] ?? '', /half a character/);
		assert.deepEqual(vault.calls, []);
	});

	test('encrypts other base64, such as a key', async () => {
		const { app, ui, textEditor } = withSelection(sealed('text'));
		ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		await encryptSelection(app);
		assert.equal(textEditor.replacements.length, 1);
	});

	test('says so when the document changed meanwhile, and remembers no more than the organization', async () => {
		const { app, ui, textEditor } = withSelection('text');
		textEditor.isReplaceable = false;
		ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		await encryptSelection(app);
		assert.match(ui.messages[0] ?? '', /Nothing was replaced/);
	});

	test('replaces nothing when one of several fails', async () => {
		const { app, ui, vault, textEditor } = withSelection('first', 'second');
		vault.failNext('createDataKey', undefined);
		vault.failNext('createDataKey', lost());
		ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		assert.equal((await failureOf(encryptSelection(app))).code, 'unavailable');
		assert.deepEqual(textEditor.replacements, []);
	});

	test('replaces nothing when the person leaves or cancels', async () => {
		const { app, ui, vault, textEditor, recent } = withSelection('text');
		ui.picks(/organization/, undefined);
		await encryptSelection(app);
		ui.picks(/organization/, 'Acme').picks(/key context/, undefined);
		await encryptSelection(app);
		vault.failNext('createDataKey', lost());
		ui.picks(/organization/, 'Acme')
			.picks(/key context/, 'Organization')
			.cancels(/Encrypting/);
		await encryptSelection(app);
		assert.deepEqual(textEditor.replacements, []);
		assert.deepEqual(recent, []);
	});

	test('takes pairs of one’s own', async () => {
		const { app, ui, textEditor } = withSelection('text');
		ui.picks(/organization/, 'No Organization').types(/pairs/, 'team=payments');
		await encryptSelection(app);
		assert.deepEqual(opened(textEditor.replacements[0]?.[0] ?? '').keyContext, { team: 'payments' });
	});
});
