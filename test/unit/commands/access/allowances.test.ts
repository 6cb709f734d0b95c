import assert from 'node:assert/strict';
import { allowChanges, forbidChanges } from '../../../../src/commands/access/allowances';
import { createNewObject } from '../../../../src/commands/drafts/create';
import { editValue, replaceValue } from '../../../../src/commands/drafts/edit';
import { importEnvironment } from '../../../../src/commands/dotenv/importDotenv';
import type { App, Target } from '../../../../src/commands/ports';
import { publish } from '../../../../src/commands/drafts/publish';
import { deleteObjects } from '../../../../src/commands/objects/delete';
import { revealValue } from '../../../../src/commands/objects/reveal';
import { restoreVersion } from '../../../../src/commands/objects/versions';
import { pass, withFakeClock } from '../../../support/fakeClock';
import { withToken } from '../../../support/withToken';

const readOnly = /“Staging” is a production connection and read-only/;
const allow = 'Allow Changes for 10 Minutes';
const isProduction = true;

suite('A production connection', () => {
	const changing: Readonly<Record<string, (app: App, target: Target) => Promise<void>>> = {
		'creating an object': createNewObject,
		'importing a file': importEnvironment,
		'editing a value': editValue,
		'replacing a value': replaceValue,
		'deleting an object': deleteObjects,
	};
	for (const [what, flow] of Object.entries(changing)) {
		test(`refuses ${what} until changes are allowed`, async () => {
			const { app, ui, vault, on, token } = await withToken({ isProduction });
			ui.presses(readOnly, undefined);
			await flow(app, on(token));
			assert.deepEqual(vault.calls, []);
			ui.assertDone();
		});
	}

	test('refuses restoring a version until changes are allowed', async () => {
		const { app, ui, vault, versionRow, token, values } = await withToken({ isProduction });
		vault.publish(token.id, 'two');
		ui.presses(readOnly, undefined);
		await restoreVersion(app, { nodes: [await versionRow(token, 1)] });
		assert.deepEqual(values(), ['one', 'two']);
	});

	test('refuses publishing until changes are allowed, and the draft keeps its text', async () => {
		const { app, ui, draft, values } = await withToken({ isProduction });
		draft.write('two');
		ui.presses(readOnly, undefined);
		await publish(app, draft);
		assert.deepEqual([values(), draft.text], [['one'], 'two']);
	});

	test('goes on with what was asked for when the person allows changes', async () => {
		const { app, ui, draft, values } = await withToken({ isProduction });
		draft.write('two');
		ui.presses(readOnly, allow);
		await publish(app, draft);
		assert.deepEqual(values(), ['one', 'two']);
	});

	test('deletes nothing when the allowance ended over the question', async () => {
		const { app, ui, vault, on, token } = await withToken({ isProduction });
		allowChanges(app);
		const input = ui.input.bind(ui);
		ui.input = async (question) => {
			forbidChanges(app);
			return input(question);
		};
		ui.types(/from Production/, 'token').presses(readOnly, undefined);
		await deleteObjects(app, on(token));
		assert.equal(vault.count('deleteObject'), 0);
		ui.assertDone();
	});

	test('can be read at any time', async () => {
		const { app, documents, on, token } = await withToken({ isProduction });
		await revealValue(app, on(token));
		assert.equal(documents.revealed.length, 1);
	});

	test('is read-only again when changes are forbidden', async () => {
		const { app, ui, draft, values } = await withToken({ isProduction });
		allowChanges(app);
		forbidChanges(app);
		draft.write('two');
		ui.presses(readOnly, undefined);
		await publish(app, draft);
		assert.deepEqual(values(), ['one']);
	});

	suite('after ten minutes', () => {
		withFakeClock();

		test('is read-only again', async () => {
			const { app } = await withToken({ isProduction });
			allowChanges(app);
			await pass(599);
			assert.ok(app.allowances.until('one'));
			await pass(1);
			assert.equal(app.allowances.until('one'), undefined);
		});
	});
});

suite('Another connection', () => {
	test('is changed without being asked about it', async () => {
		const { app, draft, values } = await withToken();
		draft.write('two');
		await publish(app, draft);
		assert.deepEqual(values(), ['one', 'two']);
	});

	test('has nothing to allow, and says so', async () => {
		const { app, ui } = await withToken();
		allowChanges(app);
		assert.match(ui.messages[0] ?? '', /“Staging” is not marked as production/);
		assert.equal(app.allowances.until('one'), undefined);
	});
});
