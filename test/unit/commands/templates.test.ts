import assert from 'node:assert/strict';
import { fill } from '../../../src/commands/templates';

suite('Templates', () => {
	const call = 'decrypt(${ciphertext})';

	test('a placeholder alone takes the bare text, and leaves the quotes around it', () => {
		assert.deepEqual(fill('${ciphertext}', 'ciphertext', 'abc', '"'), { text: 'abc', takesQuotes: false });
	});

	test('in code, the text is a string in the quotes that were there', () => {
		assert.deepEqual(fill(call, 'ciphertext', 'abc', "'"), { text: "decrypt('abc')", takesQuotes: true });
	});

	test('in code without quotes around, the text is a string in double quotes', () => {
		assert.deepEqual(fill(call, 'ciphertext', 'abc', ''), { text: 'decrypt("abc")', takesQuotes: false });
	});

	test('quotes of the template are kept', () => {
		assert.equal(fill("read('${name}', '${name}')", 'name', 'abc', '"').text, "read('abc', 'abc')");
	});

	test('a name with quotes and backslashes stays one string', () => {
		assert.equal(fill('read(${name})', 'name', 'a"b\\c', '"').text, 'read("a\\"b\\\\c")');
		assert.equal(fill("read('${name}')", 'name', "it's", '"').text, "read('it\\'s')");
		assert.equal(fill('${name}', 'name', 'a"b', '"').text, 'a\\"b');
	});

	test('a text that looks like a placeholder or a pattern is put in as it is', () => {
		assert.equal(fill('read(${name})', 'name', '$& ${name}', '').text, 'read("$& ${name}")');
	});
});
