import assert from 'node:assert/strict';
import { insertReference, moveToVault, suggestedName } from '../../../../src/commands/textEditor/references';
import { FakeDocument } from '../../../support/fakePorts';
import { failureOf, fromPalette, lost, makeApp } from '../../../support/fakes';

const withSelection = (...selected: string[]) => {
	const made = makeApp();
	made.vault.addOrganizations('Acme');
	made.textEditor.line = 'const STRIPE_API_KEY = "sk_live_1";';
	made.textEditor.selected = selected;
	made.textEditor.before = ['const STRIPE_API_KEY = "'];
	made.textEditor.quotes = ['"'];
	return made;
};
const answerAll = ({ ui }: ReturnType<typeof makeApp>, name = 'stripe-api-key') =>
	ui
		.picks(/Which organization/, 'Acme')
		.types(/object’s name/, name)
		.picks(/Which key context/, 'Organization');
/** What is said in the end is closed. */
const closes = ({ ui }: ReturnType<typeof makeApp>) => ui.presses(/is in the vault/, undefined);

suite('Moving a text to the vault', () => {
	test('creates an object of it and puts a snippet in its place that reads it, quotes and all', async () => {
		const made = withSelection('sk_live_1');
		answerAll(made);
		closes(made);
		await moveToVault(made.app);
		const created = made.vault.named('stripe-api-key');
		assert.ok(created);
		assert.deepEqual(made.vault.valuesOf(created.id), ['sk_live_1']);
		assert.deepEqual(made.textEditor.snippets, [[{ text: 'read("stripe-api-key")', takesQuotes: true }]]);
		assert.equal(made.catalog.findByName('stripe-api-key')?.id, created.id);
		made.ui.assertDone();
	});

	test('asks for nothing, and sends nothing, where a call would break what stands around', async () => {
		const made = withSelection('sk_live_1');
		made.textEditor.languageId = 'python';
		made.textEditor.before = ['KEY = f"'];
		await moveToVault(made.app);
		assert.equal(made.vault.calls.length, 0);
		assert.match(made.ui.messages[0] ?? '', /one with a prefix.*Nothing was changed/);
	});

	test('says once where the old text still is', async () => {
		const made = withSelection('sk_live_1');
		answerAll(made);
		closes(made);
		await moveToVault(made.app);
		assert.equal(made.ui.messages.length, 1);
		assert.match(made.ui.messages[0] ?? '', /undo, in VS Code’s Local History and maybe in git: rotate it/);
		assert.doesNotMatch(JSON.stringify(made.ui.messages), /sk_live_1/);
	});

	test('shows the object in the tree where a person wants to see it', async () => {
		const made = withSelection('sk_live_1');
		answerAll(made).presses(/is in the vault/, 'Show It');
		await moveToVault(made.app);
		assert.deepEqual(
			made.shown.map(({ name }) => name),
			['stripe-api-key'],
		);
	});

	test('suggests the name of the variable', async () => {
		const made = withSelection('sk_live_1');
		answerAll(made);
		closes(made);
		await moveToVault(made.app);
		assert.equal(
			made.ui.questions.find(({ placeholder }) => placeholder === 'The object’s name')?.value,
			'stripe-api-key',
		);
	});

	test('leaves the text where it is until the vault has acknowledged', async () => {
		const made = withSelection('sk_live_1');
		answerAll(made);
		for (let attempt = 0; attempt < 5; attempt++) made.vault.failNext('createObject', lost());
		await failureOf(moveToVault(made.app));
		assert.deepEqual(made.textEditor.snippets, []);
	});

	test('replaces it when the answer was lost, and the object is there', async () => {
		const made = withSelection('sk_live_1');
		answerAll(made);
		closes(made);
		made.vault.failNext('createObject', lost(), 'applied');
		await moveToVault(made.app);
		assert.equal(made.textEditor.snippets.length, 1);
	});

	test('never takes a value apart from a name that was typed: it has the value already', async () => {
		const made = withSelection('sk_live_1');
		made.ui
			.picks(/Which organization/, 'Acme')
			.types(/object’s name/, 'STRIPE_API_KEY=sk_live_another_4f9a8b7c6d5e')
			.presses(/looks like a name with its value/, 'Choose Another Name')
			.types(/object’s name/, 'stripe-api-key')
			.picks(/Which key context/, 'Organization');
		closes(made);
		await moveToVault(made.app);
		const created = made.vault.named('stripe-api-key');
		assert.deepEqual(made.vault.valuesOf(created?.id ?? ''), ['sk_live_1']);
		made.ui.assertDone();
	});

	test('says what is left to do when the document changed meanwhile', async () => {
		const made = withSelection('sk_live_1');
		made.textEditor.isReplaceable = false;
		answerAll(made);
		closes(made);
		await moveToVault(made.app);
		assert.ok(made.vault.named('stripe-api-key'));
		assert.match(made.ui.messages[0] ?? '', /Its text is still in the document.*Insert Reference/);
	});

	for (const inTheWay of ['readOnly', 'vaultValue'] as const) {
		test(`creates nothing where the text can’t be replaced: ${inTheWay}`, async () => {
			const made = withSelection('sk_live_1');
			made.textEditor.opened = new FakeDocument('sk_live_1');
			made.textEditor.opened.inTheWay = inTheWay;
			await moveToVault(made.app);
			assert.match(made.ui.messages[0] ?? '', /Nothing was changed/);
			assert.deepEqual(made.vault.calls, []);
		});
	}

	test('moves a text in a folder that is not trusted, too: no plaintext is written', async () => {
		const made = withSelection('sk_live_1');
		made.textEditor.opened = new FakeDocument('sk_live_1');
		made.textEditor.opened.inTheWay = 'untrusted';
		answerAll(made);
		closes(made);
		await moveToVault(made.app);
		assert.equal(made.textEditor.snippets.length, 1);
	});

	test('moves the value that the text stands for, not its spelling', async () => {
		const made = withSelection(String.raw`p\"w\\1\n`);
		made.textEditor.languageId = 'javascript';
		answerAll(made);
		closes(made);
		await moveToVault(made.app);
		assert.deepEqual(made.vault.valuesOf(made.vault.named('stripe-api-key')?.id ?? ''), ['p"w\\1\n']);
	});

	test('takes the quotes of a selection for quotes', async () => {
		const made = withSelection("'sk_live_1'");
		made.textEditor.languageId = 'python';
		made.textEditor.quotes = [''];
		made.textEditor.before = ['key = '];
		answerAll(made);
		closes(made);
		await moveToVault(made.app);
		assert.deepEqual(made.vault.valuesOf(made.vault.named('stripe-api-key')?.id ?? ''), ['sk_live_1']);
	});

	test('asks where nobody can tell the value, with its length and kinds of characters, and shows none of it', async () => {
		const made = withSelection('sk\\live');
		made.textEditor.languageId = 'rust';
		made.ui.confirms(
			/Is the selected text meant as it stands\?.*It has 7 characters: 6 letters and digits, 1 backslash\./,
			true,
		);
		answerAll(made);
		closes(made);
		await moveToVault(made.app);
		assert.deepEqual(made.vault.valuesOf(made.vault.named('stripe-api-key')?.id ?? ''), ['sk\\live']);
		made.ui.assertDone();
	});

	test('moves nothing where it is not meant as it stands', async () => {
		const made = withSelection('sk\\live');
		made.textEditor.languageId = 'rust';
		made.ui.confirms(/meant as it stands/, false);
		await moveToVault(made.app);
		assert.deepEqual(made.vault.calls, []);
	});

	for (const languageId of ['json', 'javascript', 'python', 'csharp', 'yaml', 'plaintext']) {
		test(`refuses half a character: ${languageId}`, async () => {
			const made = withSelection(languageId === 'plaintext' ? '\ud83d' : String.raw`\ud83d`);
			made.textEditor.languageId = languageId;
			made.textEditor.before = [languageId === 'json' || languageId === 'yaml' ? 'key: "' : 'key = "'];
			await moveToVault(made.app);
			assert.match(made.ui.messages[0] ?? '', /half a character.*Nothing was changed/);
			assert.deepEqual(made.vault.calls, []);
		});
	}

	test('refuses a text with an expression in it', async () => {
		const made = withSelection('a${pw}');
		made.textEditor.languageId = 'typescript';
		made.textEditor.quotes = ['`'];
		made.textEditor.before = ['const a = `'];
		await moveToVault(made.app);
		assert.match(made.ui.messages[0] ?? '', /has an expression in it.*Nothing was changed/);
		assert.deepEqual(made.vault.calls, []);
	});

	test('creates nothing under a name that its snippet could not hold', async () => {
		const made = withSelection('sk_live_1');
		made.textEditor.languageId = 'kotlin';
		made.ui.picks(/Which organization/, 'Acme').types(/object’s name/, 'a$b');
		await moveToVault(made.app);
		assert.match(made.ui.messages[0] ?? '', /could become code\. Nothing was changed/);
		assert.equal(made.vault.count('createObject'), 0);
	});

	test('asks before a production vault is changed', async () => {
		const made = makeApp({ isProduction: true });
		made.textEditor.line = 'key';
		made.textEditor.selected = ['key'];
		made.ui.presses(/production connection/, undefined);
		await moveToVault(made.app);
		assert.deepEqual(made.vault.calls, []);
	});

	test('takes one selection, of a size that a vault keeps', async () => {
		for (const selected of [[], ['one', 'two'], ['x'.repeat(1024 * 1024 + 1)]]) {
			const made = withSelection(...selected);
			await moveToVault(made.app);
			assert.equal(made.ui.messages.length, 1);
			assert.deepEqual(made.vault.calls, []);
		}
	});

	for (const [before, name] of [
		['const STRIPE_API_KEY = "', 'stripe-api-key'],
		['STRIPE_KEY=', 'stripe-key'],
		['export DB_URL=', 'db-url'],
		['  "apiKey": "', 'api-key'],
		['  stripe.secretKey: ', 'secret-key'],
		["process.env['TOKEN'] = '", 'token'],
		['let token: string = `', 'token'],
		['password := "', 'password'],
		['let key: string | undefined = "', 'key'],
		['host: db TOKEN=', 'token'],
		['connect("', ''],
		['', ''],
	] as const) {
		test(`after ${JSON.stringify(before)} the name is ${name === '' ? 'for the person to choose' : name}`, () => {
			assert.equal(suggestedName(before), name);
		});
	}
});

suite('The name of what is moved', () => {
	test('is looked for near the text only, in a line as long as a file', () => {
		assert.equal(suggestedName(`${'a:b '.repeat(500_000)}TOKEN="`), 'token');
	});
});

suite('Inserting a reference', () => {
	test('puts a snippet at the cursor that reads the object that was picked', async () => {
		const made = withSelection();
		const object = made.vault.add('token', { organization_id: 'org_acme' });
		await made.catalog.scan();
		made.ui.finds(/Insert Reference/, 'token', object.name);
		await insertReference(made.app, fromPalette);
		assert.deepEqual(made.textEditor.insertions, ['read("token")']);
		assert.equal(made.vault.count('readObject'), 0);
	});

	test('on the row of an object, asks for nothing and reads that one', async () => {
		const made = withSelection();
		await insertReference(made.app, made.on(made.vault.add('token', { organization_id: 'org_acme' })));
		assert.deepEqual(made.textEditor.insertions, ['read("token")']);
		assert.deepEqual(made.ui.lists, []);
	});

	test('inserts nothing where the name could become code', async () => {
		const made = withSelection();
		made.textEditor.languageId = 'kotlin';
		made.vault.add('a${b}');
		await made.catalog.scan();
		made.ui.finds(/Insert Reference/, 'a', 'a${b}');
		await insertReference(made.app, fromPalette);
		assert.deepEqual(made.textEditor.insertions, []);
		assert.match(made.ui.messages[0] ?? '', /could become code/);
	});

	test('asks for nothing where the cursor is in a text, of which a call would become a part', async () => {
		const made = withSelection();
		made.textEditor.languageId = 'typescript';
		made.textEditor.beforeInsertion = ['const greeting = "Hello '];
		await insertReference(made.app, fromPalette);
		assert.deepEqual(made.textEditor.insertions, []);
		assert.match(made.ui.messages[0] ?? '', /would become a part of a text.*Put the cursor where/);
	});

	test('says so where there is no document, and where it changed', async () => {
		const made = withSelection();
		made.textEditor.line = undefined;
		await insertReference(made.app, fromPalette);
		assert.match(made.ui.messages[0] ?? '', /Open a document/);
		made.textEditor.line = '';
		made.textEditor.isReplaceable = false;
		made.vault.add('token');
		await made.catalog.scan();
		made.ui.finds(/Insert Reference/, 'token', 'token');
		await insertReference(made.app, fromPalette);
		assert.match(made.ui.messages[1] ?? '', /Nothing was inserted/);
	});
});
