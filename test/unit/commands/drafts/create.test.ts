import assert from 'node:assert/strict';
import { createNewObject } from '../../../../src/commands/drafts/create';
import { failureOf, fromPalette, lost, makeApp } from '../../../support/fakes';

suite('Creating an object', () => {
	const withAcme = (options?: { isProduction?: boolean }) => {
		const made = makeApp(options);
		made.vault.addOrganizations('Acme', 'Globex');
		return made;
	};

	test('asks for organization, name, key context and value, creates it and shows it', async () => {
		const { app, ui, vault, catalog, shown } = withAcme();
		ui.picks(/Which organization/, 'Acme')
			.types(/object’s name/, ' token ')
			.picks(/Which key context/, 'Organization');
		ui.picks(/Where does the value/, 'Type or Paste It').types(/The value/, 's3cret');
		await createNewObject(app, fromPalette);
		const created = vault.named('token');
		assert.ok(created);
		assert.deepEqual(created.keyContext, { organization_id: 'org_acme' });
		assert.deepEqual(vault.valuesOf(created.id), ['s3cret']);
		assert.equal(catalog.get(created.id)?.name, 'token');
		assert.deepEqual(shown, [created]);
		assert.match(ui.messages[0] ?? '', /Created “token”/);
		assert.doesNotMatch(JSON.stringify(ui.messages), /s3cret/);
		ui.assertDone();
	});

	test('asks for a typed value in a masked box', async () => {
		const { app, ui } = withAcme();
		ui.picks(/organization/, 'Acme')
			.types(/name/, 'token')
			.picks(/key context/, 'Organization');
		ui.picks(/value come/, 'Type or Paste It').types(/The value/, undefined);
		await createNewObject(app, fromPalette);
		assert.equal(ui.questions.at(-1)?.isMasked, true);
	});

	test('never decrypts an object to see whether its name is taken', async () => {
		const { app, ui, vault } = withAcme();
		vault.add('token');
		ui.picks(/organization/, 'Acme')
			.types(/name/, 'token')
			.presses(/exists/, undefined);
		await createNewObject(app, fromPalette);
		assert.equal(vault.count('readObject'), 0);
	});

	for (const [text, name, value] of [
		['STRIPE_KEY=sk_live_abc', 'STRIPE_KEY', 'sk_live_abc'],
		['export DB_URL="postgres://a b"', 'DB_URL', 'postgres://a b'],
	] as const) {
		test(`notices a value in the name ${text}, and tells the two apart`, async () => {
			const { app, ui, vault } = withAcme();
			ui.picks(/organization/, 'Acme')
				.types(/name/, text)
				.presses(/looks like a name with its value\. A name is never encrypted/, 'Split Name and Value')
				.picks(/key context/, 'Organization');
			await createNewObject(app, fromPalette);
			assert.deepEqual(vault.valuesOf(vault.named(name)?.id ?? ''), [value]);
			ui.assertDone();
		});
	}

	suite('told apart from the name that it was pasted with', () => {
		const lines = '-----BEGIN KEY-----\nabc\n\tdef=\n-----END KEY-----';
		const joined = lines.replaceAll(/\s+/g, ' ');
		/** What is stored where this was pasted, the box made one line of it, and the person answers so. */
		const storedAs = async (
			copied: string,
			typed: string,
			button: 'Use the Clipboard' | 'Use the One Line' | undefined,
		) => {
			const { app, ui, vault } = withAcme();
			await app.clipboard.copy(copied);
			ui.picks(/organization/, 'Acme')
				.types(/name/, typed)
				.presses(/looks like a name with its value/, 'Split Name and Value')
				.presses(/What you pasted has several lines/, button);
			if (button) ui.picks(/key context/, 'Organization');
			await createNewObject(app, fromPalette);
			ui.assertDone();
			return vault.valuesOf(vault.named('KEY')?.id ?? '')?.[0];
		};

		test('a value keeps its lines', async () => {
			assert.equal(await storedAs(`KEY="${lines}"\n`, `KEY="${joined}"`, 'Use the Clipboard'), lines);
			assert.equal(await storedAs(`export KEY=${lines}`, `export KEY=${joined}`, 'Use the Clipboard'), lines);
			assert.equal(await storedAs(`KEY: "${lines}"`, `KEY: "${joined}"`, 'Use the Clipboard'), lines);
		});

		test('a value with an open quote keeps its lines, and its quote', async () => {
			assert.equal(await storedAs(`KEY="${lines}`, `KEY="${joined}`, 'Use the Clipboard'), `"${lines}`);
		});

		test('a value keeps its lines where its name was typed before it', async () => {
			assert.equal(await storedAs(lines, `KEY=${joined}`, 'Use the Clipboard'), lines);
			assert.equal(await storedAs(`"${lines}"`, `KEY="${joined}"`, 'Use the Clipboard'), lines);
			assert.equal(
				await storedAs('Server=x;\nUser=y', 'KEY=Server=x; User=y', 'Use the Clipboard'),
				'Server=x;\nUser=y',
			);
		});

		test('a value can stay one line, and is not stored when the person leaves', async () => {
			assert.equal(await storedAs(`KEY="${lines}"`, `KEY="${joined}"`, 'Use the One Line'), joined);
			assert.equal(await storedAs(`KEY="${lines}"`, `KEY="${joined}"`, undefined), undefined);
		});

		test('a value with white space at its ends is asked about', async () => {
			const { app, ui, vault } = withAcme();
			ui.picks(/organization/, 'Acme')
				.types(/name/, 'KEY="abc "')
				.presses(/looks like a name with its value/, 'Split Name and Value')
				.picks(/The value ends in white space/, 'Leave It Out')
				.picks(/key context/, 'Organization');
			await createNewObject(app, fromPalette);
			assert.deepEqual(vault.valuesOf(vault.named('KEY')?.id ?? ''), ['abc']);
			ui.assertDone();
		});
	});

	test('asks before what looks like a value becomes a name', async () => {
		const { app, ui, vault } = withAcme();
		ui.picks(/organization/, 'Acme')
			.types(/name/, 'postgres://app:s3cret@db/x')
			.presses(/looks like a value/, 'Choose Another Name')
			.types(/name/, 'token ghp_0123456789abcdefghij')
			.presses(/looks like a value/, undefined);
		await createNewObject(app, fromPalette);
		assert.deepEqual(
			vault.calls.filter((call) => call !== 'listOrganizations'),
			[],
		);
		ui.assertDone();
	});

	test('called on an organization’s row, asks for none', async () => {
		const { app, ui, vault, outline } = withAcme();
		const node = outline.organizationNode({ id: 'org_acme', name: 'Acme' });
		ui.types(/name/, 'token')
			.picks(/key context/, 'Organization')
			.picks(/value come/, 'Use the Clipboard');
		await app.clipboard.copy('copied');
		await createNewObject(app, { nodes: [node] });
		assert.deepEqual(vault.named('token')?.keyContext, { organization_id: 'org_acme' });
		assert.equal(vault.count('listOrganizations'), 0);
	});

	suite('the name', () => {
		const start = () => {
			const made = withAcme();
			made.ui.picks(/Which organization/, 'Acme');
			return made;
		};

		test('has 1 to 200 characters', async () => {
			const { app, ui } = start();
			ui.types(/name/, '  ', 'n'.repeat(201), 'n'.repeat(200)).picks(/key context/, undefined);
			await createNewObject(app, fromPalette);
			assert.match(ui.problems[0] ?? '', /Enter a name/);
			assert.match(ui.problems[1] ?? '', /at most 200 characters; this one has 201/);
			ui.assertDone();
		});

		test('that the tree knows is refused while one types', async () => {
			const { app, ui, vault, catalog } = start();
			catalog.put(vault.add('token'));
			ui.types(/name/, 'token', undefined);
			await createNewObject(app, fromPalette);
			assert.match(ui.problems[0] ?? '', /exists/);
			assert.equal(vault.count('listObjects'), 0);
		});

		test('that only the vault knows is refused, and the object can be opened', async () => {
			const { app, ui, vault, catalog, shown } = start();
			const taken = vault.add('token');
			ui.types(/name/, 'token').presses(/“token” exists/, 'Open It');
			await createNewObject(app, fromPalette);
			assert.deepEqual(shown, [taken]);
			assert.ok(catalog.get(taken.id));
			assert.equal(vault.count('createObject'), 0);
			ui.assertDone();
		});

		test('can be chosen again', async () => {
			const { app, ui, vault } = start();
			vault.add('token');
			ui.types(/name/, 'token')
				.presses(/exists/, 'Choose Another Name')
				.types(/name/, 'token-2');
			ui.picks(/key context/, undefined);
			await createNewObject(app, fromPalette);
			ui.assertDone();
		});

		test('that is a part of another one is free', async () => {
			const { app, ui, vault } = start();
			vault.add('token-2');
			ui.types(/name/, 'token').picks(/key context/, undefined);
			await createNewObject(app, fromPalette);
			ui.assertDone();
		});

		test('is not taken for free when the person cancels its look-up', async () => {
			const { app, ui, vault } = start();
			vault.add('token');
			ui.types(/name/, 'token').cancels(/Looking the name up/);
			await createNewObject(app, fromPalette);
			ui.assertDone();
		});
	});

	suite('the key context', () => {
		const contextOf = async (script: (ui: ReturnType<typeof makeApp>['ui']) => void, organization = 'Acme') => {
			const { app, ui, vault, clipboard } = withAcme();
			clipboard.content = 'copied';
			ui.picks(/Which organization/, organization).types(/object’s name/, 'token');
			script(ui);
			ui.picks(/value come/, 'Use the Clipboard');
			await createNewObject(app, fromPalette);
			ui.assertDone();
			return { ...vault.named('token')?.keyContext };
		};

		test('can name a data type', async () => {
			const context = await contextOf((ui) =>
				ui.picks(/key context/, 'Organization and Data Type…').types(/data_type/, ' ', 'v'.repeat(501), ' tokens '),
			);
			assert.deepEqual(context, { organization_id: 'org_acme', data_type: 'tokens' });
		});

		test('can name a user', async () => {
			const context = await contextOf((ui) =>
				ui.picks(/key context/, 'Organization and User…').types(/user_id/, 'user_1'),
			);
			assert.deepEqual(context, { organization_id: 'org_acme', user_id: 'user_1' });
		});

		test('can have pairs of one’s own beside the organization', async () => {
			const context = await contextOf((ui) =>
				ui.picks(/key context/, 'Own Pairs…').types(/pairs/, 'organization_id=org_acme, region=eu'),
			);
			assert.deepEqual(context, { organization_id: 'org_acme', region: 'eu' });
		});

		test('without an organization has pairs of one’s own, under the vault’s rules', async () => {
			const context = await contextOf(
				(ui) => ui.types(/pairs/, '', 'team', '=a', 'a=1, a=2', `${'n'.repeat(121)}=v`, 'team=payments'),
				'No Organization',
			);
			assert.deepEqual(context, { team: 'payments' });
		});

		test('is asked for in few words, and each answer says that it is final', async () => {
			const { app, ui } = withAcme();
			ui.picks(/Which organization/, 'Acme').types(/object’s name/, 'token');
			ui.picks(/^Create Object: Which key context\?$/, undefined);
			await createNewObject(app, fromPalette);
			const answers = ui.lists.at(-1) ?? [];
			assert.equal(answers.length, 4);
			for (const { label, detail } of answers) assert.match(detail ?? '', / It can’t be changed later\.$/, label);
		});

		test('is said to be final where it is asked for', async () => {
			const { app, ui } = withAcme();
			ui.picks(/organization/, 'No Organization')
				.types(/name/, 'token')
				.types(/pairs/, undefined);
			await createNewObject(app, fromPalette);
			assert.match(ui.questions.at(-1)?.prompt ?? '', /can’t be changed later/);
		});
	});

	suite('a hint about the key context', () => {
		const hint = /Is this key context meant\? Customer-managed keys match on organization_id: with “organizationId” in/;
		/** The person types these pairs for Acme. */
		const start = (pairs: string) => {
			const made = withAcme();
			made.clipboard.content = 'copied';
			made.ui
				.picks(/organization/, 'Acme')
				.types(/name/, 'token')
				.picks(/key context\?/, 'Own Pairs…')
				.types(/pairs/, pairs);
			return made;
		};

		test('comes before the value is asked for, and can be passed over', async () => {
			const { app, ui, vault } = start('organizationId=org_acme');
			ui.picks(hint, 'Use It All the Same').picks(/value come/, 'Use the Clipboard');
			await createNewObject(app, fromPalette);
			assert.deepEqual(vault.named('token')?.keyContext, { organizationId: 'org_acme' });
			ui.assertDone();
		});

		test('leads back to the pairs as they were typed, to be changed', async () => {
			const { app, ui, vault } = start('organizationId=org_acme, team="a, b"');
			ui.picks(hint, 'Change It…').types(/pairs/, 'organization_id=org_acme');
			ui.picks(/value come/, 'Use the Clipboard');
			await createNewObject(app, fromPalette);
			assert.equal(ui.questions.at(-1)?.value, 'organizationId=org_acme, team="a, b"');
			assert.deepEqual(vault.named('token')?.keyContext, { organization_id: 'org_acme' });
			ui.assertDone();
		});

		test('comes again where the changed key context has one, too', async () => {
			const { app, ui, vault } = start('organizationId=org_acme');
			ui.picks(hint, 'Change It…').types(/pairs/, 'organization_id=org_globex');
			ui.picks(/meant\? The key context does not name the organization that you chose/, undefined);
			await createNewObject(app, fromPalette);
			assert.equal(vault.named('token'), undefined);
			ui.assertDone();
		});

		test('comes for what is typed as a user or a data type, too', async () => {
			const { app, ui } = withAcme();
			ui.picks(/organization/, 'Acme')
				.types(/name/, 'token')
				.picks(/key context\?/, 'Organization and User…')
				.types(/user_id/, 'org_acme:1')
				.picks(/meant\? “user_id” has a “:” in its value: the vault may never get the key/, undefined);
			await createNewObject(app, fromPalette);
			ui.assertDone();
		});

		test('ends it where the person leaves, and shows what it is about', async () => {
			const { app, ui, vault } = start('organizationId=org_acme');
			ui.picks(hint, undefined);
			await createNewObject(app, fromPalette);
			assert.deepEqual(
				ui.lists.at(-1)?.map(({ label, detail }) => [label, detail]),
				[
					['Change It…', 'organizationId=org_acme'],
					['Use It All the Same', 'It can’t be changed later.'],
				],
			);
			assert.equal(vault.count('createObject'), 0);
			ui.assertDone();
		});

		test('costs no request', async () => {
			const without = start('organization_id=org_acme');
			without.ui.picks(/value come/, 'Use the Clipboard');
			await createNewObject(without.app, fromPalette);
			const withHint = start('organizationId=org_acme');
			withHint.ui.picks(hint, 'Use It All the Same').picks(/value come/, 'Use the Clipboard');
			await createNewObject(withHint.app, fromPalette);
			assert.deepEqual(withHint.vault.calls, without.vault.calls);
		});
	});

	test('is done once when its answer was lost', async () => {
		const { app, ui, vault, clipboard } = withAcme();
		clipboard.content = 'copied';
		vault.failNext('createObject', lost(), 'applied');
		ui.picks(/organization/, 'Acme')
			.types(/name/, 'token')
			.picks(/key context/, 'Organization');
		ui.picks(/value come/, 'Use the Clipboard');
		await createNewObject(app, fromPalette);
		assert.equal(vault.count('createObject'), 1);
		assert.match(ui.messages[0] ?? '', /Created/);
	});

	test('says that the name was taken when somebody was faster', async () => {
		const { app, ui, vault, clipboard } = withAcme();
		clipboard.content = 'copied';
		vault.beforeNext('createObject', () => vault.add('token'));
		ui.picks(/organization/, 'Acme')
			.types(/name/, 'token')
			.picks(/key context/, 'Organization');
		ui.picks(/value come/, 'Use the Clipboard');
		assert.equal((await failureOf(createNewObject(app, fromPalette))).code, 'nameTaken');
	});

	test('lists organizations over all pages', async () => {
		const { app, ui, vault } = makeApp();
		vault.addOrganizations(...Array.from({ length: 230 }, (_, index) => `Company ${index}`));
		ui.picks(/organization/, 'Company 229').types(/name/, undefined);
		await createNewObject(app, fromPalette);
		assert.equal(ui.lists[0]?.length, 231);
	});

	test('needs a connection', async () => {
		const { app, connections } = makeApp();
		connections.session = undefined;
		assert.equal((await failureOf(createNewObject(app, fromPalette))).code, 'notConnected');
	});
});
