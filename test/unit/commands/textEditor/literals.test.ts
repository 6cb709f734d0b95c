import assert from 'node:assert/strict';
import { createContext, runInContext } from 'node:vm';
import { parse } from 'dotenv';
import { languageOf } from '../../../../src/commands/textEditor/languages';
import { literalOf } from '../../../../src/commands/textEditor/literals';
import { meaningAt } from '../../../../src/commands/textEditor/meanings';
import { writtenAt } from '../../../../src/commands/textEditor/places';
import { openString } from '../../../../src/commands/textEditor/strings';
import { linesOf } from '../../../support/ciphertextDocuments';
import { seededRandom } from '../../../support/seededRandom';

const meaningOf = (languageId: string, text: string, quote: string, before: string) =>
	meaningAt({ languageId, text, quote, before });

/** A text as it is written into the string that is open. */
const written = (languageId: string, text: string, before: string) => {
	const string = openString(languageId, before);
	assert.ok(string, before);
	return literalOf(languageId, text, string);
};

/** What is special somewhere. */
const pieces = [
	'a',
	'B',
	'0',
	'7',
	' ',
	'"',
	"'",
	'`',
	'\\',
	'\n',
	'\r',
	'\t',
	'$',
	'{',
	'}',
	'#',
	'%',
	'(',
	'n',
	'u',
	'x',
];
const rare = ['\0', '\x1b', '\x7f', '\u2028', '\ufeff', 'é', '😀', '${x}', '#{x}', '\\n', 'U', '/', ':', '-'];

const randomTexts = (count: number): string[] => {
	const random = seededRandom(17);
	const one = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
	return Array.from({ length: count }, () =>
		Array.from({ length: 1 + Math.floor(random() * 8) }, () => one(random() < 0.8 ? pieces : rare)).join(''),
	);
};

/** Each language with its quotes, and what stands before them. */
const places = [
	['json', '"', ''],
	['javascript', '"', ''],
	['javascript', "'", ''],
	['javascript', '`', ''],
	['python', '"', ''],
	['python', "'", 'r'],
	['python', '"', 'f'],
	['go', '"', ''],
	['go', '`', ''],
	['ruby', '"', ''],
	['ruby', "'", ''],
	['php', '"', ''],
	['php', "'", ''],
	['csharp', '"', ''],
	['csharp', '"', '@'],
	['csharp', '"', '$'],
	['yaml', '"', ''],
	['yaml', "'", ''],
	['dotenv', '"', ''],
	['dotenv', "'", ''],
	['shellscript', '"', ''],
	['shellscript', "'", ''],
	['rust', '"', ''],
] as const;

suite('The value of a text in a document', () => {
	for (const [languageId, quote, before, text, value] of [
		['javascript', '"', 'const pw = "', String.raw`p\"w\\1\n`, 'p"w\\1\n'],
		['json', '"', '"pw": "', String.raw`a\nb\u00e9`, 'a\nbé'],
		['typescript', '`', 'x = `', String.raw`a\`b\${c}`, 'a`b${c}'],
		['typescript', "'", "x = '", String.raw`\x41\u{1F600}\ud83d\ude00`, 'A😀😀'],
		['python', "'", "x = '", String.raw`a\d\'\x41\U0001F600`, "a\\d'A😀"],
		['python', "'", "x = r'", String.raw`a\n`, 'a\\n'],
		['python', '"', 'x = """', 'two\nlines', 'two\nlines'],
		['go', '`', 'x := `', String.raw`a\n`, 'a\\n'],
		['go', '"', 'x := "', String.raw`a\u00e9\a`, 'aé\x07'],
		['ruby', "'", "x = '", String.raw`a\nb\'c`, "a\\nb'c"],
		['ruby', '"', 'x = "', String.raw`a\nb\#{c}`, 'a\nb#{c}'],
		['php', '"', '$x = "', String.raw`a\$b\n\q`, 'a$b\n\\q'],
		['csharp', '"', 'x = @"', 'a""b\\c', 'a"b\\c'],
		['csharp', '"', 'x = "', String.raw`a\"b`, 'a"b'],
		['yaml', "'", "x: '", "it''s", "it's"],
		['yaml', '"', 'x: "', String.raw`a\nb\/c`, 'a\nb/c'],
		['yaml', '', 'x: ', 'plain\\n', 'plain\\n'],
		['dotenv', '"', 'X="', String.raw`a\nb`, 'a\nb'],
		['dotenv', "'", "X='", String.raw`a\nb$c`, 'a\\nb$c'],
		['dotenv', '', 'X=', 'p4ssword', 'p4ssword'],
		['javascript', '', 'x = "user:', 'pw', 'pw'],
		['json', '', '"n": ', '12345', '12345'],
		['shellscript', '', 'X=', 'plain', 'plain'],
		['typescriptreact', '"', '<X pw="', String.raw`a\n`, String.raw`a\n`],
		['typescriptreact', '"', 'const x = "', String.raw`a\n`, 'a\n'],
		['python', '"', '# don\'t\nx = "', String.raw`a\n`, 'a\n'],
		['python', '"', '# don\'t\r\ny = "it\'s"\r\nx = "', String.raw`a\n`, 'a\n'],
		['shellscript', '"', 'cat <<EOF\r\nit\'s\r\nEOF\r\nX="', String.raw`a\$b`, 'a$b'],
		['shellscript', '"', 'cat <<EOF\nit\'s\nEOF\nX="', String.raw`a\$b`, 'a$b'],
		['javascript', '"', '/* `don\'t` */ x = "', String.raw`a\n`, 'a\n'],
		['go', '"', 'x := "it\'s " + "', 'a', 'a'],
		['shellscript', '"', 'X="', String.raw`a\$b\c`, 'a$b\\c'],
		['javascript', '', 'x = ', '"quoted\\n"', 'quoted\n'],
		['plaintext', '', '', '"quoted\\n"', '"quoted\\n"'],
		['rust', '"', 'let x = "', 'harmless', 'harmless'],
	] as const) {
		test(`of ${before}${JSON.stringify(text)} in ${languageId} is ${JSON.stringify(value)}`, () => {
			assert.deepEqual(meaningOf(languageId, text, quote, before), { kind: 'value', value });
		});
	}

	for (const [languageId, quote, before, text] of [
		['typescript', '`', 'x = `', '${pw}'],
		['typescript', '', 'x = ', '`a${pw}`'],
		['python', '"', 'x = f"', 'a{pw}'],
		['ruby', '"', 'x = "', 'a#{pw}'],
		['ruby', '"', 'x = "', 'a#@pw'],
		['ruby', '"', 'x = "', 'a#$pw'],
		['php', '"', 'x = "', 'a$pw'],
		['csharp', '"', 'x = $"', 'a{pw}'],
		['shellscript', '"', 'X="', '$(pw)'],
		['shellscript', '"', 'X="', '`pw`'],
		['dotenv', '"', 'X="', '${HOST}/x'],
		['kotlin', '', 'x = ', '${pw}'],
		['python', '', 'x = f"postgres://', 'user:{pw}@h'],
		['python', '', 'x = ', 'f"x{a}y"'],
		['csharp', '', 'x = $"pg://', 'u:{pw}'],
		['csharp', '', 'x = ', '$"{pw}"'],
	] as const) {
		test(`of ${before}${text} in ${languageId} is an expression’s`, () => {
			assert.deepEqual(meaningOf(languageId, text, quote, before), { kind: 'expression' });
		});
	}

	for (const [languageId, quote, before, text] of [
		['json', '"', '"', String.raw`\q`],
		['json', '"', '"', String.raw`\x41`],
		['go', '"', 'x := "', String.raw`\377`],
		['go', '"', 'x := "', String.raw`\xff`],
		['javascript', '"', 'x = "', String.raw`\101`],
		['python', '"', 'x = "', String.raw`\N{DASH}`],
		['python', '"', 'x = b"', 'bytes'],
		['javascript', '`', 'x = String.raw`', 'tagged'],
		['csharp', '"', 'x = "', String.raw`\x41`],
		['rust', '"', 'let x = "', String.raw`a\n`],
		['swift', '"', 'let x = "', String.raw`\(pw)`],
		['yaml', '"', 'x: "', 'folded\n  lines'],
		['dotenv', '', 'X=', '$HOST'],
		['dotenv', '', 'X=', 'p4ss#word'],
		['javascript', '', 'x = ', '"a" + x + "b"'],
		['javascript', '"', 'x = "', 'a" + x + "b'],
		['javascript', '"', 'x = "a"', ' + x + '],
		['javascript', '', 'x = ', 'process.env.SECRET'],
		['javascript', '`', 'x = String.raw `', 'tagged'],
		['javascript', '"', 'x = "', 'a\\\u2028b'],
		['typescript', '`', 'x = `', 'one\r\ntwo'],
		['typescriptreact', '"', '<X pw="', 'a&amp;b'],
		['json', '', '[', '"a", "b"'],
		['json', '"', '["', 'a", "b'],
		['python', '', 'x = ', '"a" "b"'],
		['python', '', 'x = ', 'b"abc"'],
		['csharp', '"', 'x = """', String.raw`p\\w`],
		['shellscript', "'", "X=$'", String.raw`a\nb`],
		['shellscript', '"', 'X="', 'a\\\nb'],
		['shellscript', '', 'X=', 'a; b'],
		['shellscript', '', 'X=', "'a' 'b'"],
		['ruby', '', 'x = ', "'a' 'b'"],
		['yaml', '', '  ', '-----BEGIN\n  abc\n  -----END'],
		['yaml', '', '', 'key: value'],
		['yaml', '"', 'cmd: run --pw "', String.raw`a\\b`],
		['properties', '', 'x=', String.raw`jdbc\:x`],
		['dotenv', '"', 'X="', String.raw`a\"b`],
		['javascript', '', 'x = "part of ', String.raw`a\n`],
		['python', '', 'x = r', String.raw`"a\nb"`],
		['python', '', 'x = f', '"a{b}c"'],
		['javascript', '', 'x = String.raw', '`tagged`'],
		['csharp', '', 'x = @', '"verbatim"'],
		['yaml', '', 'x: ', "'''a'''"],
		['dotenv', '"', 'OPTS=-Dpw="', String.raw`a\nb`],
		['yaml', '"', 'x: run, "', String.raw`a\nb`],
		['yaml', '"', 'x: run - "', String.raw`a\nb`],
		['python', '"', 'x = r"""\n  "pw": "', String.raw`a\nb`],
		['go', '"', 'x := `\n  "pw": "', String.raw`a\nb`],
		['typescriptreact', '"', '<p>Password: "', String.raw`a\nb`],
		['typescriptreact', '"', '<Input className="a-name-that-is-as-long-as-they-are" token="', String.raw`a\nb`],
		['perl', '"', 'print "', 'p@ss'],
		['yaml', '"', 'DATABASE_URL: "', 'postgres://app:${DB_PASSWORD}@db:5432/app'],
		['yaml', '"', 'token: "', '${{ secrets.TOKEN }}'],
		['yaml', "'", "url: '", 'postgres://app:{{ vault_pw }}@db'],
		['yaml', '', 'x: ', 'a$(b)'],
		['dockercompose', "'", "PW: '", 'pa$$word'],
		['dockercompose', '', '- PW=', '$DB_PW'],
		['plaintext', '"', 'PW="', 'p\ufffdss'],
		['xml', '', '<password>', 'p&amp;w'],
		['bat', '', 'set A=', 'a^&b'],
		['makefile', '', 'TOKEN := ', '$(shell id)'],
		['javascript', '"', '<Foo url="', '?a=1&amp;b=2'],
		['php', '"', '<input type="hidden" class="form-control" name="api_key" value="', 'a&amp;b'],
		['dotenv', '', 'PW=', 'ab"cd"'],
		['shellscript', '', 'PW=', 'ab"cd"'],
		['dotenv', "'", "PW='", '${HOST}x'],
		['dotenv', "'", "PW='", String.raw`a\\b`],
		['csv', '', 'a,', 'x"y'],
	] as const) {
		test(`of ${before}${JSON.stringify(text)} in ${languageId} nobody can tell`, () => {
			assert.deepEqual(meaningOf(languageId, text, quote, before), { kind: 'unsure' });
		});
	}
});

suite('A string of Python', () => {
	for (const [quote, text, value] of [
		['"', "it\\'s", "it's"],
		["'", 'say \\"hi\\"', 'say "hi"'],
	] as const) {
		test(`has the other quote behind a backslash as the quote alone: ${quote}${text}${quote}`, () => {
			assert.deepEqual(meaningOf('python', text, quote, `x = ${quote}`), { kind: 'value', value });
		});
	}
});

suite('A document of plain text', () => {
	test('is prose where it has no name, or one of a text: VS Code takes each language that it does not know for one', () => {
		for (const name of ['Untitled-1', '/a/notes.txt', '/a/LICENSE', '/a/x.log']) {
			assert.equal(languageOf('plaintext', name), 'plaintext');
		}
		for (const name of ['/a/main.tf', '/a/prod.tfvars', '/a/config.toml', '/a.b/Main.kt']) {
			assert.equal(languageOf('plaintext', name), 'unknown');
		}
		assert.equal(languageOf('yaml', '/a/b.txt'), 'yaml');
	});
});

suite('A value that is written as a text of a language', () => {
	const texts = randomTexts(3000);

	for (const [languageId, quote, prefix] of places) {
		test(`is that value again, or is refused: ${languageId} ${prefix}${quote}`, () => {
			let count = 0;
			const before = `${languageId === 'yaml' ? 'x:' : 'x ='} ${prefix}${quote}`;
			for (const text of texts) {
				const literal = written(languageId, text, before);
				if (literal === undefined) continue;
				count++;
				// Programs that read YAML put something in the place of these.
				if (languageId === 'yaml' && /\$\{|\{\{/.test(literal)) continue;
				assert.deepEqual(meaningOf(languageId, literal, quote, before), { kind: 'value', value: text });
			}
			assert.ok(count > 20, String(count));
		});
	}

	for (const quote of ['"', "'", '`']) {
		test(`is what JavaScript reads between ${quote}`, () => {
			const context = createContext();
			for (const text of texts) {
				const literal = written('javascript', text, `x = ${quote}`);
				assert.ok(literal !== undefined);
				assert.equal(runInContext(`${quote}${literal}${quote}`, context), text);
			}
		});
	}

	test('is what JSON.parse reads', () => {
		for (const text of texts) assert.equal(JSON.parse(`"${written('json', text, '"')}"`), text);
	});

	test('is what dotenv reads, in quotes and without', () => {
		for (const text of texts) {
			for (const [before, after] of [
				['X="', '"'],
				["X='", "'"],
				['X=', ''],
			] as const) {
				const range = { start: { line: 0, offset: before.length }, end: { line: 0, offset: before.length + 1 } };
				const placed = writtenAt('dotenv', linesOf(`${before}C${after}`), range, text);
				if (placed !== undefined) assert.deepEqual(parse(before + placed + after), { X: text }, before + placed);
			}
		}
	});
});

suite('A plaintext in the place of its ciphertext', () => {
	const put = (languageId: string, document: string, text: string) => {
		const lines = document.split('\n');
		const line = lines.findIndex((one) => one.includes('CIPHER'));
		const offset = lines[line]?.indexOf('CIPHER') ?? 0;
		const range = { start: { line, offset }, end: { line, offset: offset + 'CIPHER'.length } };
		const placed = writtenAt(languageId, linesOf(document), range, text);
		return placed === undefined ? undefined : document.replace('CIPHER', () => placed);
	};

	for (const [languageId, document, text, becomes] of [
		['json', '{"a": "CIPHER"}', 'say "hi"\n', '{"a": "say \\"hi\\"\\n"}'],
		['typescript', "const a = 'CIPHER';", "it's", "const a = 'it\\'s';"],
		['yaml', 'a: CIPHER', 'plain', 'a: plain'],
		['yaml', 'a: CIPHER', 'yes', 'a: "yes"'],
		['yaml', 'a: CIPHER # note', 'a: b\nc', 'a: "a: b\\nc" # note'],
		['yaml', "a: 'CIPHER'", "it's", "a: 'it''s'"],
		['yaml', '- CIPHER', 'b: c', '- "b: c"'],
		['yaml', '{a: [x, CIPHER]}', 'b: c', '{a: [x, "b: c"]}'],
		['yaml', 'a: prefix CIPHER', 'plain', 'a: prefix plain'],
		['dotenv', 'A=enc:CIPHER', 'plain', 'A=enc:plain'],
		['yaml', 'a: |\n  CIPHER\nb: 1', 'one\ntwo\n\nthree', 'a: |\n  one\n  two\n\n  three\nb: 1'],
		['yaml', 'a: >-\n  CIPHER\nb: 1', 'one', 'a: >-\n  one\nb: 1'],
		['dotenv', 'A=CIPHER', 'p4ss#word', "A='p4ss#word'"],
		['dotenv', 'A=CIPHER', 'one\ntwo', 'A="one\\ntwo"'],
		['dotenv', "A='CIPHER'", 'p4ss word', "A='p4ss word'"],
		['plaintext', 'CIPHER', 'one\n"two"', 'one\n"two"'],
		['ini', 'a = CIPHER', 'one', 'a = one'],
		['json', '{"a": "enc:CIPHER"}', 'say "hi"', '{"a": "enc:say \\"hi\\""}'],
		['javascript', 'a = "Bearer CIPHER";', 'x"; alert(1); "', 'a = "Bearer x\\"; alert(1); \\"";'],
		['javascript', 'a = "5\\" CIPHER";', 'x"y', 'a = "5\\" x\\"y";'],
		['csharp', 'a = @"b""c CIPHER";', 'd\\e', 'a = @"b""c d\\e";'],
		['python', 'a = """say "b" CIPHER"""', 'c"d', 'a = """say "b" c\\"d"""'],
		['yaml', 'a: "x: CIPHER # y"', 'x "y"', 'a: "x: x \\"y\\" # y"'],
		['yaml', 'a: |\n  password: CIPHER', 'a/b+c=', 'a: |\n  password: a/b+c='],
		['yaml', 'a: |\n  CIPHER', 'x "y"', 'a: |\n  x "y"'],
		['shellscript', "cat <<!\n\"\n!\nA='CIPHER'", '$(id)', "cat <<!\n\"\n!\nA='$(id)'"],
		['yaml', 'a: |\n  b:\n    CIPHER', 'x: "y"', 'a: |\n  b:\n    x: "y"'],
		['yaml', 'a:\n  - b: CIPHER\n    c: d', 'x: y', 'a:\n  - b: "x: y"\n    c: d'],
		['typescriptreact', '<X v="CIPHER"/>', 'a\\b', '<X v="a\\b"/>'],
		['shellscript', 'A="CIPHER"', '$(id)', 'A="\\$(id)"'],
		['shellscript', 'n=$((1<<2)); cat <<<"x"\nA="CIPHER"', 'a"b', 'n=$((1<<2)); cat <<<"x"\nA="a\\"b"'],
		['shellscript', 'cat <<EOF\n"\nEOF\nA="CIPHER"', 'a"b', 'cat <<EOF\n"\nEOF\nA="a\\"b"'],
		['javascript', '// don`t\na = "CIPHER";', 'a"b', '// don`t\na = "a\\"b";'],
		['shellscript', "cat <<EOF\npassword: 'CIPHER'\nEOF", 'a/b+c=', "cat <<EOF\npassword: 'a/b+c='\nEOF"],
		['typescriptreact', 'const x = "CIPHER";', 'a\\b', 'const x = "a\\\\b";'],
	] as const) {
		test(`is written so that ${languageId} reads it: ${JSON.stringify(document)}`, () => {
			assert.equal(put(languageId, document, text), becomes);
		});
	}

	for (const [languageId, document, text] of [
		['yaml', 'a: >-\n  CIPHER', 'one\ntwo'],
		['yaml', 'a: |\n  CIPHER', ' indented'],
		['yaml', 'a: prefix CIPHER', 'it is: this'],
		['yaml', 'a: CIPHER suffix', 'it is: this'],
		['dotenv', 'A=enc:CIPHER', 'p4ss word'],
		['dotenv', 'A=CIPHERsuffix', 'p4ss word'],
		['yaml', 'a: |\n  CIPHER', 'ends with a line break\n'],
		['yaml', "- run: |\n    curl -H 'Authorization: CIPHER' https://x", "a'; echo RAN; '"],
		['yaml', 'run: |\n  export T="CIPHER"', '$(id)'],
		['yaml', 'config.json: |\n  {"password": "CIPHER"}', 'a"b\\c'],
		['yaml', "run: |\n  'open\nPIN: CIPHER", '012345'],
		['yaml', 'k: a[CIPHER]', 'a b'],
		['dockercompose', 'PW: CIPHER', 'pa$word'],
		['csv', 'a,CIPHER,c', 'x,"y'],
		['javascript', 'x = <Foo apiKey="CIPHER" />', 'a"b'],
		['php', '<input type="hidden" class="form-control" name="api_key" value="CIPHER">', 'a"b$c'],
		['ruby', '`curl -u admin:CIPHER https://h`', 'a;id|sh'],
		['javascript', 'await $`curl -u admin:CIPHER`', 'a;id|sh'],
		['perl', '`curl -u admin:CIPHER`', 'a;id|sh'],
		['shellscript', "cat <<!\n'CIPHER'\n!", '$(echo hi)'],
		['shellscript', 'cat <<\'123\'\n"CIPHER"\n123', 'a"b'],
		['shellscript', "cat <<EOF\n EOF\n'CIPHER'\nEOF", '$(echo hi)'],
		['ruby', 'q = <<~sql\n  pw = "CIPHER"\nsql', 'a"b'],
		['csharp', 'q = $"{a[d["a long key that is longer than that"]]} CIPHER";', '{F()}'],
		['dotenv', "A='CIPHER'", "it's"],
		['dotenv', 'A="CIPHER"', 'back\\slash'],
		['dotenv', 'A=CIPHER', 'one\n"two"'],
		['ini', 'a = CIPHER', 'one\ntwo'],
		['ini', 'a = CIPHER', 'one "two"'],
		['shellscript', 'A=CIPHER', 'x; rm -rf /'],
		['shellscript', "A=$'CIPHER'", 'a\\b'],
		['shellscript', `sh -c "login 'CIPHER'"`, '$(touch x)'],
		['javascript', `a = "pw='CIPHER'";`, 'a"b'],
		['python', 'a = f"Bearer CIPHER"', '{x}'],
		['csharp', 'a = """CIPHER""";', 'x\\y'],
		['typescriptreact', '<X v="CIPHER"/>', 'a"b'],
		['xml', '<a>CIPHER</a>', '<b>&'],
		['toml', 'a = "enc:CIPHER"', 'x"y'],
		['dockerfile', 'ENV A=CIPHER', 'x y'],
		['yaml', 'a: |2\n    CIPHER', 'x y'],
		['yaml', 'a: |2\n  password: CIPHER', 'x: y'],
		['yaml', 'a: |\n  b:\n    CIPHER', 'one\ntwo'],
		['yaml', '"a": |\n  CIPHER', 'x: y'],
		['yaml', 'a:\n  b\n  CIPHER', 'x: y'],
		['yaml', 'a: CIPHER\n  more', 'x: y'],
		['yaml', 'a: "x\n  CIPHER\n  y"', 'x: y'],
		['yaml', 'a: run --pw "CIPHER"', 'a\\b'],
		['dotenv', 'A=CIPHER', 'ends in\\'],
		['dotenv', 'A=CIPHER', "it's $HOME"],
		['dotenv', "A='CIPHER'", '${HOME}'],
		['dotenv', 'A="CIPHER"', '$(id)'],
		['rust', 'let a = "CIPHER";', 'say "hi"'],
		['go', 'a := `CIPHER`', 'a`b'],
		['python', 'a = f"CIPHER"', '{x}'],
		['shellscript', "cat <<EOF\npassword: 'CIPHER'\nEOF", '$(id)'],
		['shellscript', 'cat <<-"EOF"\n{"password": "CIPHER"}\nEOF', 'a"b'],
		['shellscript', 'bash -c "\n  echo \'CIPHER\'\n"', '$(id)'],
		['shellscript', 'X="$(echo CIPHER)"', 'a; id'],
		['shellscript', 'X=`echo CIPHER`', 'a; id'],
		['shellscript', 'bash -c "echo \\"CIPHER\\""', 'x; id #'],
		['shellscript', "echo \\'CIPHER\\'", '$(id)'],
		['shellscript', 'echo "$CIPHER"', '(id)'],
		['shellscript', 'echo "$CIPHER"', '7'],
		['shellscript', 'echo "$a_CIPHER"', 'b'],
		['shellscript', '# export A="CIPHER"', 'one\nid'],
		['javascript', 'q = `\n  pw = "CIPHER"\n`;', 'x`;f()'],
		['javascript', 'q = `$CIPHER`;', '{f()}'],
		['python', 'q = """\n  pw = \'CIPHER\'\n"""', 'x"""+f()'],
		['python', 'q = f"""\n  pw = \'CIPHER\'\n"""', '{f()}'],
		['python', 'q = f"{d["a"]} CIPHER"', '{f()}'],
		['csharp', 'q = $"{d["a"]} CIPHER";', '{F()}'],
		['go', 'q := `{\n  "pw": "CIPHER"\n}`', 'a"b'],
		['ruby', "q = <<~SQL\n  pw = 'CIPHER'\nSQL", '#{`id`}'],
		['ruby', 'q = "#CIPHER"', '{`id`}'],
		['ruby', "# pw 'CIPHER'", 'x\nid'],
		['php', '$q = <<<SQL\n  pw = "CIPHER"\nSQL;', 'a"b'],
		['php', '<input value="CIPHER">', '<?= f() ?>'],
		['dotenv', "# A='CIPHER'\nC=1", 'x\nB=evil'],
		['dotenv', 'A="x\nB=CIPHER\n"', 'a b'],
		['dotenv', 'OPTS=-Dpw="CIPHER"', 'a #b'],
		['yaml', 'a: "x\n  \'CIPHER\'\n  y"', "it's"],
		['yaml', 'cmd: login, "CIPHER"', 'a #b'],
		['perl', 'print "CIPHER"', 'user@example.com'],
		['typescriptreact', '<p>Password: "CIPHER"</p>', '{f()}'],
		['typescriptreact', '<X onClick={() => 1} v="CIPHER"/>', 'a\\b'],
		['typescriptreact', 'token="CIPHER";', 'a\\b'],
		['javascript', `${'// long\n'.repeat(100_000)}a = "CIPHER";`, 'a"b'],
	] as const) {
		test(`is refused where ${languageId} can’t hold it: ${JSON.stringify(document.slice(-80))}`, () => {
			assert.equal(put(languageId, document, text), undefined);
		});
	}
});
