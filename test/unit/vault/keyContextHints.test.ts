import assert from 'node:assert/strict';
import { keyContextHints, type KeyContextHintCode } from '../../../src/vault/keyContextHints';
import type { KeyContext } from '../../../src/vault/model';

const hinted = (keyContext: KeyContext, more: { name?: string; madeFor?: string } = {}) =>
	keyContextHints({ keyContext, ...more }).map(({ code, pair }) => [code, pair]);

suite('Hints about a key context', () => {
	const one: [what: string, context: KeyContext, code: KeyContextHintCode, pair?: string][] = [
		...['organizationId', 'organization', 'organisation_id', 'organisationId', 'organisation'].map(
			(name): [string, KeyContext, KeyContextHintCode, string] => [
				`an organization under ${name}`,
				{ [name]: 'org_1', app: 'a' },
				'otherSpelling',
				name,
			],
		),
		['a user’s ID under organization_id', { organization_id: 'user_1' }, 'userAsOrganization', 'organization_id'],
		['a user’s ID under organisationId', { organisationId: 'user_1' }, 'userAsOrganization', 'organisationId'],
		[
			'a user’s ID under another spelling, beside the organization',
			{ organization_id: 'org_1', organizationId: 'user_1' },
			'userAsOrganization',
			'organizationId',
		],
		...['user_id', 'userId', 'user', 'userID'].map((name): [string, KeyContext, KeyContextHintCode, string] => [
			`an organization’s ID under ${name}`,
			{ organization_id: 'org_1', [name]: 'org_1' },
			'organizationAsUser',
			name,
		]),
		['an organization’s ID under a user’s name alone', { user_id: 'org_1' }, 'organizationAsUser', 'user_id'],
		[
			'an organization’s ID under any other name, and no organization',
			{ tenant: 'org_1', region: 'eu' },
			'organizationUnderOtherName',
			'tenant',
		],
		[
			'an organization’s ID under a name that nobody counts as a spelling',
			{ orgId: 'org_1' },
			'organizationUnderOtherName',
			'orgId',
		],
		['a colon in a value', { url: 'https://a.example' }, 'colonInValue', 'url'],
		['a colon in the organization’s value', { organization_id: 'org:1' }, 'colonInValue', 'organization_id'],
		['an empty key context', {}, 'emptyContext'],
	];
	for (const [what, context, code, pair] of one) {
		test(`${what}: ${code}`, () => assert.deepEqual(hinted(context), [[code, pair]]));
	}

	const none: [what: string, context: KeyContext][] = [
		['an organization', { organization_id: 'org_1' }],
		['an organization and a user', { organization_id: 'org_1', user_id: 'user_1' }],
		['a user', { userId: 'user_1' }],
		['an organization’s ID that looks like none, under organization_id', { organization_id: 'acme' }],
		['a label under organization', { organization: 'acme' }],
		['another organization’s ID beside the organization', { organization_id: 'org_1', partner: 'org_2' }],
		['the organization in both spellings', { organization_id: 'org_1', organizationId: 'org_1' }],
		['a user’s ID under any other name', { owner: 'user_1' }],
		['a colon in a name', { 'app:kind': 'a' }],
		['an empty value', { team: '' }],
		['names of what every object has', JSON.parse('{"constructor":"a","__proto__":"b"}') as KeyContext],
	];
	for (const [what, context] of none) {
		test(`${what}: none`, () => assert.deepEqual(hinted(context), []));
	}

	test('a name of more than 200 characters is one, whatever the key context', () => {
		const context = { organization_id: 'org_1' };
		assert.deepEqual(hinted(context, { name: 'n'.repeat(201) }), [['longName', undefined]]);
		assert.deepEqual(hinted(context, { name: 'n'.repeat(200) }), []);
	});

	suite('made for an organization that was chosen', () => {
		const forOne = { madeFor: 'org_1' };

		test('that it names: none', () => assert.deepEqual(hinted({ organization_id: 'org_1' }, forOne), []));

		for (const [what, context] of [
			['that it does not name', { team: 'a' }],
			['and naming another one', { organization_id: 'org_2' }],
		] as const) {
			test(`${what}: otherOrganization`, () =>
				assert.deepEqual(hinted(context, forOne), [['otherOrganization', undefined]]));
		}

		test('whose ID stands under another name, says that alone', () => {
			assert.deepEqual(hinted({ tenant: 'org_1' }, forOne), [['organizationUnderOtherName', 'tenant']]);
			assert.deepEqual(hinted({ organizationId: 'org_1' }, forOne), [['otherSpelling', 'organizationId']]);
		});
	});

	test('several come together, those about the organization first', () => {
		const context = { url: 'a:b', organizationId: 'org_1', user_id: 'org_1', path: 'c:d' };
		assert.deepEqual(hinted(context, { name: 'n'.repeat(201) }), [
			['otherSpelling', 'organizationId'],
			['organizationAsUser', 'user_id'],
			['colonInValue', 'url'],
			['colonInValue', 'path'],
			['longName', undefined],
		]);
	});

	test('say what may happen, name the pair, and never its value', () => {
		const contexts = [...one.map(([, context]) => context), { organization_id: 'user_canary' }, { p: 'canary:' }];
		const hints = contexts.flatMap((keyContext) => keyContextHints({ keyContext, madeFor: 'org_9' }));
		hints.push(...keyContextHints({ keyContext: {}, name: 'canary'.repeat(40) }));
		for (const { sentence, pair } of hints) {
			assert.match(sentence, / may /);
			assert.match(sentence, /\.$/);
			if (pair !== undefined) assert.ok(sentence.includes(`“${pair}”`), sentence);
			assert.doesNotMatch(sentence, /canary|org_|user_1|a\.example/);
		}
	});
});
