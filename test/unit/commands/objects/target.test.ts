import assert from 'node:assert/strict';
import { commands } from '../../../../src/commands';
import type { Target } from '../../../../src/commands/ports';
import { failureOf } from '../../../support/fakes';
import { withToken } from '../../../support/withToken';

suite('What a command is called on', () => {
	const withRows = async () => {
		const made = await withToken();
		const other = made.vault.add('other', { organization_id: 'org_acme' });
		made.catalog.put(other);
		const version = await made.versionRow(made.token, 1);
		const organization = made.outline.organizationNode({ id: 'org_acme', name: 'Acme' });
		made.vault.forgetCalls();
		return { ...made, other, version, organization };
	};
	const ofObjects = [
		'workosVault.editValue',
		'workosVault.replaceValue',
		'workosVault.copyValue',
		'workosVault.copyName',
		'workosVault.copyNames',
		'workosVault.copyKeyContext',
		'workosVault.copyLink',
		'workosVault.revealInIsolation',
		'workosVault.deleteObject',
		'workosVault.deleteObjects',
	] as const;

	for (const id of ofObjects) {
		test(`${id} on a row that is no object says so, and offers no other object`, async () => {
			const { app, ui, vault, version, organization } = await withRows();
			for (const node of [version, organization]) {
				const failure = await failureOf(commands[id](app, { nodes: [node] }));
				assert.equal(failure.code, 'noObjectInRow');
			}
			assert.deepEqual([ui.lists, vault.calls], [[], []]);
		});
	}

	test('a key on several rows reveals none of them, and says so', async () => {
		const { app, vault, documents, on, token, other, version } = await withRows();
		for (const nodes of [on(token, other).nodes, [version, ...on(token).nodes]]) {
			const target: Target = { nodes, isOfAllRows: true };
			const failure = await failureOf(commands['workosVault.revealValue'](app, target));
			assert.equal(failure.code, 'severalRows');
		}
		assert.deepEqual([documents.revealed, vault.calls], [[], []]);
	});

	test('a button on one of several selected rows works on its own', async () => {
		const { app, documents, on, token, other } = await withRows();
		await commands['workosVault.revealValue'](app, on(token, other));
		assert.deepEqual(documents.revealed, [{ title: 'token', value: 'one' }]);
	});

	test('the Delete key on several rows names all objects among them', async () => {
		const { app, ui, on, token, other, version } = await withRows();
		ui.confirms(/^Delete 2 objects\? “token”, “other”\./, false);
		const nodes = [...on(token, other).nodes, version];
		await commands['workosVault.deleteObject'](app, { nodes, isOfAllRows: true });
		ui.assertDone();
	});
});
