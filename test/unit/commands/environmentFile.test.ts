import assert from 'node:assert/strict';
import { parseEnvironment } from '../../../src/commands/environmentFile';

suite('An environment file', () => {
	const namesIn = (text: string) => parseEnvironment(text).variables.map(({ name }) => name);
	const valuesIn = (text: string) => parseEnvironment(text).variables.map(({ value }) => value);
	const othersIn = (text: string) => parseEnvironment(text).otherLines;

	test('is read as dotenv does: quotes, comments, export and a mark of the byte order', () => {
		const text = '\uFEFFexport A=one\r\n# B=no\nC="two words" # said\n\nD=\'a\\nb\'\nE="a\\nb"\n';
		assert.deepEqual(namesIn(text), ['A', 'C', 'D', 'E']);
		assert.deepEqual(valuesIn(text), ['one', 'two words', 'a\\nb', 'a\nb']);
	});

	test('keeps a value that goes over several lines', () => {
		assert.deepEqual(valuesIn('KEY="-----BEGIN\nabc=\n-----END"\nB=1'), ['-----BEGIN\nabc=\n-----END', '1']);
	});

	test('of a name that stands there twice has the last value', () => {
		assert.deepEqual(valuesIn('A=1\nB=2\nA=3'), ['3', '2']);
	});

	test('lists a variable without a value too', () => {
		assert.deepEqual(parseEnvironment('A=\nB=1').variables, [
			{ name: 'A', value: '' },
			{ name: 'B', value: '1' },
		]);
	});

	suite('says how many lines are no assignments', () => {
		test('of plain lines', () => assert.equal(othersIn('A=1\nfoo bar\n\n# note\nB\nC=3'), 2));

		test('with none', () => assert.equal(othersIn('A=1\n  # note\n\nB=2\n'), 0));

		test('with nothing else', () => assert.equal(othersIn('hello\nworld'), 2));

		test('around a value of several lines, whose own lines do not count', () => {
			assert.equal(othersIn('foo\nKEY="-----BEGIN\nabc\n\\"x\\"\n-----END"\nbar\nA=1'), 2);
		});

		test('around a quote that is never closed', () => assert.equal(othersIn('A="open\nfoo\nB=1'), 1));

		test('not where dotenv reads an assignment over two lines that are none by themselves', () => {
			assert.equal(othersIn('A\n=1'), undefined);
		});
	});
});
