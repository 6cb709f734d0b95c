import assert from 'node:assert/strict';
import { decryptInPlace, decryptSelection, lookUpKeyContext } from '../../../../src/commands/ciphertexts/decrypt';
import { startPresentation } from '../../../../src/commands/access/privacy';
import { revealAgain } from '../../../../src/commands/objects/reveal';
import { VaultError } from '../../../../src/vault/errors';
import { dataKeyId, sealed, vaultBlob } from '../../../support/envelopes';
import { FakeDocument } from '../../../support/fakePorts';
import { failureOf, fromPalette, lost, makeApp, type FakeApp } from '../../../support/fakes';

const withDocument = (text: string): FakeApp & { readonly document: FakeDocument } => {
	const made = makeApp();
	const document = new FakeDocument(text);
	made.textEditor.opened = document;
	return { ...made, document };
};

const certain = (text: string, associatedData?: string) =>
	sealed(text, { blob: vaultBlob, ...(associatedData !== undefined && { associatedData }) });
const wrapped = (text: string, width: number, indent: string) =>
	(text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => indent + line).join('\n');

suite('Decrypting', () => {
	test('shows what a selected ciphertext holds, and leaves the document alone', async () => {
		const ciphertext = sealed('text');
		const { app, documents, document } = withDocument(`TOKEN=${ciphertext}`);
		document.select(ciphertext);
		await decryptSelection(app, fromPalette);
		assert.deepEqual(documents.revealed, [{ title: 'Decrypted text', value: 'text' }]);
		assert.equal(document.edits, 0);
	});

	test('shows each of several', async () => {
		const [first, second] = [sealed('first'), sealed('second')];
		const { app, documents, document } = withDocument(`${first}\n${second}`);
		document.select(first, second);
		await decryptSelection(app, fromPalette);
		assert.deepEqual(documents.revealed, [
			{ title: 'Decrypted text 1', value: 'first' },
			{ title: 'Decrypted text 2', value: 'second' },
		]);
	});

	test('shows those that a selection of more touches', async () => {
		const { app, documents, document } = withDocument(`A="${certain('first')}"\nB="${certain('second')}"\nC=3`);
		document.select(document.text);
		await decryptSelection(app, fromPalette);
		assert.deepEqual(
			documents.revealed.map(({ value }) => value),
			['first', 'second'],
		);
	});

	for (const [where, written] of [
		['a string', (text: string) => `const token = "${text}";`],
		['a value of .env', (text: string) => `TOKEN=${text} # a token`],
		['a YAML scalar', (text: string) => `token: ${text}`],
		['a folded YAML scalar', (text: string) => `a:\n  token: >-\n${wrapped(text, 64, '    ')}\n  other: 1`],
		['folded lines', (text: string) => wrapped(text, 76, '')],
	] as const) {
		test(`takes the ciphertext around the cursor in ${where}`, async () => {
			const ciphertext = certain('text');
			const { app, documents, document } = withDocument(written(ciphertext));
			document.goTo(ciphertext.slice(66, 74));
			await decryptSelection(app, fromPalette);
			assert.deepEqual(documents.revealed, [{ title: 'Decrypted text', value: 'text' }]);
		});
	}

	test('takes the ciphertext of the place that it was called on', async () => {
		const { app, documents, document, textEditor } = withDocument(`"${certain('text')}"`);
		const place = { uri: 'file:///a', line: 0, offset: 1 };
		document.position = place;
		await decryptSelection(app, { nodes: [], position: place });
		assert.deepEqual(textEditor.places, [place]);
		assert.equal(documents.revealed[0]?.value, 'text');
	});

	for (const [what, selected] of [
		['nothing selected and no ciphertext around the cursor', []],
		['a selection that is no ciphertext', ['other']],
		['one of two selections that is none', ['cipher', 'other']],
		['a selection of white space', ['  ']],
	] as const) {
		test(`is refused with ${what}, without a call`, async () => {
			const ciphertext = sealed('text');
			const { app, vault, document } = withDocument(`some other text  ${ciphertext}`);
			document.select(...selected.map((one) => (one === 'cipher' ? ciphertext : one)));
			assert.equal((await failureOf(decryptSelection(app, fromPalette))).code, 'notCiphertext');
			assert.deepEqual(vault.calls, []);
		});
	}

	test('asks for associated data where it fails without, and tries again with it', async () => {
		const [plain, bound] = [certain('plain'), certain('bound', 'row-17')];
		const { app, ui, documents, document, vault } = withDocument(`${plain}\n${bound}`);
		document.select(plain, bound);
		ui.types(/made with associated data/, '', 'row-17');
		await decryptSelection(app, fromPalette);
		assert.deepEqual(
			documents.revealed.map(({ value }) => value),
			['plain', 'bound'],
		);
		assert.equal(vault.count('decryptDataKey'), 3);
		ui.assertDone();
	});

	test('says so where it fails with the associated data too', async () => {
		const { app, ui, documents } = withDocument(certain('bound', 'row-17'));
		ui.types(/made with associated data/, 'row-18');
		assert.equal((await failureOf(decryptSelection(app, fromPalette))).code, 'undecryptable');
		assert.deepEqual(documents.revealed, []);
	});

	test('shows nothing where no associated data is given', async () => {
		const { app, ui, documents } = withDocument(certain('bound', 'row-17'));
		ui.types(/made with associated data/, undefined);
		await decryptSelection(app, fromPalette);
		assert.deepEqual(documents.revealed, []);
	});

	test('does not ask for associated data where the vault refuses the data key', async () => {
		const { app, vault } = withDocument(certain('text'));
		vault.failNext('decryptDataKey', new VaultError('rejected', { status: 400 }));
		assert.equal((await failureOf(decryptSelection(app, fromPalette))).code, 'undecryptable');
	});

	test('says what to do where no document is open', async () => {
		const { app, ui } = makeApp();
		await decryptSelection(app, fromPalette);
		assert.match(ui.messages[0] ?? '', /Open a document/);
	});

	test('shows nothing when the person cancels', async () => {
		const { app, ui, vault, documents } = withDocument(certain('text'));
		vault.failNext('decryptDataKey', lost());
		ui.cancels(/Decrypting/);
		await decryptSelection(app, fromPalette);
		assert.deepEqual(documents.revealed, []);
	});
});

suite('Decrypting again what was hidden', () => {
	const isGone =
		/The ciphertext does not stand where it stood, or its document is closed\. Select it, or put the cursor into it/;

	const shown = async (...texts: string[]) => {
		const ciphertexts = texts.map((text) => certain(text));
		const made = withDocument(ciphertexts.map((text, index) => `V${index}=${text}`).join('\n'));
		made.document.select(...ciphertexts);
		await decryptSelection(made.app, fromPalette);
		made.vault.forgetCalls();
		/** What becomes of the document. */
		const rewrite = (text: string) => (made.textEditor.opened = new FakeDocument(text));
		return { ...made, ciphertexts, rewrite };
	};

	test('asks the vault again for the ciphertext in the document, and keeps neither that nor its text', async () => {
		const { app, vault, documents, ciphertexts, textEditor } = await shown('text');
		const [again] = documents.again;
		assert.ok(again);
		for (const secret of ['"text"', ...ciphertexts]) assert.ok(!JSON.stringify(again).includes(secret));
		await revealAgain(app, fromPalette);
		assert.deepEqual(documents.revealed.at(-1), { title: 'Decrypted text', value: 'text' });
		assert.deepEqual(vault.calls, ['decryptDataKey']);
		assert.equal(documents.again.at(-1)?.id, again.id, 'it takes the place of the hidden one');
		assert.deepEqual(textEditor.places.at(-1), { uri: 'file:///a', line: 0, offset: 3 });
		assert.deepEqual(documents.sources, ['ciphertext', 'ciphertext']);
	});

	test('shows that one of several, with its title, also where it has moved', async () => {
		const { app, documents, ciphertexts, rewrite } = await shown('first', 'second');
		rewrite(`# two lines\n# more\nV1=${ciphertexts[1]}\nV0=${ciphertexts[0]}`);
		await documents.again[1]?.run();
		await documents.again[0]?.run();
		assert.deepEqual(documents.revealed.slice(2), [
			{ title: 'Decrypted text 2', value: 'second' },
			{ title: 'Decrypted text 1', value: 'first' },
		]);
		assert.equal(app.documents.againFor(undefined)?.id, documents.again[0]?.id);
	});

	for (const [where, before, written] of [
		['behind other letters', 'enc/', (text: string) => text],
		['behind letters that touch it', 'v1', (text: string) => text],
		['with a blank inside', '', (text: string) => `${text.slice(0, 20)} ${text.slice(20)}`],
		['oddly folded', '', (text: string) => `${text.slice(0, 7)}\n${text.slice(7, 90)}\n    ${text.slice(90)}`],
		['with a blank line inside', '', (text: string) => `${text.slice(0, 64)}\n\n${text.slice(64)}`],
	] as const) {
		test(`finds one that was selected ${where}, while its document is as it was`, async () => {
			const selected = written(certain('text'));
			const { app, ui, documents, document } = withDocument(`# one\nA="${before}${selected}"\nB=2`);
			document.select(selected);
			await decryptSelection(app, fromPalette);
			document.selected = [];
			await revealAgain(app, fromPalette);
			assert.deepEqual(ui.messages, []);
			assert.deepEqual(
				documents.revealed.map(({ value }) => value),
				['text', 'text'],
			);
		});
	}

	test('says the next step where a document has become too short for the place', async () => {
		const { app, ui, documents, document, textEditor } = withDocument(`a\nb\nenc/${certain('text')}`);
		document.select(document.text.slice('a\nb\nenc/'.length));
		await decryptSelection(app, fromPalette);
		textEditor.opened = new FakeDocument('a');
		await revealAgain(app, fromPalette);
		assert.equal(documents.revealed.length, 1);
		assert.match(ui.messages[0] ?? '', isGone);
	});

	test('never shows another one in its place, and says the next step', async () => {
		const { app, ui, vault, documents, rewrite } = await shown('text');
		rewrite(`V0=${certain('other')}`);
		await revealAgain(app, fromPalette);
		assert.deepEqual([documents.revealed.length, vault.calls], [1, []]);
		assert.match(ui.messages[0] ?? '', isGone);
	});

	test('says the next step where the document is closed', async () => {
		const { app, ui, documents, textEditor } = await shown('text');
		textEditor.opened = undefined;
		await revealAgain(app, fromPalette);
		assert.equal(documents.revealed.length, 1);
		assert.match(ui.messages[0] ?? '', isGone);
	});

	test('is refused while a revealing is', async () => {
		const { app, vault, documents, privacy } = await shown('text');
		privacy.isPresenting = true;
		assert.equal((await failureOf(revealAgain(app, fromPalette))).code, 'presenting');
		privacy.isLocked = true;
		assert.equal((await failureOf(revealAgain(app, fromPalette))).code, 'locked');
		assert.deepEqual([documents.revealed.length, vault.calls], [1, []]);
	});
});

suite('Decrypting in place', () => {
	test('says where the plaintext then is, and replaces the text in one step', async () => {
		const { app, ui, document, documents } = withDocument(`A="${certain('first')}"\nB="${certain('second')}"`);
		document.select(document.text);
		ui.confirms(/2 ciphertexts.*undo.*backups.*Local History.*git/, true);
		await decryptInPlace(app, fromPalette);
		assert.equal(document.text, 'A="first"\nB="second"');
		assert.equal(document.edits, 1);
		assert.deepEqual(documents.revealed, []);
	});

	test('replaces the whole of a folded ciphertext', async () => {
		const ciphertext = certain('text');
		const { app, ui, document } = withDocument(`token: >-\n${wrapped(ciphertext, 64, '  ')}\nother: 1`);
		document.goTo(ciphertext.slice(0, 10));
		ui.confirms(/Replace this ciphertext/, true);
		await decryptInPlace(app, fromPalette);
		assert.equal(document.text, 'token: >-\n  text\nother: 1');
	});

	test('writes the text as the document’s language writes it', async () => {
		const ciphertext = certain('say "hi"\n');
		const { app, ui, document } = withDocument(`{"a": "${ciphertext}"}`);
		document.languageId = 'json';
		document.select(ciphertext);
		ui.confirms(/Replace this ciphertext/, true);
		await decryptInPlace(app, fromPalette);
		assert.equal(document.text, '{"a": "say \\"hi\\"\\n"}');
	});

	test('replaces none where one place can’t hold its text, and offers to show it', async () => {
		const [good, bad] = [certain('good'), certain("it's")];
		const { app, ui, document, documents } = withDocument(`A='${good}'\nB='${bad}'`);
		document.languageId = 'dotenv';
		document.select(good, bad);
		ui.confirms(/Replace 2 ciphertexts/, true).presses(/can’t be written safely.*Nothing was changed/, 'Decrypt');
		await decryptInPlace(app, fromPalette);
		assert.equal(document.edits, 0);
		assert.deepEqual(
			documents.revealed.map(({ value }) => value),
			['good', "it's"],
		);
	});

	test('shows the one of the place that it was called on where that can’t hold its text', async () => {
		const bad = certain("it's");
		const { app, ui, document, textEditor } = withDocument(`A='${bad}'`);
		document.languageId = 'dotenv';
		const place = { uri: 'file:///a', line: 0, offset: 4 };
		document.position = place;
		ui.confirms(/Replace this/, true).presses(/can’t be written safely/, 'Decrypt');
		await decryptInPlace(app, { nodes: [], position: place });
		assert.deepEqual(textEditor.places, [place, place]);
	});

	test('changes nothing and asks the vault nothing when the person says no', async () => {
		const { app, ui, document, vault } = withDocument(certain('text'));
		ui.confirms(/Replace/, false);
		await decryptInPlace(app, fromPalette);
		assert.equal(document.edits, 0);
		assert.deepEqual(vault.calls, []);
	});

	for (const [obstacle, words] of [
		['readOnly', /read-only/],
		['vaultValue', /value of the vault/],
		['untrusted', /don’t trust/],
	] as const) {
		test(`is refused without a question where the document is ${obstacle}`, async () => {
			const { app, ui, document, vault } = withDocument(certain('text'));
			document.inTheWay = obstacle;
			await decryptInPlace(app, fromPalette);
			assert.match(ui.messages[0] ?? '', words);
			assert.deepEqual(vault.calls, []);
		});
	}

	test('changes nothing where presentation mode starts in between', async () => {
		const { app, ui, document, vault } = withDocument(certain('text'));
		ui.confirms(/Replace/, true);
		vault.beforeNext('decryptDataKey', () => void startPresentation(app));
		assert.equal((await failureOf(decryptInPlace(app, fromPalette))).code, 'presenting');
		assert.equal(document.edits, 0);
	});

	test('says so where the document changed meanwhile', async () => {
		const { app, ui, document } = withDocument(certain('text'));
		document.outcome = 'changed';
		ui.confirms(/Replace/, true);
		await decryptInPlace(app, fromPalette);
		assert.match(ui.messages[0] ?? '', /Nothing was replaced/);
	});
});

suite('Looking up a key context', () => {
	const keyId = '11111111-2222-4333-8444-555555555555';
	const ciphertext = sealed('text', { blob: Buffer.from(`WOS.EKM.v1\0${dataKeyId}\x01${keyId}wrapped`) });

	const withEvents = (...keyIds: string[]) => {
		const made = withDocument(`TOKEN="${ciphertext}"`);
		made.document.goTo(ciphertext);
		made.vault.tellsEvents = true;
		const keyContext = { organization_id: 'org_acme', user_id: 'user_1' };
		made.vault.events.push({ kind: 'dataKey', id: 'event_1', at: new Date(), keyIds, keyContext });
		return made;
	};

	test('tells it from the vault’s events, and copies it as JSON', async () => {
		const { app, ui, clipboard, vault } = withEvents(keyId);
		ui.presses(/organization_id=org_acme, user_id=user_1/, 'Copy');
		await lookUpKeyContext(app, fromPalette);
		assert.equal(clipboard.content, '{"organization_id":"org_acme","user_id":"user_1"}');
		assert.deepEqual(vault.calls, ['listEvents']);
	});

	test('says so where no event names it', async () => {
		const { app, ui } = withEvents(keyId, dataKeyId);
		await lookUpKeyContext(app, fromPalette);
		assert.deepEqual(ui.messages, [
			'The vault’s last 1,000 data-key events don’t name the key context of this ciphertext.',
		]);
	});

	test('says so where the key may not read events', async () => {
		const { app, ui, vault } = withEvents(keyId);
		vault.tellsEvents = false;
		await lookUpKeyContext(app, fromPalette);
		assert.match(ui.messages[0] ?? '', /API key may not read the vault’s events/);
	});

	test('tells nothing when the person cancels', async () => {
		const { app, ui, vault } = withEvents(keyId);
		vault.failNext('listEvents', lost());
		ui.cancels(/Looking up/);
		await lookUpKeyContext(app, fromPalette);
		assert.deepEqual(ui.messages, []);
	});

	test('is refused where there is no ciphertext', async () => {
		const { app, document } = withEvents(keyId);
		document.position = { line: 0, offset: 0 };
		assert.equal((await failureOf(lookUpKeyContext(app, fromPalette))).code, 'notCiphertext');
	});
});
