import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Ranking } from '../../../../src/commands/find/ranking';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import type { KeyContext } from '../../../../src/vault/model';
import { FakeVault } from '../../../support/fakeVault';

/** A catalog of these objects, and the names that are returned for a text. */
const withObjects = (objects: Readonly<Record<string, KeyContext>>) => {
	const vault = new FakeVault();
	const catalog = new Catalog(vault);
	for (const [name, keyContext] of Object.entries(objects)) catalog.put(vault.add(name, keyContext));
	const ranking = new Ranking(catalog);
	const open = (name: string) => {
		const object = catalog.findByName(name);
		assert.ok(object);
		catalog.open(object);
		ranking.outdate();
		return object;
	};
	const best = async (text: string) => (await ranking.best(text)).map(({ object }) => object.name);
	return { vault, catalog, ranking, open, best };
};

const withNames = (...names: string[]) => withObjects(Object.fromEntries(names.map((name) => [name, {}])));

/** `key 0`, `key 1` and so on. */
const keys = (count: number) => Array.from({ length: count }, (_, index) => `key ${index}`);

suite('Ranking objects', () => {
	test('for no text goes by name, as a person counts', async () => {
		const { best } = withNames('key 10', 'Beta', 'key 2', 'alpha');
		assert.deepEqual(await best(''), ['alpha', 'Beta', 'key 2', 'key 10']);
		assert.deepEqual(await best(' \t '), ['alpha', 'Beta', 'key 2', 'key 10']);
	});

	test('for no text puts the one that was opened last first', async () => {
		const { best, open } = withNames('alpha', 'beta', 'gamma');
		open('beta');
		await nextMillisecond();
		open('gamma');
		assert.deepEqual(await best(''), ['gamma', 'beta', 'alpha']);
	});

	test('returns the first hundred by name of many more, of all organizations', async () => {
		const { best } = withObjects(
			Object.fromEntries(
				keys(300)
					.reverse()
					.map((name, index) => [name, index % 3 === 0 ? {} : { organization_id: `org_${index % 7}` }]),
			),
		);
		assert.deepEqual(await best(''), keys(100));
		assert.deepEqual(await best('key'), keys(100));
	});

	test('returns a hundred in all with those that were opened', async () => {
		const { best, open } = withNames(...keys(300));
		open('key 299');
		assert.deepEqual(await best(''), ['key 299', ...keys(99)]);
	});

	test('takes letters in their order, wherever they stand', async () => {
		const { best } = withNames('stripe-webhook-secret', 'slack-token', 'database');
		assert.deepEqual(await best('swh'), ['stripe-webhook-secret']);
	});

	test('takes words in any order', async () => {
		const { best } = withNames('stripe-webhook-secret', 'stripe-key');
		assert.deepEqual(await best('web stripe'), ['stripe-webhook-secret']);
	});

	test('does not care about case and accents', async () => {
		const { best } = withNames('Stripe Key', 'Café Zürich', 'other');
		assert.deepEqual(await best('STRIPE'), ['Stripe Key']);
		assert.deepEqual(await best('cafe zurich'), ['Café Zürich']);
		assert.deepEqual(await best('CAFÉ'), ['Café Zürich']);
	});

	test('puts the better match first', async () => {
		assert.deepEqual((await withNames('my-other-token', 'token-of-mine', 'token').best('token'))[0], 'token');
		assert.deepEqual((await withNames('s-t-o-p', 'stop-it').best('stop'))[0], 'stop-it');
		assert.deepEqual(await withNames('untoken', 'my-token', 'token-a').best('token'), [
			'token-a',
			'my-token',
			'untoken',
		]);
	});

	test('orders equal matches by name', async () => {
		assert.deepEqual(await withNames('key 2', 'key 0', 'key 1').best('key'), keys(3));
	});

	test('puts a match that was opened before a better one', async () => {
		const { best, open } = withNames('token-a', 'my-token-b');
		open('my-token-b');
		assert.deepEqual(await best('token'), ['my-token-b', 'token-a']);
	});

	test('puts scattered letters in what was opened behind letters that stand together', async () => {
		const { best, open } = withNames('some-encryption-config', 'webhook-secret');
		open('some-encryption-config');
		assert.deepEqual(await best('sec'), ['webhook-secret', 'some-encryption-config']);
	});

	test('leaves out what was opened and does not match', async () => {
		const { best, open } = withNames('token', 'database');
		open('database');
		assert.deepEqual(await best('token'), ['token']);
	});

	test('puts the exact name before what was opened and before a name in another case, once', async () => {
		const { best, open } = withNames('Token', 'token', 'token-b');
		open('token-b');
		assert.deepEqual(await best('token'), ['token', 'Token', 'token-b']);
		assert.deepEqual(await best('Token'), ['Token', 'token', 'token-b']);
	});

	test('puts the object of an id first, and says so', async () => {
		const { ranking, catalog } = withNames('alpha', 'beta');
		const beta = catalog.findByName('beta');
		assert.ok(beta);
		assert.deepEqual(await ranking.best(beta.id), [{ object: beta, by: ['id'] }]);
	});

	test('returns nothing where nothing matches', async () => {
		assert.deepEqual(await withNames('alpha', 'beta').best('xyz'), []);
	});

	test('takes in what came and went once it is told', async () => {
		const { best, ranking, catalog, vault } = withNames('token-a');
		assert.deepEqual(await best('token'), ['token-a']);
		const added = vault.add('token-b');
		catalog.remove(catalog.findByName('token-a')?.id ?? '');
		catalog.put(added);
		ranking.outdate();
		assert.deepEqual(await best('token'), ['token-b']);
	});
});

suite('Ranking objects whose names have the letters, with others between', () => {
	const names = [
		'anthropic/oauth/org_01K3QZ8M4T7V2N6P9R5S1W0XYA/300',
		'auth/service/refresh',
		'byok-gateway-user_01H8XQ2MZP4VN7RTC3KDWE5YBA-slack',
		'customers/user_01HABCDXYZ123/openai-key',
		'postgres-primary-password',
		'service-07422/token',
	];

	test('takes what leaves out some letters or begins its words', async () => {
		const { best } = withNames(...names, 'github-installation-token', 'DATABASE_URL');
		assert.deepEqual(await best('anthropc'), [names[0]]);
		assert.deepEqual(await best('gittok'), ['github-installation-token']);
		assert.deepEqual(await best('ghtok'), ['github-installation-token']);
		assert.deepEqual(await best('dburl'), ['DATABASE_URL']);
		assert.deepEqual(await best('ppp'), ['postgres-primary-password']);
		assert.deepEqual(await best('oai'), ['customers/user_01HABCDXYZ123/openai-key']);
		assert.deepEqual(await best('serv742tok'), ['service-07422/token']);
	});

	test('does not take what has little in common with them', async () => {
		const { best } = withNames(...names);
		// Each of these has its letters in this order in one of the names.
		for (const text of ['aws', 'gcp', 'stop', 'prod', 'azt']) assert.deepEqual(await best(text), [], text);
		assert.deepEqual(await best('user'), [names[3], names[2]].sort());
	});

	test('does not take letters that stand many words apart, whether or not a name has the text as it stands', async () => {
		const stations = ['riga', 'trieste', 'rotterdam', 'tromso'].map(
			(town) => `stations/${town}/gateway/client-key.pem`,
		);
		assert.deepEqual(await withNames(...stations).best('stripe'), []);
		assert.deepEqual(await withNames('stripe-webhook-secret', ...stations).best('stripe'), ['stripe-webhook-secret']);
	});

	test('takes beside names with the text as it stands only what is clearly like it', async () => {
		const alike = 'some-encryption-config';
		const { best } = withNames('webhook-secret', alike, 'session-encryption-key');
		assert.deepEqual(await best('sec'), ['webhook-secret', alike]);
		assert.deepEqual(await withNames('session-encryption-key').best('sec'), ['session-encryption-key']);
	});

	test('takes one or two letters only where they stand together', async () => {
		const { best } = withNames('s-3', 'aws-s3-key');
		assert.deepEqual(await best('s3'), ['aws-s3-key']);
	});

	test('puts them last, also behind a value that has the text inside', async () => {
		const { best } = withObjects({ 's-l-a-c-k': {}, token: { provider: 'my-slack-eu' } });
		assert.deepEqual(await best('slack'), ['token', 's-l-a-c-k']);
	});
});

suite('Ranking objects by their key contexts', () => {
	const user = 'user_01H8XQ2MZP4VN7RTC3KDWE5123';
	const acme = { organization_id: 'org_1' };
	const shapes = {
		'byok/1': { userId: user },
		'byok/2': { user_id: user, data_type: 'token' },
		'byok/3': { user_id: `${user}4`, data_type: 'token' },
		'llm/a': { ...acme, app: 'chat', kind: 'key', provider: 'openai' },
		'llm/b': { ...acme, app: 'search', kind: 'key', provider: 'openai-eu' },
		'llm/c': { organization_id: 'org_2', app: 'chat', kind: 'key', provider: 'anthropic' },
	};

	test('finds every object of a user, whatever the name of the pair', async () => {
		const { ranking, best } = withObjects(shapes);
		assert.deepEqual(await best(user), ['byok/1', 'byok/2', 'byok/3']);
		assert.deepEqual(
			(await ranking.best(user)).map(({ by }) => by),
			[[{ name: 'userId', at: 0 }], [{ name: 'user_id', at: 0 }], [{ name: 'user_id', at: 0 }]],
		);
		assert.deepEqual(await best('KDWE5123'), ['byok/1', 'byok/2', 'byok/3']);
	});

	test('puts the whole value before the beginning of one, though that was opened', async () => {
		const { best, open } = withObjects(shapes);
		open('byok/3');
		open('llm/b');
		assert.deepEqual(await best(user), ['byok/1', 'byok/2', 'byok/3']);
		assert.deepEqual(await best('provider=openai'), ['llm/a', 'llm/b']);
	});

	test('puts a name before a value', async () => {
		const { best, open } = withObjects({ ...shapes, OpenAI: {} });
		open('llm/a');
		assert.deepEqual(await best('openai'), ['OpenAI', 'llm/a', 'llm/b']);
	});

	test('takes a pair, from the beginning of its value on, and all of it in quotes', async () => {
		const { best } = withObjects(shapes);
		assert.deepEqual(await best('provider=op'), ['llm/a', 'llm/b']);
		assert.deepEqual(await best('PROVIDER=OpenAI-'), ['llm/b']);
		assert.deepEqual(await best('provider="openai"'), ['llm/a']);
		assert.deepEqual(await best('"provider"="openai'), ['llm/a', 'llm/b']);
		assert.deepEqual(await best('provider=penai'), []);
		assert.deepEqual(await best('kind=openai'), []);
	});

	test('takes a name without a value for all that have it', async () => {
		const { best } = withObjects(shapes);
		assert.deepEqual(await best('data_type='), ['byok/2', 'byok/3']);
	});

	test('narrows with each word', async () => {
		const { best } = withObjects(shapes);
		assert.deepEqual(await best(`data_type=token ${user}`), ['byok/2', 'byok/3']);
		assert.deepEqual(await best(`data_type=token user_id="${user}"`), ['byok/2']);
		assert.deepEqual(await best('provider=openai search'), ['llm/b']);
		assert.deepEqual(await best('openai chat llm'), ['llm/a']);
		assert.deepEqual(await best('provider=openai provider=anthropic'), []);
	});

	test('takes a key context as it is copied', async () => {
		const { best } = withObjects({ ...shapes, odd: { city: 'New York, NY', team: 'a"b' } });
		assert.deepEqual(await best('organization_id=org_1, app=chat, kind=key, provider=openai'), ['llm/a']);
		assert.deepEqual(await best('city="New York, NY", team="a\\"b"'), ['odd']);
	});

	test('says which pairs matched', async () => {
		const { ranking } = withObjects(shapes);
		const [first] = await ranking.best('chat provider=open llm');
		assert.deepEqual(first?.by, [
			{ name: 'app', at: 0 },
			{ name: 'provider', at: 0 },
		]);
	});

	test('finds by a part of the organization’s name, and says so; the whole name comes first', async () => {
		const vault = new FakeVault();
		const catalog = new Catalog(vault);
		vault.organizations.push({ id: 'org_1-two', name: 'Arctic Tern Two' }, { id: 'org_2', name: 'Arctic Tern' });
		await catalog.organizations.load();
		catalog.put(vault.add('a', { organization_id: 'org_1-two' }));
		catalog.put(vault.add('b', { organizationId: 'org_2' }));
		catalog.put(vault.add('c'));
		const ranking = new Ranking(catalog);
		const names = async (text: string) => (await ranking.best(text)).map(({ object }) => object.name);
		assert.deepEqual(await names('tern'), ['a', 'b']);
		assert.deepEqual(await names('Arctic Tern'), ['b', 'a']);
		assert.deepEqual(await names('two b'), []);
		assert.deepEqual((await ranking.best('two'))[0]?.by, ['organization']);
	});
});

suite('Ranking objects by an odd text', () => {
	const long = 'x'.repeat(480);
	const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`n${index}`, `${long}${index} needle ü`]));
	const odd = withObjects({
		'a=b': {},
		'(.*)+[a-z]\\': { regex: '^$|?' },
		'שלום-key': { עיר: 'חיפה' },
		'🔑 key': { icon: '👩‍🚀' },
		proto: Object.fromEntries([
			['__proto__', 'polluted'],
			['constructor', 'built'],
		]),
		many,
	});

	test('finds what has it, and nothing else', async () => {
		for (const [text, names] of [
			['=', ['a=b']],
			['a=', ['a=b']],
			['=b', ['a=b']],
			['a=b', ['a=b']],
			['==', []],
			['.*', ['(.*)+[a-z]\\']],
			['regex=^$|?', ['(.*)+[a-z]\\']],
			['\\', ['(.*)+[a-z]\\']],
			['שלום', ['שלום-key']],
			['עיר=חי', ['שלום-key']],
			['🔑', ['🔑 key']],
			['icon=👩‍🚀', ['🔑 key']],
			['__proto__=pol', ['proto']],
			['constructor=built', ['proto']],
			['constructor=', ['proto']],
			['toString=', []],
			['hasOwnProperty', []],
			['n9=x needle', ['many']],
			['\u0301', []],
			['"', []],
			['""', []],
		] as const)
			assert.deepEqual(await odd.best(text), names, text);
	});

	test('says where a long value has it', async () => {
		const [match] = await odd.ranking.best('needle');
		assert.deepEqual(match?.by, [{ name: 'n0', at: 482 }]);
	});

	test('finds nothing for a text that is longer than anything', async () => {
		assert.deepEqual(await odd.best('key '.repeat(2_500)), []);
		assert.deepEqual(await odd.best('x'.repeat(10_000)), []);
		assert.deepEqual(await odd.best('"\\'.repeat(5_000)), []);
	});
});

suite('Ranking many objects', () => {
	teardown(() => mock.reset());

	/** As if each look at the time took longer than anything may go on in one go. */
	const onSlowMachine = () => {
		let now = 0;
		mock.method(performance, 'now', () => (now += 50));
	};

	test('lets everything else have its turn, while it makes ready and while it searches', async () => {
		const { ranking } = withNames(...keys(2_000));
		onSlowMachine();
		let turns = 0;
		const timer = setInterval(() => turns++, 0);
		await ranking.best('');
		const whileMakingReady = turns;
		await ranking.best('key');
		clearInterval(timer);
		assert.ok(whileMakingReady >= 10, `${whileMakingReady}`);
		assert.ok(turns - whileMakingReady >= 10, `${turns}`);
	});

	test('ends at once when nobody waits for it any more', async () => {
		const { ranking } = withNames(...keys(2_000));
		await ranking.best('');
		const leaving = new AbortController();
		const searching = ranking.best('key', leaving.signal);
		leaving.abort();
		await assert.rejects(searching, { name: 'AbortError' });
	});
});

async function nextMillisecond(): Promise<void> {
	const before = Date.now();
	while (Date.now() === before) await new Promise((resolve) => setImmediate(resolve));
}
