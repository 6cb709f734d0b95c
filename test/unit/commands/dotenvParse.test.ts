import assert from 'node:assert/strict';
import { dotenvFileName, parseDotenv } from '../../../src/commands/dotenv/parse';

suite('An environment file', () => {
	const namesIn = async (text: string) => (await parseDotenv(text)).variables.map(({ name }) => name);
	const valuesIn = async (text: string) => (await parseDotenv(text)).variables.map(({ value }) => value);
	const othersIn = async (text: string) => (await parseDotenv(text)).otherLines;
	const doubtsIn = async (text: string) =>
		(await parseDotenv(text)).variables
			.filter(({ doubts }) => doubts.length > 0)
			.map(({ name, lines, doubts }) => `${name} ${lines.join()}: ${doubts.join()}`);

	test('is read as dotenv does: quotes, comments, export and a mark of the byte order', async () => {
		const text = '\uFEFFexport A=one\r\n# B=no\nC="two words" # said\n\nD=\'a\\nb\'\nE="a\\nb"\n';
		assert.deepEqual(await namesIn(text), ['A', 'C', 'D', 'E']);
		assert.deepEqual(await valuesIn(text), ['one', 'two words', 'a\\nb', 'a\nb']);
		assert.deepEqual(await doubtsIn(text), []);
	});

	test('keeps a value that goes over several lines', async () => {
		const text = 'KEY="-----BEGIN A-----\nabc=\n-----END A-----"\nB=1';
		assert.deepEqual(await valuesIn(text), ['-----BEGIN A-----\nabc=\n-----END A-----', '1']);
		assert.deepEqual(await doubtsIn(text), []);
	});

	test('of a name that stands there twice has the last value', async () => {
		assert.deepEqual(await valuesIn('A=1\nB=2\nA=3'), ['3', '2']);
	});

	test('lists a variable without a value too', async () => {
		assert.deepEqual(
			(await parseDotenv('A=\nB=1')).variables.map(({ name, value, lines }) => [name, value, lines]),
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
			test(what, async () => assert.deepEqual(await doubtsIn(text), doubts));
		}
	});

	test('makes no name of key material', async () => {
		const key = 'A=-----BEGIN PRIVATE KEY-----\nMIIabc=\nabc==\n\nB=1\n-----END PRIVATE KEY-----';
		assert.deepEqual(await namesIn(key), ['A', 'B']);
		assert.deepEqual(await othersIn(key), [6]);
		assert.deepEqual(await namesIn('1abc=2\nA=1'), ['A']);
		assert.deepEqual(await othersIn('1abc=2\nA=1'), [1]);
	});

	suite('says which lines are no assignments', () => {
		test('of plain lines', async () => assert.deepEqual(await othersIn('A=1\nfoo bar\n\n# note\nB\nC=3'), [2, 5]));

		test('with none', async () => assert.deepEqual(await othersIn('A=1\n  # note\n\nB=2\n'), []));

		test('with nothing else', async () => assert.deepEqual(await othersIn('hello\nworld'), [1, 2]));

		test('around a value of several lines, whose own lines do not count', async () => {
			assert.deepEqual(await othersIn('foo\nKEY="-----BEGIN\nabc\n\\"x\\"\n-----END"\nbar\nA=1'), [1, 6]);
		});

		test('around a quote that is never closed', async () => assert.deepEqual(await othersIn('A="open\nfoo\nB=1'), [2]));

		test('not where dotenv reads an assignment over two lines that are none by themselves', async () => {
			assert.equal(await othersIn('A\n=1'), undefined);
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
