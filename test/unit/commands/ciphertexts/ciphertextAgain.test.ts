import assert from 'node:assert/strict';
import { findAgain } from '../../../../src/commands/ciphertexts/ciphertextAgain';

suite('Finding a ciphertext again', () => {
	test('lets everything else have its turn in a long document', async () => {
		const lines = { lineCount: 1_000, lineAt: (line: number) => `line ${line}` };
		const at = { line: 0, offset: 0 };
		let turns = 0;
		const next = () => Promise.resolve(void turns++);
		const found = await findAgain({ lines }, { start: at, end: at, fingerprint: '' }, { isOver: true, next });
		assert.equal(found, undefined);
		assert.ok(turns >= lines.lineCount);
	});
});
