import assert from 'node:assert/strict';
import { VaultError } from '../../../../src/vault/errors';
import { createObject, deleteObject, publishValue } from '../../../../src/vault/drafts/writes';
import { lost } from '../../../support/fakes';
import { FakeVault, type Method } from '../../../support/fakeVault';
import { seededRandom } from '../../../support/seededRandom';
import { withoutPauses } from '../../../support/withoutPauses';

const runs = 400;

/** Lost answers and other clients' writes at random, on any of the next few calls. */
function disturb(vault: FakeVault, random: () => number, method: Method, other: () => void): void {
	for (let call = 0; call < 3; call++) {
		const dice = random();
		if (dice < 0.35) vault.failNext(method, lost());
		else if (dice < 0.7) vault.failNext(method, lost(), 'applied');
		if (random() < 0.25) vault.beforeNext(random() < 0.5 ? 'describeObject' : method, other);
	}
}

async function outcomeOf<T>(promise: Promise<T>): Promise<T | VaultError> {
	try {
		return await promise;
	} catch (error) {
		assert.ok(error instanceof VaultError);
		return error;
	}
}

suite(`Writes with lost answers and other clients, ${runs} times at random`, () => {
	withoutPauses();

	test('a published value is there once, an update of somebody else is never overwritten', async () => {
		const seen = new Set<string>();
		for (let seed = 0; seed < runs; seed++) {
			const vault = new FakeVault();
			const { id, versionId } = vault.add('token', {}, 'base');
			let others = 0;
			disturb(vault, seededRandom(seed), 'updateObject', () => vault.publish(id, `theirs ${++others}`));
			const result = await outcomeOf(publishValue(vault, { id, value: 'ours', versionCheck: versionId }));
			const values = vault.valuesOf(id) ?? [];
			const ours = values.indexOf('ours');
			const outcome = result instanceof VaultError ? result.code : result.outcome;
			seen.add(outcome);
			assert.equal(values.filter((value) => value === 'ours').length, ours < 0 ? 0 : 1, `twice, seed ${seed}`);
			assert.ok(ours < 0 || values[ours - 1] === 'base', `built on somebody else’s version, seed ${seed}`);
			assert.equal(values.filter((value) => value.startsWith('theirs')).length, others, `lost, seed ${seed}`);
			if (outcome === 'published') assert.ok(ours > 0, `said to be published, seed ${seed}`);
			if (outcome === 'conflict') assert.ok(others > 0, `a conflict with nobody, seed ${seed}`);
		}
		assert.deepEqual([...seen].sort(), ['conflict', 'published', 'unavailable']);
	});

	test('a created object is there once, and never another client’s', async () => {
		const seen = new Set<string>();
		for (let seed = 0; seed < runs; seed++) {
			const vault = new FakeVault();
			const other = () => {
				if (!vault.named('token')) vault.add('token', { team: 'b' }, 'theirs');
			};
			disturb(vault, seededRandom(seed), 'createObject', other);
			const result = await outcomeOf(createObject(vault, { name: 'token', value: 'ours', keyContext: { team: 'a' } }));
			const kept = vault.named('token');
			seen.add(result instanceof VaultError ? result.code : 'created');
			if (result instanceof VaultError) continue;
			assert.equal(result.id, kept?.id, `seed ${seed}`);
			assert.deepEqual(vault.valuesOf(result.id), ['ours'], `seed ${seed}`);
		}
		assert.deepEqual([...seen].sort(), ['created', 'nameTaken', 'unavailable']);
	});

	test('a deleted object is the version that the person saw', async () => {
		const seen = new Set<string>();
		for (let seed = 0; seed < runs; seed++) {
			const vault = new FakeVault();
			const { id, versionId } = vault.add('token');
			let others = 0;
			const other = () => {
				if (!vault.valuesOf(id)) return;
				others++;
				vault.publish(id, 'theirs');
			};
			disturb(vault, seededRandom(seed), 'deleteObject', other);
			const result = await outcomeOf(deleteObject(vault, id, versionId));
			seen.add(result instanceof VaultError ? result.code : 'deleted');
			if (others > 0) assert.ok(vault.valuesOf(id), `theirs was deleted, seed ${seed}`);
			if (!(result instanceof VaultError)) assert.equal(vault.valuesOf(id), undefined, `seed ${seed}`);
		}
		assert.deepEqual([...seen].sort(), ['conflict', 'deleted', 'unavailable']);
	});
});
