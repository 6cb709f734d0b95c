import assert from 'node:assert/strict';
import type { KnownObject } from '../../../../src/vault/model';
import { importEnvironment } from '../../../../src/commands/dotenv/importDotenv';
import { fromPalette, lost } from '../../../support/fakes';
import { acme, everything, withThree } from '../../../support/imports';
import { withoutPauses } from '../../../support/withoutPauses';

suite('The report of an import', () => {
	withoutPauses();

	test('says what was imported where, and which lines say nothing', async () => {
		const { run, documents } = await withThree();
		await run('checked', /^Imported 3 of 3: 3 created\. Keep the file/);
		assert.equal(
			documents.revealed[0]?.value,
			[
				'Import of “.env” as objects of Acme (organization_id=org_acme)',
				'Imported 3 of 3: 3 created.',
				'',
				'A: created',
				'B: created',
				'C: created',
				'',
				'Line 4 is no assignment.',
				'',
			].join('\n'),
		);
	});

	test('tells a new version from a value that was there already, which is not published again', async () => {
		const { run, add, vault } = await withThree();
		const [a, b] = [add('A', 'old'), add('B', 's3cret-b')];
		const message = /^Imported 3 of 3: 1 created, 1 published as a new version, 1 unchanged\. Keep the file/;
		assert.deepEqual(await run(everything, message), [
			'A: published as a new version',
			'B: unchanged: the vault has this value already',
			'C: created',
		]);
		assert.deepEqual([vault.valuesOf(a.id), vault.valuesOf(b.id)], [['old', 's3cret-a'], ['s3cret-b']]);
		assert.equal(vault.count('updateObject'), 1);
	});

	test('names what was not chosen', async () => {
		const { run, add } = await withThree();
		add('A', 'old');
		assert.deepEqual(await run(['B'], /^Imported 1 of 1: 1 created\. Keep the file/), [
			'A: not chosen (exists: a changed value becomes a new version)',
			'B: created',
			'C: not chosen (new)',
		]);
	});

	test('names what is taken and was chosen all the same; nothing of it is touched', async () => {
		const { run, add, vault } = await withThree();
		const taken = add('B', 'theirs', { organization_id: 'org_globex' });
		assert.deepEqual(await run(everything, /^Imported 2 of 3: 2 created\. 1 was not\.$/), [
			'A: created',
			'B: not imported (taken: an object of this name exists in Globex)',
			'C: created',
		]);
		assert.deepEqual(vault.valuesOf(taken.id), ['theirs']);
		assert.equal(vault.count('readObject'), 0);
	});

	test('names what was not begun when the person cancels; what runs is finished', async () => {
		const { run, ui, vault } = await withThree();
		ui.cancels(/^2 of 3$/);
		assert.deepEqual(await run('checked', /^Imported 2 of 3: 2 created\. 1 was not\.$/), [
			'A: created',
			'B: created',
			'C: not begun',
		]);
		assert.equal(vault.named('C'), undefined);
	});

	test('counts what was only about to be read when the person cancels as not begun', async () => {
		const { run, add, ui, vault } = await withThree();
		add('B', 'old');
		ui.cancels(/^2 of 3$/);
		assert.deepEqual(await run(everything, /^Imported 1 of 3: 1 created\. 2 were not\.$/), [
			'A: created',
			'B: not begun',
			'C: not begun',
		]);
		assert.equal(vault.count('updateObject'), 0);
	});

	test('says that somebody published meanwhile, and nothing was overwritten', async () => {
		const { run, add, vault, catalog } = await withThree();
		const b = add('B', 'old');
		vault.beforeNext('updateObject', () => vault.publish(b.id, 'theirs'));
		const lines = await run(everything, /^Imported 2 of 3: 2 created\. 1 was not\.$/);
		assert.equal(lines[1], 'B: not imported: somebody published a newer version meanwhile, which was not overwritten');
		assert.deepEqual(vault.valuesOf(b.id), ['old', 'theirs']);
		assert.equal(catalog.get(b.id)?.versionId, vault.named('B')?.versionId);
	});

	test('says that a name was taken meanwhile', async () => {
		const { run, vault } = await withThree();
		vault.beforeNext('createObject', () => vault.add('A', { organization_id: 'org_globex' }, 'theirs'));
		const lines = await run('checked', /^Imported 2 of 3/);
		assert.equal(lines[0], 'A: not imported: somebody created an object of this name meanwhile');
	});

	test('says that an object is gone, and takes it out of the tree', async () => {
		const { run, add, vault, catalog } = await withThree();
		const a = add('A', 'old');
		vault.erase(a.id);
		const lines = await run(everything, /^Imported 2 of 3/);
		assert.equal(lines[0], 'A: not imported: the object is not in the vault any more');
		assert.equal(catalog.get(a.id), undefined);
	});

	test('says that an object is of another key context than the tree showed; it is not changed', async () => {
		const { run, vault, catalog } = await withThree();
		const a = vault.add('A', { organization_id: 'org_globex' }, 'theirs');
		const told: KnownObject = { ...a, keyContext: acme };
		catalog.put(told);
		const lines = await run(everything, /^Imported 2 of 3/);
		assert.equal(lines[0], 'A: not imported: the object belongs to another key context than the tree showed');
		assert.deepEqual(vault.valuesOf(a.id), ['theirs']);
		assert.deepEqual(catalog.get(a.id)?.keyContext, { organization_id: 'org_globex' });
	});

	test('counts a create whose answer was lost as created, and creates once', async () => {
		const { run, vault } = await withThree();
		vault.failNext('createObject', lost(), 'applied');
		assert.equal((await run('checked', /^Imported 3 of 3: 3 created/))[0], 'A: created');
		assert.equal(vault.count('createObject'), 3);
	});

	test('counts an update whose answer was lost as published, and publishes once', async () => {
		const { run, add, vault } = await withThree();
		const a = add('A', 'old');
		vault.failNext('updateObject', lost(), 'applied');
		const lines = await run(everything, /^Imported 3 of 3: 2 created, 1 published/);
		assert.equal(lines[0], 'A: published as a new version');
		assert.deepEqual(vault.valuesOf(a.id), ['old', 's3cret-a']);
	});

	test('says of what was imported in doubt why it is, and advises nobody to delete the file', async () => {
		const { app, ui, textEditor, documents } = await withThree();
		textEditor.shownFile = { name: '.env', text: 'A=p4ss#word\nB=1' };
		ui.picks(/Which file/, 'Import “.env”')
			.picks(/Which organization/, 'Acme')
			.picks(/key context/, 'Organization');
		ui.picksMany(/Which variables/, ['A', 'B']).presses(/^Imported 2 of 2: 2 created\. Keep the file/, 'Show Report');
		await importEnvironment(app, fromPalette);
		assert.match(
			documents.revealed[0]?.value ?? '',
			/A: created \(in doubt, line 1: a # in it begins a comment for some readers\)\nB: created\n/,
		);
	});
});
