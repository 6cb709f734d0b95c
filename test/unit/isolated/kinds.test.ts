import assert from 'node:assert/strict';
import { kindOf, piecesOf, type Kind } from '../../../src/isolated/kinds';
import { firstLines, hostileLines, plainValues } from '../../support/secretSamples';

/** The coloured pieces of a line, as text with the role. */
const pieces = (kind: Kind, line: string) =>
	piecesOf(kind, line).map(({ from, to, role }) => `${role} ${line.slice(from, to)}`);

suite('The colours of the isolated editor', () => {
	test('follow the first line, as those of VS Code’s editor do', () => {
		for (const [kind, lines] of Object.entries(firstLines)) {
			for (const line of lines) assert.equal(kindOf([line, 'x']), kind, line);
		}
		for (const value of plainValues) assert.equal(kindOf([value]), undefined, value);
		assert.equal(kindOf(['# of the team', '', 'A=', '{', '"a": 1']), 'json');
		assert.equal(kindOf(['hunter2', 'A=b']), undefined);
	});

	for (const [kind, line, ...expected] of [
		[
			'json',
			'  "a\\"b" : "c", "d": [-1.5e3, true]',
			'key "a\\"b"',
			'string "c"',
			'key "d"',
			'number -1.5e3',
			'word true',
		],
		['json', '"open', 'string "open'],
		['yaml', '- port: 5432 # why', 'key port', 'number 5432', 'comment # why'],
		['yaml', '"a b": \'c\'', 'key "a b"', "string 'c'"],
		['yaml', 'host: db-1.internal', 'key host'],
		['ini', '[default]', 'word [default]'],
		['ini', 'region = "eu"', 'key region ', 'string "eu"'],
		['ini', '; why', 'comment ; why'],
		['dotenv', 'export A="b ${C}" # d', 'word export', 'key A', 'string "b ${C}"', 'comment # d'],
		['dotenv', 'A=b$C', 'key A', 'string b', 'word $C'],
		['dotenv', '# why', 'comment # why'],
		['pem', '-----BEGIN EC KEY-----', 'word -----BEGIN EC KEY-----'],
		['pem', 'DEK-Info: AES', 'key DEK-Info', 'string AES'],
		['pem', 'TUlJ/+=', 'string TUlJ/+='],
		[
			'url',
			'postgres://app:pw@db:5432/app?ssl=on',
			...['word postgres', 'key app', 'string pw', 'number 5432', 'key ssl', 'string on'],
		],
	] as const) {
		test(`of ${kind}: ${line}`, () => assert.deepEqual(pieces(kind, line), expected));
	}

	test('come in order and do not overlap, whatever the line', () => {
		for (const kind of Object.keys(firstLines) as Kind[]) {
			for (const line of [...Object.values(firstLines).flat(), ...plainValues, ...Object.values(hostileLines(40))]) {
				let end = 0;
				for (const { from, to } of piecesOf(kind, line)) {
					assert.ok(from >= end && to > from, `${kind}: ${line}`);
					end = to;
				}
			}
		}
	});

	test('come to an end in the longest line that has any, and are none in a longer one', () => {
		for (const kind of Object.keys(firstLines) as Kind[]) {
			for (const [what, line] of Object.entries(hostileLines(20_000))) {
				const pieces = piecesOf(kind, line.slice(0, 20_000));
				assert.ok(pieces.length <= 20_000, `${kind}, ${what}`);
				kindOf([line]);
			}
		}
		assert.deepEqual(piecesOf('json', `"${'a'.repeat(20_000)}"`), []);
	});
});
