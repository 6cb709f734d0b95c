import assert from 'node:assert/strict';
import { dotenvFileName, parseDotenv } from '../../../src/commands/dotenv/parse';

suite('An environment file', () => {
	const namesIn = (text: string) => parseDotenv(text).variables.map(({ name }) => name);
	const valuesIn = (text: string) => parseDotenv(text).variables.map(({ value }) => value);
	const othersIn = (text: string) => parseDotenv(text).otherLines;
	const doubtsIn = (text: string) =>
		parseDotenv(text)
			.variables.filter(({ doubts }) => doubts.length > 0)
			.map(({ name, lines, doubts }) => `${name} ${lines.join()}: ${doubts.join()}`);

	test('is read as dotenv does: quotes, comments, export and a mark of the byte order', () => {
		const text = '\uFEFFexport A=one\r\n# B=no\nC="two words" # said\n\nD=\'a\\nb\'\nE="a\\nb"\n';
		assert.deepEqual(namesIn(text), ['A', 'C', 'D', 'E']);
		assert.deepEqual(valuesIn(text), ['one', 'two words', 'a\\nb', 'a\nb']);
		assert.deepEqual(doubtsIn(text), []);
	});

	test('keeps a value that goes over several lines', () => {
		const text = 'KEY="-----BEGIN A-----\nabc=\n-----END A-----"\nB=1';
		assert.deepEqual(valuesIn(text), ['-----BEGIN A-----\nabc=\n-----END A-----', '1']);
		assert.deepEqual(doubtsIn(text), []);
	});

	test('of a name that stands there twice has the last value', () => {
		assert.deepEqual(valuesIn('A=1\nB=2\nA=3'), ['3', '2']);
	});

	test('lists a variable without a value too', () => {
		assert.deepEqual(
			parseDotenv('A=\nB=1').variables.map(({ name, value, lines }) => [name, value, lines]),
			[
				['A', '', [1]],
				['B', '1', [2]],
			],
		);
	});

	suite('says of which variables readers disagree, and where they stand', () => {
		for (const [what, text, doubts] of [
			['a # without a blank before it', 'A=p4ss#word\nB=p4ss # note', ['A 1: hash']],
			['a quote that is not closed', 'A="open\nB=1', ['A 1: openQuote']],
			['a backslash in double quotes', 'A="say \\"hi\\""\nB="a\\nb"\nC=\'a\\b\'', ['A 1: backslash']],
			['another variable in it', 'A=http://${HOST}/\nB=\'${HOST}\'\nC="$HOST"', ['A 1: expansion', 'C 3: expansion']],
			['a name twice', 'A=1\nB=2\nA=3', ['A 1,3: severalTimes']],
			['lines that a quote swallowed', "A='it\nB=1\n'\nC=2", ['A 1: swallowedLines']],
			['a key without quotes', 'A=-----BEGIN KEY-----\nabc=\nd+/f\n-----END KEY-----\nB=1', ['A 1: openKey']],
			['an assignment over lines', 'A\n=1\nB=2', ['A : severalLines', 'B : severalLines']],
		] as const) {
			test(what, () => assert.deepEqual(doubtsIn(text), doubts));
		}
	});

	test('makes no name of key material', () => {
		const key = 'A=-----BEGIN PRIVATE KEY-----\nMIIabc=\nabc==\n\nB=1\n-----END PRIVATE KEY-----';
		assert.deepEqual(namesIn(key), ['A', 'B']);
		assert.deepEqual(othersIn(key), [6]);
		assert.deepEqual(namesIn('1abc=2\nA=1'), ['A']);
		assert.deepEqual(othersIn('1abc=2\nA=1'), [1]);
	});

	suite('says which lines are no assignments', () => {
		test('of plain lines', () => assert.deepEqual(othersIn('A=1\nfoo bar\n\n# note\nB\nC=3'), [2, 5]));

		test('with none', () => assert.deepEqual(othersIn('A=1\n  # note\n\nB=2\n'), []));

		test('with nothing else', () => assert.deepEqual(othersIn('hello\nworld'), [1, 2]));

		test('around a value of several lines, whose own lines do not count', () => {
			assert.deepEqual(othersIn('foo\nKEY="-----BEGIN\nabc\n\\"x\\"\n-----END"\nbar\nA=1'), [1, 6]);
		});

		test('around a quote that is never closed', () => assert.deepEqual(othersIn('A="open\nfoo\nB=1'), [2]));

		test('not where dotenv reads an assignment over two lines that are none by themselves', () => {
			assert.equal(othersIn('A\n=1'), undefined);
		});
	});

	test('is offered for an import under the names that such files have', () => {
		const offered = [
			'.env',
			'.env.local',
			'.env-test',
			'prod.env',
			'prod.env.old',
			'.dev.vars',
			'.dev.vars.x',
			'.flaskenv',
		];
		for (const name of offered) assert.match(name, dotenvFileName);
		for (const name of ['.envrc', 'env', 'environment.ts', 'my.environment', '.vars']) {
			assert.doesNotMatch(name, dotenvFileName);
		}
	});
});
