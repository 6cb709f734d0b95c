import assert from 'node:assert/strict';
import { firstLines, hostileLines, plainValues } from '../support/secretSamples';
import { secretGrammar, tokensOf, type Token } from '../support/tokens';

/** In the place of VS Code's own grammars, of which here counts only which one was chosen: a name for all of a line. */
const standsFor = (scope: string) =>
	scope === 'source.workos-vault-secret'
		? undefined
		: JSON.stringify({ scopeName: scope, patterns: [{ match: '.+', name: `all.of.${scope}` }] });

const grammar = secretGrammar('.', standsFor);

async function tokens(text: string): Promise<Token[][]> {
	return tokensOf(await grammar, text);
}

/** The grammar that the last line of a text is in, by its names; undefined where the line has none. */
async function kindOf(text: string): Promise<string | undefined> {
	const names = (await tokens(text)).at(-1)?.flatMap(([, name]) => (name === undefined ? [] : [name])) ?? [];
	const ends = new Set(names.map((name) => name.split('.').at(-1)));
	assert.ok(ends.size <= 1, `names of several languages: ${names.join(' ')}`);
	return [...ends][0];
}

const named = (lines: readonly Token[][]): Token[] => lines.flat().filter(([, name]) => name !== undefined);

suite('The colours of a value', () => {
	for (const [kind, lines] of Object.entries(firstLines)) {
		for (const first of lines) {
			test(`of ${kind} follow ${first}`, async () => {
				// A second line that is one in each of them.
				const second = { pem: 'TUlJ', url: 'https://example.org', dotenv: 'B=c' }[kind] ?? 'x';
				assert.equal(await kindOf(`${first}\n${second}`), kind);
			});
		}
	}

	for (const text of plainValues) {
		test(`has none for ${text || 'an empty one'}, and none in its later lines`, async () => {
			assert.deepEqual(named(await tokens(`${text}\n`)), []);
			if (text && !text.endsWith('=')) assert.deepEqual(named(await tokens(`${text}\nA=b\n{"a": 1}`)), []);
		});
	}

	test('the first line that is neither blank nor a comment decides', async () => {
		assert.equal(await kindOf('# of the team\n\nA=b\n{'), undefined);
		assert.equal(await kindOf('# of the team\n\n{\n"a": 1'), 'json');
		assert.equal(await kindOf('# of the team\nkey: value\nA=b'), 'yaml');
		assert.equal(await kindOf('; of the team\n[a]\nb=c'), 'ini');
		assert.deepEqual((await tokens('# of the team'))[0], [['# of the team', 'comment.line.workos-vault-secret']]);
	});

	test('an empty variable leaves it to the next line', async () => {
		assert.equal(await kindOf('A=\nB=c'), 'dotenv');
	});

	test('are those of a variable, its value and what is in it', async () => {
		assert.deepEqual(named(await tokens('export A="b\\n ${C}" # why\nD=e # f\nG=\'h\n$i\'\nJ=k')), [
			['export', 'keyword.other.export.dotenv'],
			['A', 'support.type.property-name.dotenv'],
			['=', 'keyword.operator.assignment.dotenv'],
			['"b', 'string.quoted.double.dotenv'],
			['\\n', 'constant.character.escape.dotenv'],
			[' ', 'string.quoted.double.dotenv'],
			['${C}', 'variable.other.dotenv'],
			['"', 'string.quoted.double.dotenv'],
			[' # why', 'comment.line.number-sign.dotenv'],
			['D', 'support.type.property-name.dotenv'],
			['=', 'keyword.operator.assignment.dotenv'],
			['e', 'string.unquoted.dotenv'],
			[' # f', 'comment.line.number-sign.dotenv'],
			['G', 'support.type.property-name.dotenv'],
			['=', 'keyword.operator.assignment.dotenv'],
			["'h", 'string.quoted.single.dotenv'],
			["$i'", 'string.quoted.single.dotenv'],
			['J', 'support.type.property-name.dotenv'],
			['=', 'keyword.operator.assignment.dotenv'],
			['k', 'string.unquoted.dotenv'],
		]);
	});

	test('are those of the parts of an address', async () => {
		assert.deepEqual(named(await tokens('postgres://app:pw@db.internal:5432/app?ssl=on&x=')), [
			['postgres', 'keyword.control.url'],
			['://', 'punctuation.separator.url'],
			['app', 'variable.other.url'],
			[':', 'punctuation.separator.url'],
			['pw', 'string.unquoted.url'],
			['@', 'punctuation.separator.url'],
			['db.internal', 'entity.name.type.url'],
			[':', 'punctuation.separator.url'],
			['5432', 'constant.numeric.url'],
			['?', 'keyword.operator.url'],
			['ssl', 'support.type.property-name.url'],
			['=', 'keyword.operator.assignment.url'],
			['on', 'string.unquoted.url'],
			['&', 'keyword.operator.url'],
			['x', 'support.type.property-name.url'],
			['=', 'keyword.operator.assignment.url'],
		]);
		assert.deepEqual(named(await tokens('https://example.com:8443')), [
			['https', 'keyword.control.url'],
			['://', 'punctuation.separator.url'],
			['example.com', 'entity.name.type.url'],
			[':', 'punctuation.separator.url'],
			['8443', 'constant.numeric.url'],
		]);
	});

	test('are those of a key’s frame, its headers and its body', async () => {
		const key = '-----BEGIN EC KEY-----\nDEK-Info: AES\n\nTUlJ/+=\n-----END EC KEY-----';
		assert.deepEqual(named(await tokens(key)), [
			['-----', 'punctuation.separator.pem'],
			['BEGIN', 'keyword.control.pem'],
			['EC KEY', 'entity.name.type.pem'],
			['-----', 'punctuation.separator.pem'],
			['DEK-Info', 'support.type.property-name.pem'],
			[':', 'punctuation.separator.key-value.pem'],
			['AES', 'constant.other.pem'],
			['TUlJ/+=', 'string.unquoted.pem'],
			['-----', 'punctuation.separator.pem'],
			['END', 'keyword.control.pem'],
			['EC KEY', 'entity.name.type.pem'],
			['-----', 'punctuation.separator.pem'],
		]);
	});

	for (const [what, line] of Object.entries(hostileLines(100_000))) {
		test(`one line of a hundred thousand characters, ${what}, comes to an end`, async () => {
			const { stoppedEarly } = (await grammar).tokenizeLine2(line, null, 0);
			assert.equal(stoppedEarly, false);
		});
	}
});
