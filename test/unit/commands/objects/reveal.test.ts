import assert from 'node:assert/strict';
import { known } from '../../../support/known';
import {
	explainUnsaved,
	hideValues,
	revealAgain,
	revealInIsolation,
	revealValue,
	revealVersion,
} from '../../../../src/commands/objects/reveal';
import { compareWithCurrent, restoreVersion } from '../../../../src/commands/objects/versions';
import { failureOf, fromPalette, lost, makeApp } from '../../../support/fakes';

const withToken = () => {
	const made = makeApp();
	const token = made.vault.add('token', { organization_id: 'org_acme' }, 'one', 'two', 'three');
	made.catalog.put(token);
	const values = () => made.vault.valuesOf(token.id);
	return { ...made, token, values };
};

suite('Revealing', () => {
	test('makes exactly one call, a read, and opens the value under the object’s name', async () => {
		const { app, vault, documents, on, token } = withToken();
		await revealValue(app, on(token));
		assert.deepEqual(vault.calls, ['readObject']);
		assert.deepEqual(documents.revealed, [{ title: 'token', value: 'three' }]);
	});

	test('notes when it read the object, an older version too', async () => {
		const { app, on, token, versionRow } = withToken();
		const reads = () => app.connections.session?.activity.ownReadsOf(token.id).length;
		await revealValue(app, on(token));
		assert.equal(reads(), 1);
		const nodes = [await versionRow(token, 1)];
		await revealVersion(app, { nodes });
		assert.equal(reads(), 2);
		await compareWithCurrent(app, { nodes });
		assert.equal(reads(), 4);
	});

	test('is refused when the answer belongs to another key context than the tree shows', async () => {
		const { app, documents, on, token } = withToken();
		const failure = await failureOf(revealValue(app, on({ ...token, keyContext: { team: 'x' } })));
		assert.deepEqual([failure.code, failure.details.name], ['contextChanged', 'token']);
		assert.deepEqual(documents.revealed, []);
	});

	test('brings the tree up to date with the version that was read, without the value', async () => {
		const { app, vault, catalog, on, token } = withToken();
		const newer = vault.publish(token.id, 'four');
		await revealValue(app, on(token));
		assert.deepEqual(catalog.get(token.id), known(newer));
	});

	test('takes an object that is gone out of the tree', async () => {
		const { app, vault, catalog, on, token } = withToken();
		vault.erase(token.id);
		const failure = await failureOf(revealValue(app, on(token)));
		assert.deepEqual([failure.code, failure.details.name], ['notFound', 'token']);
		assert.equal(catalog.get(token.id), undefined);
	});

	test('shows nothing when the person cancels', async () => {
		const { app, ui, vault, documents, on, token } = withToken();
		vault.failNext('readObject', lost());
		ui.cancels(/Revealing/);
		await revealValue(app, on(token));
		assert.deepEqual(documents.revealed, []);
	});

	test('from the palette, asks which object', async () => {
		const { app, ui, documents } = withToken();
		ui.finds(/Reveal Value/, 'tok', 'token');
		await revealValue(app, fromPalette);
		assert.equal(documents.revealed.length, 1);
	});

	test('of an older version opens that version’s value', async () => {
		const { app, vault, documents, versionRow, token } = withToken();
		const row = await versionRow(token, 1);
		vault.forgetCalls();
		await revealVersion(app, { nodes: [row] });
		assert.deepEqual(vault.calls, ['readVersion']);
		assert.deepEqual(documents.revealed, [{ title: 'token (version 1)', value: 'one' }]);
	});

	test('tells of which object it is the current value, and since when; an older version’s tells nothing', async () => {
		const { app, documents, on, vault, versionRow, token } = withToken();
		await revealValue(app, on(token));
		await revealVersion(app, { nodes: [await versionRow(token, 1)] });
		const { updatedAt } = await vault.describeObject(token.id);
		assert.deepEqual(documents.revealedOf, [{ objectId: token.id, updatedAt }, undefined]);
	});

	test('of the current version is revealing the object', async () => {
		const { app, documents, versionRow, token } = withToken();
		await revealVersion(app, { nodes: [await versionRow(token, 3)] });
		assert.deepEqual(documents.revealed, [{ title: 'token', value: 'three' }]);
	});

	test('with the key on a version’s row reveals that version', async () => {
		const { app, documents, versionRow, token } = withToken();
		await revealValue(app, { nodes: [await versionRow(token, 2)] });
		assert.deepEqual(documents.revealed, [{ title: 'token (version 2)', value: 'two' }]);
	});

	test('of an older version is refused where the vault has no old values', async () => {
		const { app, vault, versionRow, token } = withToken();
		vault.hasOldValues = false;
		assert.equal((await failureOf(revealVersion(app, { nodes: [await versionRow(token, 1)] }))).code, 'noOldValues');
	});

	test('from the palette, asks which object and which of its older versions', async () => {
		const { app, ui, documents } = withToken();
		ui.finds(/Reveal Version/, 'tok', 'token').picks(/Which version of “token”/, 'Version 2');
		await revealVersion(app, fromPalette);
		assert.deepEqual(
			ui.lists.at(-1)?.map(({ label }) => label),
			['Version 2', 'Version 1'],
		);
		assert.deepEqual(documents.revealed, [{ title: 'token (version 2)', value: 'two' }]);
	});

	test('from the palette, says so where there are no older versions', async () => {
		const { app, ui, vault, catalog } = withToken();
		catalog.put(vault.add('fresh'));
		ui.finds(/Reveal Version/, 'fresh', 'fresh');
		await revealVersion(app, fromPalette);
		assert.match(ui.messages[0] ?? '', /no older versions/);
	});

	test('from the palette, says why where versions can’t be listed', async () => {
		const { app, ui, vault } = withToken();
		vault.failNext('listVersions', lost());
		ui.finds(/Reveal Version/, 'tok', 'token');
		assert.equal((await failureOf(revealVersion(app, fromPalette))).code, 'unavailable');
	});

	test('ends for all values at once', () => {
		const { app, documents } = withToken();
		hideValues(app);
		assert.equal(documents.hides, 1);
	});

	test('is not saved to a file, and that is said', async () => {
		const { app, ui, vault, documents } = withToken();
		await explainUnsaved(app);
		assert.match(ui.messages[0] ?? '', /^A revealed value is not saved to a file/);
		assert.deepEqual(vault.calls, []);
		assert.equal(documents.saves, 0);
	});

	test('keeps nobody from saving what came to the front meanwhile', async () => {
		const { app, ui, documents } = withToken();
		documents.isValueInFront = false;
		await explainUnsaved(app);
		assert.equal(documents.saves, 1);
		assert.deepEqual(ui.messages, []);
	});
});

suite('Revealing again', () => {
	test('does what showed the value: an object’s, in isolation too, a version’s, a comparison', async () => {
		const { app, documents, on, versionRow, token } = withToken();
		const row = await versionRow(token, 1);
		await revealValue(app, on(token));
		await revealAgain(app, fromPalette);
		await revealInIsolation(app, on(token));
		await revealAgain(app, fromPalette);
		await revealVersion(app, { nodes: [row] });
		await revealAgain(app, fromPalette);
		await compareWithCurrent(app, { nodes: [row] });
		await revealAgain(app, fromPalette);
		const titles = ['token', 'token', 'token (version 1)', 'token (version 1)'];
		assert.deepEqual(
			documents.revealed.map(({ title }) => title),
			titles,
		);
		assert.equal(documents.isolated.length, 2);
		assert.equal(documents.compared.length, 2);
		const ids = documents.again.map((again) => again?.id);
		assert.equal(new Set(ids).size, 3, 'the same has one id, and other things have others');
	});

	test('of a comparison follows the rules of a reveal', async () => {
		const { app, vault, documents, privacy, versionRow, token } = withToken();
		await compareWithCurrent(app, { nodes: [await versionRow(token, 1)] });
		vault.forgetCalls();
		privacy.isPresenting = true;
		assert.equal((await failureOf(revealAgain(app, fromPalette))).code, 'presenting');
		privacy.isLocked = true;
		assert.equal((await failureOf(revealAgain(app, fromPalette))).code, 'locked');
		assert.deepEqual([documents.compared.length, vault.calls], [1, []]);
	});

	test('shows the value as it is by then', async () => {
		const { app, vault, documents, on, token } = withToken();
		await revealValue(app, on(token));
		vault.publish(token.id, 'four');
		await revealAgain(app, fromPalette);
		assert.deepEqual(documents.revealed.at(-1), { title: 'token', value: 'four' });
	});

	test('asks no other vault', async () => {
		const { app, ui, vault, connections, documents, on, token } = withToken();
		await revealValue(app, on(token));
		const session = connections.session;
		assert.ok(session);
		connections.session = { ...session, connection: { ...session.connection, id: 'another' } };
		vault.forgetCalls();
		await revealAgain(app, fromPalette);
		assert.deepEqual(vault.calls, []);
		assert.equal(documents.revealed.length, 1);
		assert.match(ui.messages[0] ?? '', /This value is of “.+”\. Switch to that connection/);
	});

	test('asks which object where nothing was shown', async () => {
		const { app, ui, documents } = withToken();
		ui.finds(/Reveal Value/, 'tok', 'token');
		await revealAgain(app, fromPalette);
		assert.equal(documents.revealed.length, 1);
	});
});

suite('Versions', () => {
	test('are compared with the current one, the older on the left', async () => {
		const { app, documents, versionRow, token } = withToken();
		await compareWithCurrent(app, { nodes: [await versionRow(token, 1)] });
		assert.deepEqual(documents.compared, [
			[
				{ title: 'token (version 1)', value: 'one' },
				{ title: 'token (current)', value: 'three' },
			],
		]);
	});

	test('are not compared where the vault has no old values', async () => {
		const { app, vault, documents, versionRow, token } = withToken();
		vault.hasOldValues = false;
		const failure = await failureOf(compareWithCurrent(app, { nodes: [await versionRow(token, 1)] }));
		assert.equal(failure.code, 'noOldValues');
		assert.deepEqual(documents.compared, []);
		assert.equal(vault.count('readObject'), 0, 'nothing is decrypted for nothing');
	});

	test('are restored after asking, as a new version', async () => {
		const { app, ui, outline, values, versionRow, token } = withToken();
		ui.confirms(/Restore version 1 of “token”\?.*new version/, true);
		await restoreVersion(app, { nodes: [await versionRow(token, 1)] });
		assert.deepEqual(values(), ['one', 'two', 'three', 'one']);
		assert.match(ui.messages[0] ?? '', /Version 1 of “token” is the current one again/);
		assert.equal((await outline.children(outline.objectNode(token))).length, 4);
	});

	test('are not restored when the person is not sure', async () => {
		const { app, ui, values, versionRow, token } = withToken();
		ui.confirms(/Restore/, false);
		await restoreVersion(app, { nodes: [await versionRow(token, 1)] });
		assert.deepEqual(values(), ['one', 'two', 'three']);
	});

	test('are not restored over a version that came in between', async () => {
		const { app, ui, vault, values, versionRow, token } = withToken();
		vault.beforeNext('updateObject', () => vault.publish(token.id, 'theirs'));
		ui.confirms(/Restore/, true);
		const failure = await failureOf(restoreVersion(app, { nodes: [await versionRow(token, 1)] }));
		assert.deepEqual([failure.code, failure.details.name], ['conflict', 'token']);
		assert.deepEqual(values(), ['one', 'two', 'three', 'theirs']);
	});

	test('are not restored over a version that the tree did not show yet', async () => {
		const { app, ui, vault, values, versionRow, token } = withToken();
		const row = await versionRow(token, 1);
		vault.publish(token.id, 'theirs');
		ui.confirms(/Restore/, true);
		const failure = await failureOf(restoreVersion(app, { nodes: [row] }));
		assert.deepEqual([failure.code, failure.details.name], ['conflict', 'token']);
		assert.deepEqual(values(), ['one', 'two', 'three', 'theirs']);
	});

	test('are restored once when the answer was lost', async () => {
		const { app, ui, vault, values, versionRow, token } = withToken();
		vault.failNext('updateObject', lost(), 'applied');
		ui.confirms(/Restore/, true);
		await restoreVersion(app, { nodes: [await versionRow(token, 1)] });
		assert.deepEqual(values(), ['one', 'two', 'three', 'one']);
	});
});
