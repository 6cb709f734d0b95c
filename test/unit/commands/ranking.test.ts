import assert from 'node:assert/strict';
import { Ranking } from '../../../src/commands/ranking';
import { Catalog } from '../../../src/vault/catalog';
import { FakeVault } from '../../support/fakeVault';

/** A catalog of these names, and the names that are answered for a text. */
const withNames = (...names: string[]) => {
	const vault = new FakeVault();
	const catalog = new Catalog(vault);
	for (const name of names) catalog.put(vault.add(name));
	const ranking = new Ranking(catalog);
	const open = (name: string) => {
		const object = catalog.findByName(name);
		assert.ok(object);
		catalog.open(object);
		ranking.outdate();
		return object;
	};
	return { vault, catalog, ranking, open, best: (text: string) => ranking.best(text).map(({ name }) => name) };
};

/** `key 0`, `key 1` and so on. */
const keys = (count: number) => Array.from({ length: count }, (_, index) => `key ${index}`);

suite('Ranking objects', () => {
	test('for no text goes by name, as a person counts', () => {
		const { best } = withNames('key 10', 'Beta', 'key 2', 'alpha');
		assert.deepEqual(best(''), ['alpha', 'Beta', 'key 2', 'key 10']);
	});

	test('for no text puts the one that was opened last first', async () => {
		const { best, open } = withNames('alpha', 'beta', 'gamma');
		open('beta');
		await nextMillisecond();
		open('gamma');
		assert.deepEqual(best(''), ['gamma', 'beta', 'alpha']);
	});

	test('answers the first hundred by name of many more', () => {
		const { best } = withNames(...keys(300).reverse());
		assert.deepEqual(best(''), keys(100));
	});

	test('answers a hundred in all with those that were opened', () => {
		const { best, open } = withNames(...keys(300));
		open('key 299');
		assert.deepEqual(best(''), ['key 299', ...keys(99)]);
	});

	test('answers a hundred matches of many more', () => {
		assert.equal(withNames(...keys(300)).best('key').length, 100);
	});

	test('takes letters in their order, wherever they stand', () => {
		const { best } = withNames('stripe-webhook-secret', 'slack-token', 'database');
		assert.deepEqual(best('swh'), ['stripe-webhook-secret']);
	});

	test('takes words in any order', () => {
		assert.deepEqual(withNames('stripe-webhook-secret', 'stripe-key').best('web stripe'), ['stripe-webhook-secret']);
	});

	test('does not care about case', () => {
		assert.deepEqual(withNames('Stripe Key', 'other').best('STRIPE'), ['Stripe Key']);
	});

	test('puts the better match first', () => {
		assert.deepEqual(withNames('my-other-token', 'token-of-mine', 'token').best('token')[0], 'token');
		assert.deepEqual(withNames('s-t-o-p', 'stop-it').best('stop')[0], 'stop-it');
	});

	test('orders equal matches by name', () => {
		assert.deepEqual(withNames('key 2', 'key 0', 'key 1').best('key'), keys(3));
	});

	test('puts a match that was opened before a better one', () => {
		const { best, open } = withNames('token-a', 'my-token-b');
		open('my-token-b');
		assert.deepEqual(best('token'), ['my-token-b', 'token-a']);
	});

	test('puts a weak match that was opened behind a good one', () => {
		const { best, open } = withNames('session-encryption-key', 'webhook-secret');
		open('session-encryption-key');
		assert.deepEqual(best('sec'), ['webhook-secret', 'session-encryption-key']);
	});

	test('leaves out what was opened and does not match', () => {
		const { best, open } = withNames('token', 'database');
		open('database');
		assert.deepEqual(best('token'), ['token']);
	});

	test('puts the exact name before what was opened, once', () => {
		const { best, open } = withNames('token', 'token-b');
		open('token-b');
		assert.deepEqual(best('token'), ['token', 'token-b']);
	});

	test('puts the object of an id first', () => {
		const { best, catalog } = withNames('alpha', 'beta');
		const beta = catalog.findByName('beta');
		assert.ok(beta);
		assert.deepEqual(best(beta.id), ['beta']);
	});

	test('answers nothing where nothing matches', () => {
		assert.deepEqual(withNames('alpha', 'beta').best('xyz'), []);
	});

	test('takes in what came and went once it is told', () => {
		const { best, ranking, catalog, vault } = withNames('token-a');
		assert.deepEqual(best('token'), ['token-a']);
		const added = vault.add('token-b');
		catalog.remove(catalog.findByName('token-a')?.id ?? '');
		catalog.put(added);
		ranking.outdate();
		assert.deepEqual(best('token'), ['token-b']);
	});

	test('answers on after it let go of what was prepared', () => {
		const { best, ranking } = withNames('token');
		best('token');
		ranking.dispose();
		assert.deepEqual(best('token'), ['token']);
	});
});

async function nextMillisecond(): Promise<void> {
	const before = Date.now();
	while (Date.now() === before) await new Promise((resolve) => setImmediate(resolve));
}
