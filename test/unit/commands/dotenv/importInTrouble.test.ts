import assert from 'node:assert/strict';
import { importEnvironment } from '../../../../src/commands/dotenv/importDotenv';
import { VaultError, type VaultErrorCode } from '../../../../src/vault/errors';
import { failureOf, fromPalette } from '../../../support/fakes';
import { everything, linesOf, withThree } from '../../../support/imports';
import { withoutPauses } from '../../../support/withoutPauses';

suite('An import in trouble', () => {
	withoutPauses();

	const goingOn: Partial<Record<VaultErrorCode, string>> = {
		rejected: 'the vault did not accept it: no such key',
		keyUnavailable: 'the customer’s own key could not be used',
		keyNotReady: 'the key of this key context is still being prepared',
		tooManyKeys: 'this environment has no room for another distinct key context',
		unexpected: 'the vault answered with an error',
	};
	for (const [code, words] of Object.entries(goingOn)) {
		test(`goes on with the others: ${code}`, async () => {
			const { run, vault } = await withThree();
			vault.failNext('createObject', undefined);
			vault.failNext('createObject', new VaultError(code as VaultErrorCode, { status: 400, reason: 'no such key' }));
			assert.deepEqual(await run('checked', /^Imported 2 of 3: 2 created\. 1 was not\.$/), [
				'A: created',
				`B: not imported: ${words}`,
				'C: created',
			]);
		});
	}

	const ending: Partial<Record<VaultErrorCode, string>> = {
		unauthorized: 'the API key is not valid for this vault any more',
		forbidden: 'this API key may not do it',
		rateLimited: 'the vault refuses more requests for now',
		locked: 'WorkOS Vault was locked',
	};
	for (const [code, words] of Object.entries(ending)) {
		test(`ends with what would fail for the others too, names them, and tells of it: ${code}`, async () => {
			const made = await withThree();
			made.vault.failNext('createObject', undefined);
			made.vault.failNext('createObject', new VaultError(code as VaultErrorCode, { status: 400 }));
			const failure = await failureOf(made.run('checked', /^Imported 1 of 3: 1 created\. 2 were not\.$/));
			assert.equal(failure.code, code);
			assert.deepEqual(linesOf(made), ['A: created', `B: not imported: ${words}`, 'C: not begun']);
			assert.equal(made.vault.count('createObject'), 2);
		});
	}

	for (const [code, words] of [
		['offline', 'the vault could not be reached'],
		['unavailable', 'the vault did not answer'],
	] as const) {
		test(`does not say that nothing was created where nobody knows: ${code}`, async () => {
			const made = await withThree();
			made.vault.failNext('createObject', new VaultError(code), 'applied');
			made.vault.failNext('listObjects', undefined);
			made.vault.failNext('listObjects', undefined);
			made.vault.failNext('listObjects', undefined);
			made.vault.failNext('listObjects', new VaultError(code));
			const failure = await failureOf(made.run('checked', /^Imported 0 of 3\. 3 were not\.$/));
			assert.equal(failure.code, code);
			assert.deepEqual(linesOf(made), [
				`A: not known: ${words}. Look what the vault holds before you import it again`,
				'B: not begun',
				'C: not begun',
			]);
		});

		test(`says that nothing was published where the value could not even be compared: ${code}`, async () => {
			const made = await withThree();
			made.add('A', 'old');
			made.vault.failNext('readObject', new VaultError(code));
			const failure = await failureOf(made.run(everything, /^Imported 0 of 3\. 3 were not\.$/));
			assert.equal(failure.code, code);
			assert.equal(linesOf(made)[0], `A: not imported: ${words}`);
		});
	}

	test('ends when the connection is given up, and says of what ran that nobody knows', async () => {
		const made = await withThree();
		made.vault.failNext('createObject', new DOMException('Signed out', 'AbortError'), 'applied');
		await assert.rejects(made.run('checked', /^Imported 0 of 3\. 3 were not\.$/), { name: 'AbortError' });
		assert.deepEqual(linesOf(made), [
			'A: not known: it was interrupted. Look what the vault holds before you import it again',
			'B: not begun',
			'C: not begun',
		]);
	});

	test('does not wait for the report’s message to be closed before it tells of what ended it', async () => {
		const made = await withThree();
		made.vault.failNext('createObject', new VaultError('unauthorized'));
		made.ui.warnAndAsk = (message) => {
			made.ui.messages.push(message);
			return new Promise(() => undefined);
		};
		made.ui
			.picks(/Which file/, 'Import “.env”')
			.picks(/Which organization/, 'Acme')
			.picks(/key context/, 'Organization');
		made.ui.picksMany(/Which variables/, 'checked');
		assert.equal((await failureOf(importEnvironment(made.app, fromPalette))).code, 'unauthorized');
		assert.match(made.ui.messages[0] ?? '', /^Imported 0 of 3/);
	});
});
