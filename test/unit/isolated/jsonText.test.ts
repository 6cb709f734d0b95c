import assert from 'node:assert/strict';
import { parseTree } from '../../../src/isolated/object/jsonText';
import { beginningOf, withVisible } from '../../../src/isolated/object/visibleText';

suite('A value as a tree', () => {
	test('is one where it is an object or a list', () => {
		assert.deepEqual(parseTree(' {"a": [true, null]}\n'), { a: [true, null] });
		assert.deepEqual(parseTree('[]'), []);
	});

	test('is none where it is anything else', () => {
		for (const text of ['', '"a"', '12', 'null', '{a: 1}', '{"a": 1} x', '[1,]', 'a=[1]']) {
			assert.equal(parseTree(text), undefined, text);
		}
	});

	test('keeps the digits of its numbers', () => {
		const text = '{"id":12345678901234567890,"price":1.10,"list":[1e400]}';
		assert.equal(JSON.stringify(parseTree(text)), text);
	});

	test('keeps names that mean something to a program', () => {
		const tree = parseTree('{"__proto__": {"a": 1}, "constructor": 2}');
		assert.deepEqual(Object.keys(tree ?? {}), ['__proto__', 'constructor']);
	});

	test('is none where an object has a name twice, of which a tree would show the last', () => {
		for (const text of ['{"a":1,"a":2}', '[{"b":{"a":1}},{"b":{"\\u0061":1,"a":{}}}]', '{"":1 ,"" : 2}']) {
			assert.equal(parseTree(text), undefined, text);
		}
	});

	test('is one where a name is in several objects, or in texts', () => {
		for (const text of [
			'[{"a":1},{"a":1}]',
			'{"a":"\\"a\\":1","b":{"a":"\\\\"},"c":["a","b"]}',
			'{"":{"":[]}}',
			'{}',
		]) {
			assert.equal(JSON.stringify(parseTree(text)), text);
		}
	});

	test('is none where it is too deep to be walked', () => {
		assert.equal(parseTree('['.repeat(100_000) + ']'.repeat(100_000)), undefined);
	});
});

suite('A text with what nobody sees', () => {
	test('shows it as what it is, and leaves lines and tabs', () => {
		assert.equal(withVisible('a\u202eb\u0000\u200b\tc\r\nd'), 'a⟨U+202E⟩b⟨U+0000⟩⟨U+200B⟩\tc\r\nd');
	});

	test('shows a carriage return that breaks no line', () => {
		assert.equal(withVisible('a\rb\r\nc\r'), 'a⟨U+000D⟩b\r\nc⟨U+000D⟩');
	});

	test('shows blanks that are not the usual one, fillers and halves of characters', () => {
		assert.equal(withVisible('a\u00a0b\u3164\u2800\ud800c d'), 'a⟨U+00A0⟩b⟨U+3164⟩⟨U+2800⟩⟨U+D800⟩c d');
	});

	test('is cut between characters and between lines', () => {
		assert.deepEqual(beginningOf('ab🔑c', 3), { text: 'ab', left: 3 });
		assert.deepEqual(beginningOf('ab🔑c', 4), { text: 'ab🔑', left: 1 });
		assert.deepEqual(beginningOf('ab\r\nc', 3), { text: 'ab', left: 3 });
		assert.deepEqual(beginningOf('a\ud83d', 2), { text: 'a⟨U+D83D⟩', left: 0 });
	});

	test('leaves letters of all scripts', () => {
		assert.equal(withVisible('пароль 密码 é 🔑'), 'пароль 密码 é 🔑');
	});
});
