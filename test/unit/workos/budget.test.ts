import assert from 'node:assert/strict';
import type { Priority, VaultApi } from '../../../src/vault/api';
import { Catalog } from '../../../src/vault/catalog/catalog';
import { VaultError } from '../../../src/vault/errors';
import { Pacing, type TaskOptions } from '../../../src/workos/pacing';
import { lost } from '../../support/fakes';
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

		test('is that of any minute, whenever it begins: the vault’s own may begin at another time', async () => {
			const pacing = new Pacing(10);
			many(pacing, 1, 'person');
			await pass(50);
			many(pacing, 20, 'person');
			await pass(20);
			assert.deepEqual([...new Set(seconds())], [0, 50, 60]);
			assert.equal(starts().length, 11);
			await pass(40);
			assert.equal(starts().length, 20);
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
			assert.equal(vault.calls.length, 8, 'the scan has come to the end of its share');
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

		test('has room for the person though background work that waited in the queue comes late', async () => {
			const pacing = new Pacing(10);
			many(pacing, 5, 'visible');
			await pass(10);
			many(pacing, 40, 'background');
			await pass(61);
			many(pacing, 1, 'person');
			await pass(0);
			assert.deepEqual(seconds('person'), [71]);
		});

		test('has room for the person though background work comes back after a 429', async () => {
			const pacing = new Pacing(10);
			const refused = task('refused', new VaultError('rateLimited', { retryAfter: 100 }));
			void pacing.run(refused, { isRead: true, priority: 'background' });
			await pass(1);
			many(pacing, 40, 'background');
			await pass(109);
			assert.ok(seconds('background').length > 0, 'the background is back');
			many(pacing, 1, 'person');
			await pass(0);
			assert.deepEqual(seconds('person'), [110]);
		});

		for (const most of [3, 7, 10, 19, 20, 55, 1000]) {
			test(`of ${most} has room for the person at every second of a minute, whatever became of background work`, async () => {
				const pacing = new Pacing(most);
				const failures = [lost(), new VaultError('rateLimited', { retryAfter: 4 }), new VaultError('notFound'), lost()];
				let pausedUntil: Date | undefined;
				pacing.onDidPause((until) => (pausedUntil = until));
				const background = (index: number) => {
					const run = task('background', ...failures.slice(index % (most * 2)));
					pacing.run(run, { isRead: true, priority: 'background' }).catch(() => undefined);
				};
				for (let index = 0; index < most * 25; index++) background(index);
				for (let index = 0; index < 20; index++) {
					const before = seconds('person').length;
					await pass(61);
					while (pausedUntil) await pass(1);
					void pacing.run(task('person'), read);
					await pass(0);
					assert.equal(seconds('person').length, before + 1, `call ${index}`);
				}
				assert.ok(seconds('background').length >= most * 5, 'the background has its share');
			});
		}

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

		for (const none of [0, Infinity]) {
			test(`of ${none} is none: everything goes in its turn`, async () => {
				const pacing = new Pacing(none);
				many(pacing, 3000, 'person');
				many(pacing, 3000, 'background');
				await pass(1);
				assert.equal(starts().length, 6000);
			});
		}

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
});
