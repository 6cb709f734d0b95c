import assert from 'node:assert/strict';
import { clearCopied, fingerprintOf } from '../../../../src/editor/ui/copiedText';

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

	/** How clearing ends, and what is on the clipboard then. */
	async function clear(
		at: { readonly needsFocus: boolean; readonly isFocused: boolean },
		content: string,
		isRefused = false,
	): Promise<[string, string]> {
		let text = content;
		const end = await clearCopied(await fingerprintOf('secret'), {
			...at,
			readText: () => (isRefused ? Promise.reject(new Error('no')) : Promise.resolve(text)),
			writeText: (cleared) => Promise.resolve(void (text = cleared)),
		});
		return [end, text];
	}

	test('is cleared on a desktop though another program is in front', async () => {
		assert.deepEqual(await clear({ needsFocus: false, isFocused: false }, 'secret'), ['settled', '']);
	});

	test('is cleared in a browser when the window has the focus, and not before', async () => {
		assert.deepEqual(await clear({ needsFocus: true, isFocused: false }, 'secret'), ['later', 'secret']);
		assert.deepEqual(await clear({ needsFocus: true, isFocused: true }, 'secret'), ['settled', '']);
	});

	test('stays where a person copied something else meanwhile', async () => {
		assert.deepEqual(await clear({ needsFocus: false, isFocused: true }, 'mine'), ['settled', 'mine']);
	});

	test('is tried again with the focus where the system refuses, and told of where it does even then', async () => {
		assert.deepEqual(await clear({ needsFocus: false, isFocused: false }, 'secret', true), ['later', 'secret']);
		assert.deepEqual(await clear({ needsFocus: false, isFocused: true }, 'secret', true), ['impossible', 'secret']);
	});
});
