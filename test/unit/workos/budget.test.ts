import assert from 'node:assert/strict';
import type { Priority, VaultApi } from '../../../src/vault/api';
import { Catalog } from '../../../src/vault/catalog';
import { Pacing, type TaskOptions } from '../../../src/workos/pacing';
import { FakeVault } from '../../support/fakeVault';
import { pass, withFakeClock } from '../../support/fakeClock';

suite('Pacing by the minute', () => {
	const { task, seconds, starts } = withFakeClock();
	const read: TaskOptions = { isRead: true };

	suite('the budget', () => {
		const many = (pacing: Pacing, count: number, priority: Priority, name: string = priority) => {
			for (let index = 0; index < count; index++) void pacing.run(task(name), { isRead: true, priority });
		};

		test('is never exceeded within a minute', async () => {
			many(new Pacing(10), 25, 'person');
			await pass(59);
			assert.equal(starts().length, 10);
			await pass(60);
			assert.equal(starts().length, 20);
			await pass(60);
			assert.equal(starts().length, 25);
		});

		test('of a fraction is the whole number below it, and at least one', async () => {
			many(new Pacing(2.9), 5, 'person', 'a');
			many(new Pacing(0.5), 5, 'person', 'b');
			await pass(30);
			assert.deepEqual([seconds('a').length, seconds('b').length], [2, 1]);
		});

		test('has room for the person whatever the background does', async () => {
			const pacing = new Pacing(20);
			many(pacing, 100, 'background');
			await pass(5);
			assert.equal(starts().length, 18);
			many(pacing, 2, 'person');
			await pass(1);
			assert.deepEqual(seconds('person'), [5, 5]);
		});

		test('has room for the person while a catalog is scanned', async () => {
			const vault = new FakeVault();
			for (let index = 0; index < 30; index++) vault.add(`key ${index}`);
			const pacing = new Pacing(10);
			const paced: Pick<VaultApi, 'listObjects' | 'describeObject'> = {
				listObjects: (page, options) => pacing.run(() => vault.listObjects(page), { ...options, isRead: true }),
				describeObject: (id, options) => pacing.run(() => vault.describeObject(id), { ...options, isRead: true }),
			};
			const catalog = new Catalog(Object.assign(new FakeVault(), paced));
			const scan = catalog.scan();
			await pass(5);
			assert.equal(vault.calls.length, 9, 'the scan has come to the end of its share');
			void pacing.run(task('person'), read);
			await pass(0);
			assert.deepEqual(seconds('person'), [5]);
			await pass(240);
			await scan;
			assert.equal(catalog.progress.known, 30);
		});

		test('has room for the person though the scan began late in a minute and goes on into the next', async () => {
			const pacing = new Pacing(10);
			many(pacing, 1, 'visible');
			await pass(50);
			many(pacing, 1, 'background');
			await pass(50);
			many(pacing, 30, 'background');
			await pass(15);
			many(pacing, 1, 'person');
			await pass(0);
			assert.deepEqual(seconds('person'), [115]);
		});

		test('is shared out by who waits: the person, then what is visible, then the background', async () => {
			const pacing = new Pacing(1);
			many(pacing, 1, 'person', 'first');
			many(pacing, 1, 'background');
			many(pacing, 1, 'visible');
			many(pacing, 1, 'person');
			await pass(300);
			assert.deepEqual(
				starts().map(([name]) => name),
				['first', 'person', 'visible', 'background'],
			);
		});

		test('has eight requests at a time, five of them the background’s', async () => {
			const pacing = new Pacing(1000);
			let running = 0;
			const hang = () => {
				running++;
				return new Promise<never>(() => undefined);
			};
			for (let index = 0; index < 20; index++) void pacing.run(hang, { isRead: true, priority: 'background' });
			await pass(1);
			assert.equal(running, 5);
			for (let index = 0; index < 20; index++) void pacing.run(hang, read);
			await pass(1);
			assert.equal(running, 8);
		});
	});

	suite('told by the vault', () => {
		const resetIn = (remaining: number, seconds: number) => ({
			remaining,
			resetAt: new Date(Date.now() + seconds * 1000),
		});
		const both = async (pacing: Pacing, seconds: number) => {
			void pacing.run(task('person'), read);
			void pacing.run(task('background'), { isRead: true, priority: 'background' });
			await pass(seconds);
			return [seconds, ...starts().map(([name]) => name)].slice(1);
		};

		test('that nothing is left, lets everybody wait for the reset', async () => {
			const pacing = new Pacing(100);
			pacing.observe(resetIn(0, 10));
			assert.deepEqual(await both(pacing, 9), []);
			await pass(1);
			assert.deepEqual(seconds(), [10, 10]);
		});

		test('that little is left, keeps it for the person', async () => {
			const pacing = new Pacing(100);
			pacing.observe(resetIn(5, 10));
			pacing.observe(resetIn(4, 10));
			assert.deepEqual(await both(pacing, 9), ['person']);
			await pass(1);
			assert.deepEqual(seconds('background'), [10]);
		});

		for (const [what, remaining, seconds] of [
			['much is left', 9, 10],
			['a reset lies in the past', 0, -1],
			['a reset is more than an hour away', 0, 3601],
		] as const) {
			test(`that ${what}, holds nobody up`, async () => {
				const pacing = new Pacing(100);
				pacing.observe(resetIn(remaining, seconds));
				assert.deepEqual((await both(pacing, 1)).sort(), ['background', 'person']);
			});
		}
	});
});
