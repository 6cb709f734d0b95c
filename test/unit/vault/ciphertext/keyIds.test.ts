import assert from 'node:assert/strict';
import { findKeyContext, keyIdsIn } from '../../../../src/vault/ciphertext/keyIds';
import type { VaultEvent } from '../../../../src/vault/model';
import { dataKeyId, wrappedFor } from '../../../support/envelopes';
import { FakeVault } from '../../../support/fakeVault';

const keyId = (number: number) => `${String(number).padStart(8, '0')}-2222-4333-8444-55555555abcd`;
const blobOf = (...ids: string[]) =>
	Buffer.concat([Buffer.from(`WOS.EKM.v1\0${ids.join('')}`), Buffer.alloc(60, 0xfe)]).toString('base64');

suite('The key ids in a key blob', () => {
	test('are those of the keys, without the data key’s', () => {
		const separated = Buffer.from(`WOS.EKM.v1\0${dataKeyId}\x02${keyId(1)}${keyId(2)}`).toString('base64');
		assert.deepEqual(keyIdsIn(separated), [keyId(1), keyId(2)]);
		assert.deepEqual(keyIdsIn(blobOf(dataKeyId, keyId(1))), [keyId(1)]);
	});

	test('are each there once, in lower case', () => {
		assert.deepEqual(keyIdsIn(blobOf(dataKeyId, keyId(1).toUpperCase(), keyId(1))), [keyId(1)]);
	});

	test('are none in a blob without them, or in what is no base64', () => {
		for (const blob of [wrappedFor({}), blobOf(), 'no base64!', '']) assert.deepEqual(keyIdsIn(blob), []);
	});
});

suite('Finding the key context of a wrapped data key', () => {
	const withEvents = (...keyIds: (readonly number[])[]) => {
		const vault = new FakeVault();
		vault.events.push(
			...keyIds.map((ids, index): VaultEvent => ({
				kind: 'dataKey',
				id: `event_${String(index).padStart(6, '0')}`,
				at: new Date(index + 1),
				keyIds: ids.map(keyId),
				keyContext: { event: String(index) },
			})),
		);
		return vault;
	};

	test('takes the newest event with the same keys, in any order', async () => {
		const vault = withEvents([1, 2], [2, 1], [1], [1, 2, 3]);
		assert.deepEqual(await findKeyContext(vault, blobOf(dataKeyId, keyId(1), keyId(2))), { event: '1' });
	});

	test('is undefined where no event has the same keys', async () => {
		const vault = withEvents([1], [1, 2, 3]);
		assert.equal(await findKeyContext(vault, blobOf(dataKeyId, keyId(1), keyId(2))), undefined);
	});

	test('asks for a thousand events, and no more', async () => {
		const others = Array.from({ length: 999 }, () => [9]);
		const old = withEvents([1], ...others, [9]);
		assert.equal(await findKeyContext(old, blobOf(dataKeyId, keyId(1))), undefined);
		assert.equal(old.count('listEvents'), 10);
		const newer = withEvents([1], ...others);
		assert.deepEqual(await findKeyContext(newer, blobOf(dataKeyId, keyId(1))), { event: '0' });
	});

	test('asks nobody where the blob names no key', async () => {
		const vault = withEvents([]);
		assert.equal(await findKeyContext(vault, wrappedFor({})), undefined);
		assert.deepEqual(vault.calls, []);
	});
});
