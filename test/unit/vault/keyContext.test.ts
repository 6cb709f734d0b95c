import assert from 'node:assert/strict';
import {
	findProblem,
	formatKeyContext,
	isSameKeyContext,
	organizationIdOf,
	parseKeyContext,
	type KeyContextProblem,
} from '../../../src/vault/keyContext';
import { seededRandom } from '../../support/seededRandom';

const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

suite('Key context', () => {
	const rules: [what: string, context: Record<string, string>, problem: KeyContextProblem | undefined][] = [
		['no pair', {}, 'empty'],
		['one pair', pairs(1), undefined],
		['ten pairs', pairs(10), undefined],
		['eleven pairs', pairs(11), 'tooManyPairs'],
		['an empty name', { '': 'v' }, 'emptyName'],
		['a name of 120 characters', { ['n'.repeat(120)]: 'v' }, undefined],
		['a name of 121 characters', { ['n'.repeat(121)]: 'v' }, 'longName'],
		['an empty value', { n: '' }, undefined],
		['a value of 500 characters', { n: 'v'.repeat(500) }, undefined],
		['a value of 501 characters', { n: 'v'.repeat(501) }, 'longValue'],
	];
	for (const [what, context, problem] of rules) {
		test(`${what}: ${problem ?? 'keeps the rules'}`, () => assert.equal(findProblem(context), problem));
	}

	const typed: [text: string, context: Record<string, string>][] = [
		['team=payments', { team: 'payments' }],
		[' team = payments , region = eu ', { team: 'payments', region: 'eu' }],
		['team=payments, ', { team: 'payments' }],
		['url=https://a.example/?x=1', { url: 'https://a.example/?x=1' }],
		['flag=', { flag: '' }],
		['team="a, b", region=eu', { team: 'a, b', region: 'eu' }],
		['team=" a ", "x=y"=z', { team: ' a ', 'x=y': 'z' }],
		['team="say \\"hi\\" \\\\"', { team: 'say "hi" \\' }],
		['team=5" pipe', { team: '5" pipe' }],
		['team=a "b" c', { team: 'a "b" c' }],
		['città=Ünïcode 🔑', { città: 'Ünïcode 🔑' }],
	];
	for (const [text, context] of typed) {
		test(`“${text}” is read as its pairs`, () => assert.deepEqual(parseKeyContext(text), { context }));
	}

	const refused: [text: string, problem: KeyContextProblem][] = [
		['', 'empty'],
		[' , ,', 'empty'],
		['payments', 'notAPair'],
		['team=a, payments', 'notAPair'],
		['=payments', 'emptyName'],
		['team=a, team=b', 'duplicateName'],
		['__proto__=a, __proto__=b', 'duplicateName'],
		[Array.from({ length: 11 }, (_, index) => `k${index}=v`).join(), 'tooManyPairs'],
		[`${'n'.repeat(121)}=v`, 'longName'],
		[`n=${'v'.repeat(501)}`, 'longValue'],
	];
	for (const [text, problem] of refused) {
		test(`“${text.slice(0, 30)}” is refused: ${problem}`, () => assert.deepEqual(parseKeyContext(text), { problem }));
	}

	test('a pair named __proto__ or constructor is a pair like any other', () => {
		const parsed = parseKeyContext('__proto__=a, constructor=b');
		assert.ok('context' in parsed);
		assert.equal(JSON.stringify(parsed.context), '{"__proto__":"a","constructor":"b"}');
		assert.equal(formatKeyContext(parsed.context), '__proto__=a, constructor=b');
		assert.equal(Object.getPrototypeOf(parsed.context), Object.prototype);
		const without = parseKeyContext('constructor=b');
		assert.ok('context' in without);
		assert.equal(isSameKeyContext(parsed.context, without.context), false);
	});

	test('what was formatted is read back as the same context, whatever its characters', () => {
		const random = seededRandom(5);
		const pieces = ['a', ' ', ',', '=', '"', '\\', 'é', '\n', '{'];
		const text = (least: number) =>
			Array.from({ length: least + Math.floor(random() * 5) }, () => pieces[Math.floor(random() * pieces.length)]).join(
				'',
			);
		for (let round = 0; round < 5000; round++) {
			const context = Object.fromEntries(
				Array.from({ length: 1 + Math.floor(random() * 3) }, () => [text(1), text(0)] as const),
			);
			assert.deepEqual(parseKeyContext(formatKeyContext(context)), { context }, formatKeyContext(context));
		}
	});

	test('what was formatted is read back as the same context', () => {
		const context = { region: 'eu', organization_id: 'org_1', data_type: 'tokens' };
		assert.deepEqual(parseKeyContext(formatKeyContext(context)), { context });
	});

	for (const spelling of ['organization_id', 'organizationId']) {
		test(`the organization spelled ${spelling} comes first, then the names in order`, () => {
			const context = { zone: 'z', app: 'a', [spelling]: 'org_1' };
			assert.equal(formatKeyContext(context), `${spelling}=org_1, app=a, zone=z`);
		});

		test(`an object under ${spelling} belongs to that organization`, () => {
			assert.equal(organizationIdOf({ app: 'a', [spelling]: 'org_1' }), 'org_1');
		});
	}

	test('organization_id wins where both spellings stand', () => {
		assert.equal(organizationIdOf({ organizationId: 'org_2', organization_id: 'org_1' }), 'org_1');
	});

	test('a context without an organization has none', () => {
		assert.equal(organizationIdOf({ team: 'payments' }), undefined);
		assert.equal(organizationIdOf({}), undefined);
	});

	test('the order of pairs does not matter', () => {
		assert.ok(isSameKeyContext({ a: '1', b: '2' }, { b: '2', a: '1' }));
	});

	test('a backslash in quotes is one, where it goes before neither a quote nor a backslash', () => {
		const context = { path: String.raw`C:\temp`, other: String.raw`D:\x, "y"` };
		assert.deepEqual(parseKeyContext(String.raw`path="C:\temp", other="D:\\x, \"y\""`), { context });
	});

	test('a different value, name or number of pairs does', () => {
		assert.equal(isSameKeyContext({ a: '1' }, { a: '2' }), false);
		assert.equal(isSameKeyContext({ a: '1' }, { b: '1' }), false);
		assert.equal(isSameKeyContext({ a: '1' }, { a: '1', b: '2' }), false);
		assert.equal(isSameKeyContext({ a: '1,b=2' }, { a: '1', b: '2' }), false);
		assert.equal(isSameKeyContext({ organization_id: 'o' }, { organizationId: 'o' }), false);
	});
});
