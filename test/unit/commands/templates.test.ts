import assert from 'node:assert/strict';
import { fill } from '../../../src/commands/templates';

suite('Templates', () => {
	const call = 'decrypt(${ciphertext})';
	const at = (quote: string, languageId = 'typescript') => ({ languageId, quote });

	test('a placeholder alone takes the bare text, and leaves the quotes around it', () => {
		assert.deepEqual(fill('${ciphertext}', 'ciphertext', 'abc', at('"')), { text: 'abc', takesQuotes: false });
	});

	test('in code, the text is a string in the quotes that were there', () => {
		assert.deepEqual(fill(call, 'ciphertext', 'abc', at("'")), { text: "decrypt('abc')", takesQuotes: true });
	});

	test('in code without quotes around, the text is a string in double quotes', () => {
		assert.deepEqual(fill(call, 'ciphertext', 'abc', at('')), { text: 'decrypt("abc")', takesQuotes: false });
	});

	test('quotes of the template are kept', () => {
		assert.equal(fill("read('${name}', '${name}')", 'name', 'abc', at('"'))?.text, "read('abc', 'abc')");
	});

	test('a name with quotes and backslashes stays one string', () => {
		assert.equal(fill('read(${name})', 'name', 'a"b\\c', at('"'))?.text, 'read("a\\"b\\\\c")');
		assert.equal(fill("read('${name}')", 'name', "it's", at('"'))?.text, "read('it\\'s')");
		assert.equal(fill('${name}', 'name', 'a"b', at('"'))?.text, 'a\\"b');
	});

	test('a text that looks like a placeholder or a pattern is put in as it is', () => {
		assert.equal(fill('read(${name})', 'name', '$& ${name}', at(''))?.text, 'read("$& ${name}")');
	});

	for (const [languageId, name, written] of [
		['ruby', 'a#{b}', 'read("a\\#{b}")'],
		['php', 'a$b', 'read("a\\$b")'],
		['shellscript', '$(b)', 'read("\\$(b)")'],
		['python', 'a\nb', 'read("a\\nb")'],
		['typescript', 'a\nb', 'read("a\\nb")'],
		['go', '${b}', 'read("${b}")'],
		['kotlin', 'a$b', undefined],
		['kotlin', 'plain name', 'read("plain name")'],
		['dotenv', 'a"b', undefined],
	] as const) {
		test(`in ${languageId}, a name ${written === undefined ? 'that could become code is refused' : 'stays a name'}: ${JSON.stringify(name)}`, () => {
			assert.equal(fill('read(${name})', 'name', name, at('', languageId))?.text, written);
		});
	}

	test('a name with braces is refused in a template’s own string with expressions', () => {
		assert.equal(fill('read(f"${name}")', 'name', 'a{b}', at('', 'python')), undefined);
		assert.equal(fill('read(f"${name}")', 'name', 'ab', at('', 'python'))?.text, 'read(f"ab")');
	});

	test('a placeholder alone takes no text with a line break: that would begin something else', () => {
		assert.equal(fill('${name}', 'name', 'a\nb', at('')), undefined);
	});
});
