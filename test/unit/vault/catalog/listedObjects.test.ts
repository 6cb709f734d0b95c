import assert from 'node:assert/strict';
import { ListedObjects } from '../../../../src/vault/catalog/known/listedObjects';

suite('Listed objects', () => {
	const row = (id: string, name: string) => ({ id, name, updatedAt: undefined });

	test('two rows of one name both stay until one of them is found gone; the later one is found by the name', () => {
		const listed = new ListedObjects();
		listed.put(row('old', 'token'));
		listed.put(row('new', 'token'));
		assert.deepEqual(
			[...listed.all()].map(({ id }) => id),
			['old', 'new'],
		);
		assert.equal(listed.named('token')?.id, 'new');
		listed.delete('old');
		assert.equal(listed.named('token')?.id, 'new');
	});
});
