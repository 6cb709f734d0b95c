import assert from 'node:assert/strict';
import { importEnvironment } from '../../../../src/commands/dotenv/importDotenv';
import { failureOf, fromPalette, makeApp, type FakeAppOptions } from '../../../support/fakes';

const acme = { organization_id: 'org_acme' };
const globex = { organization_id: 'org_globex' };
const preview = /Import “\.env” as objects of Acme: Which variables\?/;

/** An app with two organizations, in front of it a file of this text. */
async function withFile(text: string, options?: FakeAppOptions) {
	const made = makeApp(options);
	made.vault.addOrganizations('Acme', 'Globex');
	await made.outline.children();
	made.textEditor.shownFile = { name: '.env', text };
	made.vault.forgetCalls();
	return made;
}

/** The person imports the file in front for Acme, up to the preview. */
function startsImport({ ui }: ReturnType<typeof makeApp>) {
	return ui
		.picks(/Which file/, 'Import “.env”')
		.picks(/Which organization/, 'Acme')
		.picks(/Which key context/, 'Organization');
}

suite('Importing an environment file', () => {
	test('makes an object of each variable, with its name and value, and tells the tree', async () => {
		const made = await withFile('TOKEN=s3cret-1\nURL="s3cret 2"\n');
		startsImport(made)
			.picksMany(preview, 'checked')
			.presses(/Imported 2 of 2: 2 created\. The file/, undefined);
		await importEnvironment(made.app, fromPalette);
		for (const [name, value] of [
			['TOKEN', 's3cret-1'],
			['URL', 's3cret 2'],
		] as const) {
			const created = made.vault.named(name);
			assert.ok(created);
			assert.deepEqual(created.keyContext, acme);
			assert.deepEqual(made.vault.valuesOf(created.id), [value]);
			assert.equal(made.catalog.get(created.id)?.name, name);
		}
		made.ui.assertDone();
	});

	test('shows how far it is', async () => {
		const made = await withFile('A=1\nB=2');
		startsImport(made)
			.picksMany(preview, 'checked')
			.presses(/Imported/, undefined);
		await importEnvironment(made.app, fromPalette);
		assert.deepEqual(made.ui.progresses.slice(-3), ['Importing “.env”', '1 of 2', '2 of 2']);
	});

	test('after a whole import says that the file still holds the values', async () => {
		const made = await withFile('A=1');
		startsImport(made)
			.picksMany(preview, 'checked')
			.presses(/The file still holds the values in plain text: delete it, or keep it out of git\.$/, undefined);
		await importEnvironment(made.app, fromPalette);
		made.ui.assertDone();
	});

	for (const tail of ['MQ==', 'YWI=']) {
		test(`ticks nothing of base64 over two lines, makes no name of ${tail}, and has the file kept`, async () => {
			const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
			const made = await withFile(`A=1\nKEY=${line}\n${tail}`);
			startsImport(made)
				.picksMany(preview, 'checked')
				.presses(/^Imported 1 of 1: 1 created\. Keep the file/, undefined);
			await importEnvironment(made.app, fromPalette);
			const names = ['A', 'KEY', 'MQ', 'YWI'].filter((name) => made.vault.named(name));
			assert.deepEqual(names, ['A']);
			made.ui.assertDone();
		});
	}

	test('after an import with a variable left unticked says to keep the file, though nothing was in doubt', async () => {
		const made = await withFile('A=1\nB=2');
		startsImport(made)
			.picksMany(preview, ['A'])
			.presses(/^Imported 1 of 1: 1 created\. Keep the file: not all that it says is in the vault/, undefined);
		await importEnvironment(made.app, fromPalette);
		assert.equal(made.vault.named('B'), undefined);
		made.ui.assertDone();
	});

	test('called on an organization’s row, asks for none', async () => {
		const made = await withFile('A=1');
		made.ui
			.picks(/Which file/, 'Import “.env”')
			.picks(/key context/, 'Organization')
			.picksMany(/objects of Globex/, 'checked')
			.presses(/Imported/, undefined);
		const node = made.outline.organizationNode({ id: 'org_globex', name: 'Globex' });
		await importEnvironment(made.app, { nodes: [node] });
		assert.deepEqual(made.vault.named('A')?.keyContext, globex);
		assert.equal(made.vault.count('listOrganizations'), 0);
	});

	test('takes another file than the one in front where the person wants it', async () => {
		const made = await withFile('A=1');
		made.ui.picks(/Which file/, 'Choose Another File…').choosesFile(Buffer.from('B=2'));
		made.ui.picks(/organization/, 'No Organization').types(/pairs/, 'team=a');
		made.ui.picksMany(/Import the file as objects without an organization/, 'checked').presses(/Imported 1/, undefined);
		await importEnvironment(made.app, fromPalette);
		assert.deepEqual(made.vault.named('B')?.keyContext, { team: 'a' });
		assert.equal(made.vault.named('A'), undefined);
	});

	test('called on a file of the explorer, takes that one', async () => {
		const made = await withFile('A=1');
		made.ui.files.set('file:///folder/.env.local', Buffer.from('B=2'));
		made.ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		made.ui.picksMany(/Import “\.env\.local” as/, 'checked').presses(/Imported 1/, undefined);
		await importEnvironment(made.app, {
			nodes: [],
			file: { name: '.env.local', address: 'file:///folder/.env.local' },
		});
		assert.ok(made.vault.named('B'));
		made.ui.assertDone();
	});

	test('asks for a file at once where none of that kind is in front', async () => {
		const made = await withFile('A=1');
		made.textEditor.shownFile = { name: 'environment.ts', text: 'A=1' };
		made.ui.choosesFile(undefined);
		await importEnvironment(made.app, fromPalette);
		made.ui.assertDone();
	});

	test('says that a file is no text', async () => {
		const made = await withFile('');
		made.ui.picks(/Which file/, 'Choose Another File…').choosesFile(Uint8Array.of(0x41, 0x3d, 0xff));
		await importEnvironment(made.app, fromPalette);
		assert.match(made.ui.messages[0] ?? '', /not UTF-8/);
		assert.deepEqual(made.vault.calls, []);
	});

	test('refuses a file that is larger than 256 KiB before it reads it', async () => {
		const made = await withFile('A='.padEnd(262_145, 'x'));
		made.ui.picks(/Which file/, 'Import “.env”');
		await importEnvironment(made.app, fromPalette);
		assert.deepEqual(made.ui.messages, [
			'Nothing was imported: “.env” is larger than 256 KiB. Choose the file that has the variables, or import it in parts.',
		]);
		assert.deepEqual(made.vault.calls, []);
	});

	test('says that a file has no variables', async () => {
		const made = await withFile('# nothing\nhello');
		made.ui.picks(/Which file/, 'Import “.env”');
		await importEnvironment(made.app, fromPalette);
		assert.match(made.ui.messages[0] ?? '', /“\.env” has no line of the form NAME=value\. Nothing was imported/);
		assert.deepEqual(made.vault.calls, []);
	});

	test('takes what is not saved yet of the file that it was called on', async () => {
		const made = await withFile('');
		made.textEditor.unsavedTexts.set('file:///folder/.env', 'NEW=1');
		made.ui.files.set('file:///folder/.env', Buffer.from('OLD=1'));
		made.ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		made.ui.picksMany(/Which variables/, 'checked').presses(/Imported 1/, undefined);
		await importEnvironment(made.app, { nodes: [], file: { name: '.env', address: 'file:///folder/.env' } });
		assert.ok(made.vault.named('NEW'));
		assert.equal(made.vault.named('OLD'), undefined);
	});

	test('refuses what the editor could not read in the file’s encoding', async () => {
		const made = await withFile('');
		made.textEditor.unsavedTexts.set('file:///folder/.env', 'A=p\ufffdss');
		await importEnvironment(made.app, { nodes: [], file: { name: '.env', address: 'file:///folder/.env' } });
		assert.match(made.ui.messages.join(' '), /not UTF-8 text/);
		assert.equal(made.vault.named('A'), undefined);
	});

	test('puts a prefix before all names where others have some of them', async () => {
		const made = await withFile('A=1\nB=2');
		made.vault.add('A', globex);
		startsImport(made)
			.picks(/Other objects of this vault have one of the names/, 'Put a Prefix before All Names…')
			.types(/The prefix/, '', 'acme/')
			.picksMany(preview, 'checked')
			.presses(/Imported 2 of 2/, undefined);
		await importEnvironment(made.app, fromPalette);
		assert.deepEqual(made.vault.named('acme/A')?.keyContext, acme);
		assert.deepEqual(made.vault.valuesOf(made.vault.named('acme/B')?.id ?? ''), ['2']);
		made.ui.assertDone();
	});

	suite('the preview', () => {
		/** What the rows of the preview say, and which are checked, for a file and what the vault holds. */
		const rowsOf = async (
			text: string,
			fill: (made: Awaited<ReturnType<typeof withFile>>) => void = () => undefined,
			{ hasTaken = false } = {},
		) => {
			const made = await withFile(text);
			fill(made);
			made.vault.forgetCalls();
			startsImport(made);
			if (hasTaken) made.ui.picks(/Other objects of this vault have 3 of the names/, 'Go On without Them');
			made.ui.picksMany(preview, undefined);
			await importEnvironment(made.app, fromPalette);
			assert.equal(made.vault.count('createObject') + made.vault.count('updateObject'), 0);
			assert.equal(made.vault.count('readObject'), 0);
			const rows = made.ui.lists.at(-1) as readonly { label: string; description?: string; isChecked?: boolean }[];
			return rows.map(({ label, description, isChecked }) => `${isChecked ? '☑' : '☐'} ${label} ${description}`);
		};

		test('has new names checked', async () => {
			assert.deepEqual(await rowsOf('A=1\nB=2'), ['☑ A new', '☑ B new']);
		});

		test('has a name of the same key context unchecked, whether the tree or only the vault knows it', async () => {
			const rows = await rowsOf('KNOWN=1\nUNKNOWN=2', ({ vault, catalog }) => {
				catalog.put(vault.add('KNOWN', acme));
				vault.add('UNKNOWN', acme);
			});
			const words = 'exists: a changed value becomes a new version';
			assert.deepEqual(rows, [`☐ KNOWN ${words}`, `☐ UNKNOWN ${words}`]);
		});

		test('says who has a name that is taken', async () => {
			const fill = ({ vault }: Awaited<ReturnType<typeof withFile>>) => {
				vault.add('A', globex);
				vault.add('B', { team: 'a' });
				vault.add('C', { ...acme, data_type: 'x' });
			};
			const rows = await rowsOf('A=1\nB=1\nC=1', fill, { hasTaken: true });
			assert.deepEqual(rows, [
				'☐ A taken: an object of this name exists in Globex',
				'☐ B taken: an object of this name exists without an organization',
				'☐ C taken: an object of this name exists in Acme, under another key context',
			]);
		});

		test('has what is in doubt unchecked, with its line and why', async () => {
			assert.deepEqual(await rowsOf('A=1\nB=p4ss#word\nC="open'), [
				'☑ A new',
				'☐ B new, in doubt, line 2: a # in it begins a comment for some readers',
				'☐ C new, in doubt, line 3: its quote is not closed',
			]);
		});

		test('names the first lines only where a name stands in many', async () => {
			assert.deepEqual(await rowsOf('A=1\n'.repeat(10)), [
				'☐ A new, in doubt, lines 1, 2, 3, 4, 5, 6, 7, 8 and 2 more: its name stands there several times; the last value counts',
			]);
		});

		test('says what is not valid, and asks the vault for none of it', async () => {
			const long = 'N'.repeat(201);
			const made = await withFile(`${long}=1\nEMPTY=`);
			startsImport(made).picksMany(preview, undefined);
			await importEnvironment(made.app, fromPalette);
			assert.deepEqual(
				made.ui.lists.at(-1)?.map(({ description }) => description),
				['not valid: its name has more than 200 characters', 'not valid: it has no value'],
			);
			assert.equal(made.vault.count('listObjects'), 0);
		});

		test('takes a name of 200 characters and a file of 256 KiB', async () => {
			const text = `${'N'.repeat(200)}=1\nLARGE=`;
			const rows = await rowsOf(text.padEnd(262_144, 'x'));
			assert.deepEqual(
				rows.map((row) => row.slice(-4)),
				[' new', ' new'],
			);
		});

		test('says which lines of the file say nothing', async () => {
			const made = await withFile('A=1\nfoo\nbar\n# note');
			startsImport(made).picksMany(
				/as objects of Acme: Which variables\? Lines 2 and 3 are no assignments\.$/,
				undefined,
			);
			await importEnvironment(made.app, fromPalette);
			made.ui.assertDone();
		});

		test('says once for all variables what may be a mistake in their key context, without a request', async () => {
			/** What is asked of the vault for an import of two variables for Acme with these pairs. */
			const callsFor = async (pairs: string, question: RegExp) => {
				const made = await withFile('A=1\nB=2\nfoo');
				made.ui
					.picks(/Which file/, 'Import “.env”')
					.picks(/Which organization/, 'Acme')
					.picks(/Which key context/, 'Own Pairs…')
					.types(/pairs/, pairs)
					.picksMany(question, 'checked')
					.presses(/Imported 2 of 2/, undefined);
				await importEnvironment(made.app, fromPalette);
				assert.deepEqual(
					made.ui.lists.at(-1)?.map(({ description, detail }) => [description, detail]),
					[
						['new', undefined],
						['new', undefined],
					],
				);
				made.ui.assertDone();
				return made.vault.calls;
			};
			const withHint = await callsFor(
				'organization_id=org_acme, user_id=org_acme',
				/Line 3 is no assignment\. “user_id” has an organization’s ID: all its users may share the key that was meant for one of them\.$/,
			);
			assert.deepEqual(withHint, await callsFor('organization_id=org_acme', /Line 3 is no assignment\.$/));
		});

		test('does not come when the person cancels the look-up of the names', async () => {
			const made = await withFile('A=1');
			startsImport(made).cancels(/Looking the names up/);
			await importEnvironment(made.app, fromPalette);
			made.ui.assertDone();
		});

		test('left with nothing checked, says that nothing was imported', async () => {
			const made = await withFile('A=1');
			startsImport(made).picksMany(preview, []);
			await importEnvironment(made.app, fromPalette);
			assert.deepEqual(made.ui.messages, ['No variable was chosen. Nothing was imported.']);
			assert.equal(made.vault.count('createObject'), 0);
		});
	});

	suite('of a production connection', () => {
		const isProduction = true;
		const readOnly = /“Staging” is a production connection and read-only/;
		const allow = 'Allow Changes for 10 Minutes';

		test('goes on once changes are allowed', async () => {
			const made = await withFile('A=1', { isProduction });
			made.ui.presses(readOnly, allow);
			startsImport(made)
				.picksMany(preview, 'checked')
				.presses(/Imported 1 of 1/, undefined);
			await importEnvironment(made.app, fromPalette);
			assert.ok(made.vault.named('A'));
			made.ui.assertDone();
		});

		test('asks again when the time for changes ran out over the preview', async () => {
			const made = await withFile('A=1', { isProduction });
			made.app.allowances.allow('one');
			startsImport(made).picksMany(preview, 'checked').presses(readOnly, undefined);
			made.vault.beforeNext('listObjects', () => made.app.allowances.revokeAll());
			await importEnvironment(made.app, fromPalette);
			assert.equal(made.vault.count('createObject'), 0);
			made.ui.assertDone();
		});
	});

	test('needs a connection', async () => {
		const { app, connections } = makeApp();
		connections.session = undefined;
		assert.equal((await failureOf(importEnvironment(app, fromPalette))).code, 'notConnected');
	});
});
