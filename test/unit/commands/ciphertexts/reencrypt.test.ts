import assert from 'node:assert/strict';
import { reencryptCiphertexts } from '../../../../src/commands/ciphertexts/reencrypt';
import { VaultError } from '../../../../src/vault/errors';
import { contextOf, sealed, unsealed, vaultBlob } from '../../../support/envelopes';
import { FakeDocument } from '../../../support/fakePorts';
import { failureOf, fromPalette, lost, makeApp } from '../../../support/fakes';

const certain = (text: string) => sealed(text, { blob: vaultBlob });
const [one, two, three] = [certain('first'), certain('second'), certain('third')];
const env = `A="${one}"\nB=${two}\nC='${three}'\nKEY=${Buffer.alloc(400, 7).toString('base64')}\n`;

const withDocument = (text = env) => {
	const made = makeApp();
	made.vault.addOrganizations('Acme', 'Globex');
	const document = new FakeDocument(text);
	made.textEditor.opened = document;
	const choosesGlobex = () => made.ui.picks(/Which organization/, 'Globex').picks(/key context/, 'Organization');
	return { ...made, document, choosesGlobex };
};

/** The texts and key contexts of a document's ciphertexts. */
const held = (document: FakeDocument) =>
	(document.text.replaceAll(/\n +/g, '').match(/[\w+/]{100,}=*/g) ?? [])
		.filter((text) => !text.startsWith('BwcH'))
		.map((text) => {
			const { text: plain, blob } = unsealed(text);
			return [plain, blob.equals(vaultBlob) ? 'as before' : contextOf(blob.toString('base64'))];
		});
const globex = { organization_id: 'org_globex' };

suite('Re-encrypting ciphertexts', () => {
	test('moves the one at the cursor, and asks the vault to do no more than that', async () => {
		const { app, ui, vault, document, choosesGlobex } = withDocument(`A="${one}"\n`);
		document.goTo(one);
		choosesGlobex();
		await reencryptCiphertexts(app, fromPalette);
		assert.deepEqual(held(document), [['first', globex]]);
		assert.deepEqual(vault.calls, ['listOrganizations', 'rekeyDataKey']);
		assert.deepEqual(document.previews, ['under organization_id=org_globex']);
		ui.assertDone();
	});

	test('moves the one at the cursor where that is chosen among several', async () => {
		const { app, ui, document, choosesGlobex } = withDocument();
		document.goTo(two);
		ui.picks(/What is re-encrypted/, 'This Ciphertext');
		choosesGlobex();
		await reencryptCiphertexts(app, fromPalette);
		assert.deepEqual(held(document), [
			['first', 'as before'],
			['second', globex],
			['third', 'as before'],
		]);
	});

	test('moves all of the file in one step, and leaves other base64 alone', async () => {
		const { app, ui, document, choosesGlobex } = withDocument();
		document.goTo(two);
		ui.picks(/What is re-encrypted/, 'All 3 Ciphertexts in This File');
		choosesGlobex();
		await reencryptCiphertexts(app, fromPalette);
		assert.deepEqual(held(document), [
			['first', globex],
			['second', globex],
			['third', globex],
		]);
		assert.equal(document.edits, 1);
		assert.equal(document.text.split('\n')[3], env.split('\n')[3]);
	});

	test('offers all of the file where the cursor is in none', async () => {
		const { app, ui, document } = withDocument();
		ui.picks(/What is re-encrypted/, undefined);
		await reencryptCiphertexts(app, fromPalette);
		assert.deepEqual(
			ui.lists[0]?.map(({ label }) => label),
			['All 3 Ciphertexts in This File'],
		);
		assert.equal(document.edits, 0);
	});

	test('moves those that are selected', async () => {
		const { app, document, choosesGlobex } = withDocument();
		document.select(env.slice(0, env.indexOf('C=')));
		choosesGlobex();
		await reencryptCiphertexts(app, fromPalette);
		assert.deepEqual(
			held(document).map(([, context]) => context),
			[globex, globex, 'as before'],
		);
	});

	test('keeps the folding', async () => {
		const fold = (text: string) => (text.match(/.{1,64}/g) ?? []).map((line) => `    ${line}`).join('\n');
		const { app, document, choosesGlobex } = withDocument(`a:\n  token: >-\n${fold(one)}\n  other: 1\n`);
		document.goTo(one.slice(0, 64));
		choosesGlobex();
		await reencryptCiphertexts(app, fromPalette);
		assert.deepEqual(held(document), [['first', globex]]);
		const folded = document.text.split('\n').slice(2, -2);
		assert.ok(folded.slice(0, -1).every((line) => /^ {4}\S{64}$/.test(line)));
		assert.match(folded.at(-1) ?? '', /^ {4}\S{1,64}$/);
	});

	test('changes nothing when one of several fails, and says which line', async () => {
		const { app, ui, vault, document, choosesGlobex } = withDocument();
		vault.failNext('rekeyDataKey', undefined);
		vault.failNext('rekeyDataKey', new VaultError('rejected', { status: 400 }));
		ui.picks(/What is re-encrypted/, 'All 3 Ciphertexts in This File');
		choosesGlobex();
		await reencryptCiphertexts(app, fromPalette);
		assert.deepEqual(ui.messages, [
			'The ciphertext in line 2 was changed, or belongs to another vault. Nothing was re-encrypted.',
		]);
		assert.equal(document.text, env);
	});

	test('changes nothing where the vault is out of reach, or the person cancels', async () => {
		const { app, vault, document, choosesGlobex } = withDocument(one);
		vault.failNext('rekeyDataKey', lost());
		choosesGlobex();
		assert.equal((await failureOf(reencryptCiphertexts(app, fromPalette))).code, 'unavailable');
		vault.failNext('rekeyDataKey', lost());
		choosesGlobex().cancels(/Re-encrypting/);
		await reencryptCiphertexts(app, fromPalette);
		assert.equal(document.text, one);
	});

	test('tells to tick in the preview, and no more where the person declines', async () => {
		const { app, ui, document, choosesGlobex } = withDocument(one);
		document.outcome = 'declined';
		choosesGlobex();
		await reencryptCiphertexts(app, fromPalette);
		assert.deepEqual(ui.messages, ['Tick what to re-encrypt, then press Apply.']);
	});

	test('says so where the document changed in the meantime', async () => {
		const { app, ui, document, choosesGlobex } = withDocument(one);
		document.outcome = 'changed';
		choosesGlobex();
		await reencryptCiphertexts(app, fromPalette);
		assert.match(ui.messages[1] ?? '', /Nothing was replaced/);
	});

	test('is refused where nothing can be written, and does not need a trusted folder', async () => {
		const { app, ui, vault, document } = withDocument(one);
		for (const obstacle of ['readOnly', 'vaultValue'] as const) {
			document.inTheWay = obstacle;
			await reencryptCiphertexts(app, fromPalette);
		}
		assert.equal(ui.messages.length, 2);
		assert.deepEqual(vault.calls, []);
		document.inTheWay = 'untrusted';
		ui.picks(/Which organization/, undefined);
		await reencryptCiphertexts(app, fromPalette);
		ui.assertDone();
	});

	test('is refused where there is no ciphertext', async () => {
		const { app, document } = withDocument('nothing here');
		assert.equal((await failureOf(reencryptCiphertexts(app, fromPalette))).code, 'notCiphertext');
		document.select('nothing');
		assert.equal((await failureOf(reencryptCiphertexts(app, fromPalette))).code, 'notCiphertext');
	});
});
