import assert from 'node:assert/strict';
import { createNewObject } from '../../../../src/commands/drafts/create';
import { fromPalette, makeApp } from '../../../support/fakes';

suite('The value of a new object', () => {
	const start = () => {
		const made = makeApp();
		made.vault.addOrganizations('Acme');
		made.ui
			.picks(/organization/, 'Acme')
			.types(/object’s name/, 'token')
			.picks(/key context/, 'Organization');
		const create = async () => {
			await createNewObject(made.app, fromPalette);
			made.ui.assertDone();
			const object = made.vault.named('token');
			return object && made.vault.valuesOf(object.id)?.[0];
		};
		return { ...made, create };
	};

	test('can be generated', async () => {
		const { ui, create } = start();
		ui.picks(/value come/, 'Generate It').types(/How many/, '7', '4097', '1e3', '', '48');
		ui.picks(/Of which characters/, 'Hexadecimal');
		assert.match((await create()) ?? '', /^[0-9a-f]{48}$/);
	});

	test('is generated of characters that are named', async () => {
		const { ui, create } = start();
		ui.picks(/value come/, 'Generate It').types(/How many/, '200');
		ui.picks(/Of which characters/, 'Letters, Digits and Symbols');
		const value = (await create()) ?? '';
		const described = ui.lists.at(-1)?.map(({ label, description }) => `${label}: ${description}`);
		assert.deepEqual(described, [
			'Letters and Digits: A to Z, a to z, 0 to 9',
			'Letters, Digits and Symbols: those, and !#$%&*+-./:;<=>?@^_~',
			'Hexadecimal: 0 to 9, a to f',
			'Base64 URL: letters, digits, hyphen and underscore',
		]);
		assert.match(value, /^[A-Za-z0-9!#$%&*+\-./:;<=>?@^_~]{200}$/);
	});

	test('can be a file’s text, without its byte order mark', async () => {
		const { ui, create } = start();
		ui.picks(/value come/, 'Take It from a File…').choosesFile(new TextEncoder().encode('\ufeffa\r\nb'));
		assert.equal(await create(), 'a\r\nb');
	});

	for (const [what, bytes, advice] of [
		['in UTF-16 without a mark', Uint8Array.of(0x61, 0, 0x62, 0), /UTF-16.*Save it as UTF-8/],
		['in another encoding', Uint8Array.of(0x61, 0xe4, 0x62), /not UTF-8.*Save text as UTF-8/],
		['with NULs in it', Uint8Array.of(0x61, 0x62, 0x63, 0x64, 0), /NUL.*base64/],
	] as const) {
		test(`can’t be a file ${what}, and it is said what to do`, async () => {
			const { ui, create } = start();
			ui.picks(/value come/, 'Take It from a File…').choosesFile(bytes);
			assert.equal(await create(), undefined);
			assert.match(ui.messages[0] ?? '', advice);
		});
	}

	test('with half a character is refused, from the clipboard or the selection', async () => {
		for (const source of ['Use the Clipboard', 'Use the Selected Text']) {
			const { ui, clipboard, textEditor, create } = start();
			clipboard.content = 'a\ud83d';
			textEditor.line = 'a\ud83d';
			textEditor.selected = ['a\ud83d'];
			ui.picks(/value come/, source);
			assert.equal(await create(), undefined);
			assert.match(ui.messages[0] ?? '', /half a character/);
		}
	});

	test('with control characters inside is asked about', async () => {
		for (const [answer, kept] of [
			['Leave It Out', 'ab'],
			['Keep It', 'a\x01\x02b\n'],
		] as const) {
			const { ui, create } = start();
			ui.picks(/value come/, 'Take It from a File…').choosesFile(new TextEncoder().encode('a\x01\x02b\n'));
			ui.picks(/: The value ends in a line break and has 2 control characters inside\. Does that/, answer);
			assert.equal(await create(), kept);
		}
	});

	test('that ends in a line break is asked about, from a file, the clipboard or the selection', async () => {
		for (const [source, answer, kept] of [
			['Take It from a File…', 'Leave It Out', 'secret'],
			['Use the Clipboard', 'Keep It', 'secret\n'],
			['Use the Selected Text', 'Leave It Out', 'secret'],
		] as const) {
			const { ui, clipboard, textEditor, create } = start();
			clipboard.content = 'secret\n';
			textEditor.line = 'secret';
			textEditor.selected = ['secret\n'];
			ui.picks(/value come/, source);
			if (source === 'Take It from a File…') ui.choosesFile(new TextEncoder().encode('secret\n'));
			ui.picks(/The value ends in a line break\. Does that belong to it\?/, answer);
			assert.equal(await create(), kept, source);
		}
	});

	test('that has nothing to see is asked about first, from wherever it comes', async () => {
		for (const content of ['\n', ' \t\r\n', '\ufeff', '\u200b\n']) {
			for (const isSure of [true, false]) {
				for (const source of ['Take It from a File…', 'Use the Clipboard'] as const) {
					// A file's byte order mark is no part of its text.
					if (content === '\ufeff' && source !== 'Use the Clipboard') continue;
					const { ui, clipboard, create } = start();
					clipboard.content = content;
					ui.picks(/value come/, source);
					if (source === 'Take It from a File…') ui.choosesFile(new TextEncoder().encode(content));
					ui.confirms(/The value has nothing that can be seen\. Use it all the same\? It is \d characters? of/, isSure);
					assert.equal(await create(), isSure ? content : undefined, source);
				}
			}
		}
	});

	test('can’t come from a clipboard with NULs, and it is said what to do', async () => {
		const { ui, clipboard, create } = start();
		clipboard.content = 'a\0b';
		ui.picks(/value come/, 'Use the Clipboard');
		assert.equal(await create(), undefined);
		assert.deepEqual(ui.messages, [
			'The clipboard holds NUL characters: it is no text. A vault keeps text: encode binary data first, for example as base64.',
		]);
	});

	test('that ends in a line break is not stored when the person leaves the question', async () => {
		const { ui, clipboard, create } = start();
		clipboard.content = 'secret\n';
		ui.picks(/value come/, 'Use the Clipboard').picks(/ends in a line break/, undefined);
		assert.equal(await create(), undefined);
	});

	test('says how long it is with and without its ends, and shows none of it', async () => {
		const { ui, clipboard, create } = start();
		clipboard.content = ' s3cr3t\n\n';
		ui.picks(/value come/, 'Use the Clipboard');
		ui.picks(/begins with white space and ends in 2 line breaks/, 'Keep It');
		await create();
		assert.deepEqual(
			ui.lists.at(-1)?.map(({ description }) => description),
			['6 characters', '9 characters'],
		);
		assert.doesNotMatch(
			JSON.stringify(ui.lists.at(-1)?.map(({ label, description }) => [label, description])),
			/s3cr3t/,
		);
	});

	suite('pasted into the masked box', () => {
		const pem = '-----BEGIN KEY-----\nabc\ndef\n-----END KEY-----\n';
		const joined = '-----BEGIN KEY----- abc def -----END KEY-----';

		test('as several lines is noticed, and can be had from the clipboard as it is', async () => {
			const { ui, clipboard, create } = start();
			clipboard.content = pem.trimEnd();
			ui.picks(/value come/, 'Type or Paste It')
				.types(/value/, joined)
				.presses(/several lines/, 'Use the Clipboard');
			assert.equal(await create(), pem.trimEnd());
		});

		test('as several lines can stay one line', async () => {
			const { ui, clipboard, create } = start();
			clipboard.content = pem;
			ui.picks(/value come/, 'Type or Paste It')
				.types(/value/, joined)
				.presses(/several lines/, 'Use the One Line');
			assert.equal(await create(), joined);
		});

		test('as several lines is not stored when the person leaves the question', async () => {
			const { ui, clipboard, create } = start();
			clipboard.content = pem;
			ui.picks(/value come/, 'Type or Paste It')
				.types(/value/, `${joined} and more`)
				.presses(/several lines/, undefined);
			assert.equal(await create(), undefined);
		});

		test('is taken as it is where the clipboard may not be read', async () => {
			const { ui, clipboard, create } = start();
			clipboard.read = () => Promise.reject(new Error('not allowed'));
			ui.picks(/value come/, 'Type or Paste It').types(/value/, 'secret');
			assert.equal(await create(), 'secret');
		});

		test('as several lines with a NUL can’t be had from the clipboard', async () => {
			const { ui, clipboard, create } = start();
			clipboard.content = 'a\0b\nc';
			ui.picks(/value come/, 'Type or Paste It')
				.types(/value/, 'a\0b c')
				.presses(/several lines/, 'Use the Clipboard');
			assert.equal(await create(), undefined);
			assert.match(ui.messages.at(-1) ?? '', /clipboard holds NUL/);
		});

		test('as one line is not asked about, whatever else the clipboard holds', async () => {
			for (const copied of ['secret', 'secret\n', 'other\nlines', '\n\n', '']) {
				const { ui, clipboard, create } = start();
				clipboard.content = copied;
				ui.picks(/value come/, 'Type or Paste It').types(/value/, 'secret');
				assert.equal(await create(), 'secret');
			}
		});
	});

	test('can be the selected text', async () => {
		const { ui, textEditor, create } = start();
		textEditor.line = 'a line';
		textEditor.selected = ['first', 'second'];
		ui.picks(/value come/, 'Use the Selected Text');
		assert.equal(await create(), 'first\nsecond');
	});

	test('is the value that a selected text stands for in its language', async () => {
		const { ui, textEditor, create } = start();
		textEditor.line = 'a line';
		textEditor.languageId = 'json';
		textEditor.selected = [String.raw`a\nb`];
		textEditor.quotes = ['"'];
		ui.picks(/value come/, 'Use the Selected Text');
		assert.equal(await create(), 'a\nb');
	});

	test('is not offered from a selection where there is none', async () => {
		const { ui, create } = start();
		ui.picks(/value come/, undefined);
		await create();
		assert.doesNotMatch(JSON.stringify(ui.lists.at(-1)), /Selected/);
	});

	test('can come from the clipboard', async () => {
		const { ui, clipboard, create } = start();
		clipboard.content = 'copied';
		ui.picks(/value come/, 'Use the Clipboard');
		assert.equal(await create(), 'copied');
	});

	test('can be written in an editor: publishing that draft creates the object', async () => {
		const { ui, vault, drafts, create } = start();
		ui.picks(/value come/, 'Write It in an Editor');
		assert.equal(await create(), undefined);
		const [draft] = drafts.edited;
		assert.deepEqual(
			[draft?.name, draft?.objectId, draft?.connectionId, draft?.keyContext],
			['token', undefined, 'one', { organization_id: 'org_acme' }],
		);
		assert.equal(vault.count('createObject'), 0);
	});

	for (const [what, text, sentence] of [
		['empty', '', /no value/],
		['larger than 1 MiB', 'é'.repeat(524_289), /larger than 1 MiB/],
	] as const) {
		test(`can’t be ${what}`, async () => {
			const { ui, clipboard, create } = start();
			clipboard.content = text;
			ui.picks(/value come/, 'Use the Clipboard');
			assert.equal(await create(), undefined);
			assert.match(ui.messages[0] ?? '', sentence);
		});
	}

	test('can have 1 MiB', async () => {
		const { ui, clipboard, create } = start();
		clipboard.content = 'é'.repeat(524_288);
		ui.picks(/value come/, 'Use the Clipboard');
		assert.equal((await create())?.length, 524_288);
	});
});
