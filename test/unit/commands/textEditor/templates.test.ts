import assert from 'node:assert/strict';
import { canFill, fill } from '../../../../src/commands/textEditor/templates';

suite('Templates', () => {
	const call = 'decrypt(${ciphertext})';
	const at = (quote: string, languageId = 'typescript', before = quote) => ({ languageId, quote, before });

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

	test('a placeholder that is a part of the template’s own string stays one', () => {
		const written = (template: string, name: string, languageId: string) =>
			fill(template, 'name', name, at('', languageId))?.text;
		assert.equal(written('read("vault/${name}")', '+evil()+', 'javascript'), 'read("vault/+evil()+")');
		assert.equal(written('read("vault/${name}")', 'a"b', 'javascript'), 'read("vault/a\\"b")');
		assert.equal(written('printf %s "app/${name}"', 'x; id', 'shellscript'), 'printf %s "app/x; id"');
		assert.equal(written('printf %s "$(app ${name})"', 'x; id', 'shellscript'), undefined);
	});

	test('a text that looks like a placeholder or a pattern is put in as it is', () => {
		assert.equal(fill('read(${name})', 'name', '$& ${name}', at(''))?.text, 'read("$& \\${name}")');
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

	const turned = 'a\u202eb\u200bc\u{e0041}';
	for (const [languageId, quote, written] of [
		['json', '"', String.raw`"a\u202eb\u200bc\udb40\udc41"`],
		['javascript', '"', String.raw`"a\u202eb\u200bc\u{e0041}"`],
		['typescript', "'", String.raw`'a\u202eb\u200bc\u{e0041}'`],
		['javascript', '`', '`' + String.raw`a\u202eb\u200bc\u{e0041}` + '`'],
		['python', '"', String.raw`"a\u202eb\u200bc\U000e0041"`],
		['go', '"', String.raw`"a\u202eb\u200bc\U000e0041"`],
		['csharp', '"', String.raw`"a\u202eb\u200bc\U000e0041"`],
		['ruby', '"', String.raw`"a\u202eb\u200bc\u{e0041}"`],
		['php', '"', String.raw`"a\u{202e}b\u{200b}c\u{e0041}"`],
		['yaml', '"', String.raw`"a\u202eb\u200bc\U000e0041"`],
		['go', '`', undefined],
		['typescriptreact', '"', undefined],
		['ruby', "'", undefined],
		['php', "'", undefined],
		['yaml', "'", undefined],
		['dotenv', '"', undefined],
		['dotenv', "'", undefined],
		['shellscript', '"', undefined],
		['shellscript', "'", undefined],
		['kotlin', '"', undefined],
	] as const) {
		test(`what turns a text round or is not seen in it is ${written === undefined ? 'refused' : 'written as an escape'} in ${quote} of ${languageId}`, () => {
			const place = { ...at(quote, languageId, `${languageId === 'yaml' ? 'x:' : 'x ='} ${quote}`) };
			assert.equal(fill('get(${name})', 'name', turned, place)?.text, written && `get(${written})`);
		});
	}

	test('what turns a text round or is not seen in it is refused where there are no escapes', () => {
		for (const name of ['a\u202eb', 'a\u200bb', 'a\u3164b', 'a\u00adb', 'a\u{e0041}b', 'a\u2066b', 'a\tb']) {
			for (const languageId of ['plaintext', 'markdown', 'ini', 'yaml', 'kotlin', 'unknown']) {
				assert.equal(
					fill('${name}', 'name', name, at('', languageId)),
					undefined,
					JSON.stringify({ languageId, name }),
				);
			}
			assert.equal(fill('read(${name})', 'name', name, at('', 'kotlin')), undefined, JSON.stringify(name));
		}
	});

	test('an emoji stays one', () => {
		const name = '❤\ufe0f 👨\u200d👩\u200d👧 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}';
		assert.equal(fill('get(${name})', 'name', name, at('', 'go'))?.text, `get("${name}")`);
	});

	test('a name with braces is refused in a template’s own string with expressions', () => {
		assert.equal(fill('read(f"${name}")', 'name', 'a{b}', at('', 'python')), undefined);
		assert.equal(fill('read(f"${name}")', 'name', 'ab', at('', 'python'))?.text, 'read(f"ab")');
	});

	test('a placeholder alone takes no text with a line break: that would begin something else', () => {
		assert.equal(fill('${name}', 'name', 'a\nb', at('', 'ini')), undefined);
		assert.equal(fill('${name}', 'name', 'a\nb', at('', 'plaintext')), undefined);
	});

	for (const [languageId, name] of [
		['shellscript', '$(id)'],
		['ini', 'a; b'],
		['makefile', '$(shell id)'],
	] as const) {
		test(`a name that could become code is not written without quotes: ${name} in ${languageId}`, () => {
			assert.equal(fill('${name}', 'name', name, at('', languageId)), undefined);
		});
	}

	test('where a text without quotes would be code, a placeholder alone gets quotes', () => {
		assert.equal(fill('${name}', 'name', '#{`id`}', at('', 'ruby'))?.text, '"\\#{`id`}"');
		assert.equal(fill('${name}', 'name', 'pin', { ...at('', 'json', '"n": '), text: '12345' })?.text, '"pin"');
		assert.equal(fill('${name}', 'name', 'pw', { ...at('', 'json', '"n": '), text: '"s3cret"' })?.text, '"pw"');
	});

	for (const [what, place] of [
		['a part of a string', { ...at('', 'javascript', 'x = "pre '), text: 'SECRET' }],
		['a string with a prefix', at('"', 'python', 'x = f"')],
		['a string in three quotes', at('"', 'python', 'x = """')],
		['an attribute of an element', at('"', 'typescriptreact', '<X pw="')],
		['an attribute in a line of its own', at('"', 'typescriptreact', '<ApiProvider\n  apiKey="')],
		['an attribute behind a long one', at('"', 'javascriptreact', '<A baseUrl="https://api.example.com/v1/" apiKey="')],
		['an attribute behind an arrow', at('"', 'typescriptreact', '<B onClick={() => 1} apiKey="')],
		['the text of an element', { ...at('', 'typescriptreact', '<p>'), text: 'SECRET' }],
		['what stands between two strings', at('"', 'javascript', 'x = "a"')],
	] as const) {
		test(`a call takes the place of no part of a program that it would break: ${what}`, () => {
			assert.equal(canFill('read(${name})', 'name', place), false);
		});
	}

	test('a call takes the place of a whole string, with its prefix and all of its quotes', () => {
		const place = { ...at('', 'python', 'x = '), text: 'r"""SECRET"""' };
		assert.deepEqual(fill('read(${name})', 'name', 'db', place), { text: 'read("db")', takesQuotes: false });
	});
});
