import assert from 'node:assert/strict';
import { fingerprintOf } from '../../src/editor/copiedText';

suite('A copied text', () => {
	const isSame = async (one: string, other: string) => (await fingerprintOf(one)) === (await fingerprintOf(other));

	test('is known again with other line ends, as a system’s clipboard may hand it out', async () => {
		assert.ok(await isSame('a\nb\n', 'a\r\nb\r\n'));
		assert.ok(await isSame('a\nb', 'a\rb'));
		assert.ok(await isSame('a\r\nb\nc', 'a\nb\r\nc'));
	});

	test('is not taken for another one', async () => {
		for (const other of ['a\n\nb', 'ab', 'a b', 'a\nb\n', 'A\nb', '']) assert.ok(!(await isSame('a\nb', other)), other);
	});
});
