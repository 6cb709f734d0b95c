import assert from 'node:assert/strict';
import { ObjectActivity } from '../../../../src/vault/activity/objectActivity';
import { VaultError } from '../../../../src/vault/errors';
import { FakeVault } from '../../../support/fakeVault';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 29, 12);
const organizationId = 'org_acme';

suite('The activity of an object', () => {
	let vault: FakeVault;
	setup(() => {
		vault = new FakeVault();
	});
	const activityOf = (organization?: string) =>
		new ObjectActivity(vault, { name: 'token', organizationId: organization }, () => now);
	const add = (
		kind: 'created' | 'updated' | 'read' | 'deleted',
		ago: number,
		{ name = 'token', of }: { name?: string; of?: string } = {},
	) => vault.activity.add(kind, name, now - ago, of === undefined ? {} : { organizationId: of });
	/** Reads of other objects, one a minute, the newest of them so long ago. */
	const addOthers = (count: number, newest: number, { of, every = minute }: { of?: string; every?: number } = {}) => {
		for (let index = count - 1; index >= 0; index--) {
			add('read', newest + index * every, { name: 'other', ...(of !== undefined && { of }) });
		}
	};
	const told = ({ own }: ObjectActivity) => own.map(({ kind, at }) => `${kind} ${(now - at.getTime()) / hour}`);
	const asked = () =>
		vault.activity.requests.map(
			({ kinds, organizationId: of }) => `${kinds.join()}${of === undefined ? '' : ` of ${of}`}`,
		);

	suite('when its page opens', () => {
		test('is its reads among the newest 100 of the environment, with one request', async () => {
			add('created', 3 * hour);
			add('read', 2 * hour);
			addOthers(50, 61 * minute);
			add('read', hour);
			const activity = activityOf();
			await activity.open();
			assert.deepEqual(told(activity), ['read 1', 'read 2']);
			assert.deepEqual(vault.activity.requests, [{ kinds: ['read'], limit: 100, since: undefined }]);
			assert.equal(activity.changes.isAsked, false);
		});

		test('is not asked for again the next time', async () => {
			add('read', hour);
			const activity = activityOf();
			await Promise.all([activity.open(), activity.open()]);
			await activity.open();
			assert.equal(vault.count('listActivity'), 1);
		});

		test('asks for no organization’s: an answer of none would say nothing', async () => {
			await activityOf(organizationId).open();
			assert.deepEqual(asked(), ['read']);
		});
	});

	suite('with Look Further Back', () => {
		test('is its changes first, then what is before the reads', async () => {
			add('created', 9 * hour);
			add('read', 8 * hour);
			addOthers(150, minute);
			add('updated', hour / 2);
			const activity = activityOf();
			await activity.open();
			assert.deepEqual(told(activity), []);
			await activity.lookFurtherBack();
			assert.deepEqual(told(activity), ['updated 0.5', 'read 8', 'created 9']);
			assert.deepEqual(asked(), ['read', 'created,updated,deleted', 'read']);
		});

		test('goes back until the object was created, and then asks nobody', async () => {
			addOthers(500, 2 * hour);
			add('created', 2 * hour - 1);
			add('read', hour);
			addOthers(120, 0, { every: 1000 });
			const activity = activityOf();
			activity.createdAt = new Date(now - 2 * hour);
			await activity.open();
			assert.equal(activity.hasMore, true);
			await activity.lookFurtherBack();
			assert.equal(activity.hasMore, false);
			assert.deepEqual(
				activity.reads.reaches.map(({ end, ofEnvironment }) => [end, ofEnvironment]),
				[['creation', 200]],
			);
			const before = vault.activity.requests.length;
			await activity.lookFurtherBack();
			assert.equal(vault.activity.requests.length, before);
		});

		test('says that it ends where the vault keeps no older events, not where the object does', async () => {
			add('created', 90 * day);
			add('read', 60 * day);
			add('read', 2 * day);
			vault.activity.keptSince = now - 30 * day;
			const activity = activityOf();
			activity.createdAt = new Date(now - 90 * day);
			await activity.open();
			await activity.lookFurtherBack();
			assert.deepEqual(told(activity), ['read 48']);
			assert.deepEqual(
				activity.reads.reaches.map(({ end }) => end),
				['vault'],
			);
			assert.equal(activity.reads.coverageOf(now - 2 * day + 1, now), 'whole');
			assert.equal(activity.reads.coverageOf(now - 3 * day, now), 'part');
		});

		test('is cancelled between requests, and keeps what it learnt', async () => {
			addOthers(1000, minute);
			add('read', 0);
			const activity = activityOf();
			const controller = new AbortController();
			vault.beforeNext('listActivity', () => undefined);
			vault.beforeNext('listActivity', () => controller.abort());
			await assert.rejects(activity.lookFurtherBack({ signal: controller.signal }), { name: 'AbortError' });
			assert.equal(vault.count('listActivity'), 2);
			assert.equal(activity.isAsking, false);
			await activity.lookFurtherBack();
			assert.deepEqual(told(activity), ['read 0']);
		});

		test('fails where the vault does not answer, keeps what it learnt, and goes on from there', async () => {
			addOthers(250, minute);
			const activity = activityOf();
			await activity.open();
			vault.failNext('listActivity', undefined);
			vault.failNext('listActivity', new VaultError('offline'));
			await assert.rejects(activity.lookFurtherBack(), { code: 'offline' });
			assert.equal(activity.reads.reaches[0]?.ofEnvironment, 100);
			await activity.lookFurtherBack();
			assert.equal(activity.reads.reaches[0]?.ofEnvironment, 250);
		});

		test('goes on by time where the vault does not know a cursor any more', async () => {
			addOthers(250, minute);
			const activity = activityOf();
			await activity.open();
			vault.failNext('listActivity', undefined);
			vault.failNext('listActivity', new VaultError('rejected'));
			await activity.lookFurtherBack();
			assert.deepEqual(
				activity.reads.reaches.map(({ ofEnvironment, end }) => [ofEnvironment, end]),
				[[250, 'vault']],
			);
		});

		test('misses nothing of one moment where it goes on by time', async () => {
			addOthers(20, hour, { every: 0 });
			add('read', hour);
			addOthers(110, hour, { every: 0 });
			const activity = activityOf();
			await activity.open();
			vault.failNext('listActivity', undefined);
			vault.failNext('listActivity', new VaultError('rejected'));
			await activity.lookFurtherBack();
			assert.deepEqual(told(activity), ['read 1']);
		});

		test('stops where a vault’s cursors run in a circle', async () => {
			addOthers(100, minute);
			const first = vault.activity.list({ kinds: ['read'] });
			vault.listActivity = ({ kinds }) =>
				Promise.resolve(kinds.includes('read') ? { ...first, next: 'again' } : { items: [], next: undefined });
			const activity = activityOf();
			await activity.open();
			await activity.lookFurtherBack();
			assert.equal(activity.hasMore, false);
		});
	});

	suite('with Jump to', () => {
		test('is that of a day, and what lies between is not said to be known', async () => {
			add('created', 40 * day);
			add('read', 20 * day + hour);
			addOthers(300, minute);
			const activity = activityOf();
			activity.createdAt = new Date(now - 40 * day);
			await activity.open();
			await activity.jumpTo(new Date(now - 21 * day), new Date(now - 20 * day));
			assert.deepEqual(told(activity), [`read ${20 * 24 + 1}`, `created ${40 * 24}`]);
			assert.equal(activity.reads.coverageOf(now - 21 * day, now - 20 * day), 'whole');
			assert.equal(activity.reads.coverageOf(now - 20 * day, now - day), 'none');
			assert.equal(activity.reads.coverageOf(now - day, now), 'part');
			assert.equal(activity.reads.reaches.length, 2);
		});

		test('asks for no event after that day', async () => {
			addOthers(300, minute);
			const end = new Date(now - 4 * hour);
			await activityOf().jumpTo(new Date(now - 5 * hour), end);
			assert.ok(
				vault.activity.requests.every(({ until, after }) => after !== undefined || until?.getTime() === end.getTime()),
			);
		});

		test('says nothing of the day where a vault takes its end for nothing, and tells the newest', async () => {
			addOthers(3000, minute);
			const list = vault.listActivity.bind(vault);
			vault.listActivity = ({ until: _, ...page }, options) => list(page, options);
			const activity = activityOf();
			await activity.jumpTo(new Date(now - 2 * day), new Date(now - day));
			assert.equal(activity.reads.coverageOf(now - 2 * day, now - day), 'none');
			assert.equal(activity.reads.coverageOf(now - day, now), 'none');
		});

		test('goes on where a vault tells nothing but what is after the day', async () => {
			addOthers(300, minute);
			add('read', 2 * day);
			vault.activity.events.sort((a, b) => a.at.getTime() - b.at.getTime());
			const list = vault.listActivity.bind(vault);
			vault.listActivity = ({ until: _, ...page }, options) => list(page, options);
			const activity = activityOf();
			await activity.jumpTo(new Date(now - 3 * day), new Date(now - day));
			assert.deepEqual(told(activity), ['read 48']);
		});

		test('takes five requests at most, and Look Further Back goes on from there', async () => {
			addOthers(3000, day);
			add('read', 0);
			const activity = activityOf();
			await activity.jumpTo(new Date(now - 40 * day), new Date(now - day));
			assert.equal(vault.count('listActivity'), 5);
			assert.equal(activity.reads.coverageOf(now - day - 399 * minute, now - day), 'whole');
			assert.equal(activity.reads.coverageOf(now - 2 * day, now - day), 'part');
			await activity.lookFurtherBack();
			assert.equal(vault.count('listActivity'), 10);
			assert.equal(activity.reads.reaches[0]?.ofEnvironment, 800, 'one was for the newest changes');
			assert.deepEqual(told(activity), [], 'nobody looked at what came since that day');
		});

		test('asks nobody where the day was looked through before', async () => {
			addOthers(90, minute);
			const activity = activityOf();
			await activity.lookFurtherBack();
			const before = vault.activity.requests.length;
			await activity.jumpTo(new Date(now - hour), new Date(now - hour / 2));
			assert.equal(vault.activity.requests.length, before);
		});

		test('asks for the newest where the day is today', async () => {
			add('read', hour);
			const activity = activityOf();
			await activity.jumpTo(new Date(now - 12 * hour), new Date(now + 12 * hour));
			assert.deepEqual(told(activity), ['read 1']);
			assert.ok(vault.activity.requests.every(({ until }) => until === undefined));
		});

		test('is joined with what was looked through before, where that meets', async () => {
			addOthers(250, minute);
			const activity = activityOf();
			await activity.open();
			await activity.jumpTo(new Date(now - 3 * hour), new Date(now - hour));
			assert.deepEqual(
				activity.reads.reaches.map(({ ofEnvironment }) => ofEnvironment),
				[200],
			);
		});
	});

	suite('asked for anew', () => {
		test('is what came since, with one request for each kind that was asked for', async () => {
			add('read', 2 * hour);
			const activity = activityOf();
			await activity.open();
			add('read', hour);
			await activity.renew();
			assert.deepEqual(told(activity), ['read 1', 'read 2']);
			assert.equal(vault.count('listActivity'), 2);
			await activity.lookFurtherBack();
			vault.forgetCalls();
			await activity.renew();
			assert.equal(vault.count('listActivity'), 2);
		});

		test('leaves a gap where more came since than a page has', async () => {
			addOthers(10, 10 * hour);
			const activity = activityOf();
			await activity.open();
			addOthers(300, minute);
			await activity.renew();
			assert.deepEqual(
				activity.reads.reaches.map(({ ofEnvironment, isNewest }) => [ofEnvironment, isNewest]),
				[
					[100, true],
					[10, false],
				],
			);
			await activity.lookFurtherBack();
			assert.deepEqual(
				activity.reads.reaches.map(({ ofEnvironment }) => ofEnvironment),
				[310],
			);
		});
	});

	suite('where an event is said to come after today', () => {
		test('leaves the gap that it would leave without it', async () => {
			addOthers(10, 10 * hour);
			const { events } = vault.activity;
			add('read', -400 * day, { name: 'other' });
			const activity = activityOf();
			await activity.open();
			const [late] = events.splice(-1);
			addOthers(300, minute);
			add('read', hour / 2);
			addOthers(120, 1000, { every: 1000 });
			if (late) events.push(late);
			await activity.renew();
			assert.deepEqual(
				activity.reads.reaches.map(({ ofEnvironment, isNewest }) => [ofEnvironment, isNewest]),
				[
					[99, true],
					[10, false],
				],
			);
			assert.deepEqual(told(activity), []);
		});
	});

	suite('of an organization', () => {
		const open = async (knows: 'none' | 'changes' | 'all') => {
			vault.activity.knowsOrganizations = (kind) => knows === 'all' || (knows === 'changes' && kind !== 'read');
			const activity = activityOf(organizationId);
			await activity.open();
			return activity;
		};

		test('goes on with the organization’s events alone once one of the object came through their filter', async () => {
			add('read', 9 * day, { of: organizationId });
			addOthers(5000, hour);
			add('read', hour / 2, { of: organizationId });
			const activity = await open('all');
			await activity.lookFurtherBack();
			assert.equal(activity.reads.isFilterProven, true);
			assert.deepEqual(told(activity), ['read 0.5', `read ${9 * 24}`]);
			const [reach] = activity.reads.reaches;
			assert.deepEqual([reach?.ofEnvironment, reach?.ofOrganization], [100, 2]);
		});

		test('finds a read that nobody knew of through the filter, which proves it', async () => {
			add('read', 9 * day, { of: organizationId });
			addOthers(5000, hour);
			const activity = await open('all');
			await activity.lookFurtherBack();
			assert.equal(activity.reads.isFilterProven, true);
			assert.deepEqual(told(activity), [`read ${9 * 24}`]);
		});

		test('takes an answer of none for nothing, and looks through everybody’s events on', async () => {
			addOthers(5000, hour);
			const activity = await open('none');
			await activity.lookFurtherBack();
			assert.equal(activity.reads.isFilterProven, false);
			assert.equal(activity.reads.coverageOf(now - 300 * hour, now), 'part');
			const [reach] = activity.reads.reaches;
			assert.deepEqual([reach?.ofEnvironment, reach?.ofOrganization, reach?.end], [400, 0, undefined]);
			assert.deepEqual(asked(), [
				'read',
				'created,updated,deleted',
				`read of ${organizationId}`,
				'read',
				'read',
				'read',
			]);
		});

		test('never filters again where a read of the object that is known does not come through', async () => {
			addOthers(5000, hour);
			add('read', hour / 2, { of: organizationId });
			const activity = await open('none');
			await activity.lookFurtherBack();
			await activity.lookFurtherBack();
			assert.equal(asked().filter((one) => one.includes(organizationId)).length, 1);
		});

		test('takes a change that comes through the filter for no proof that reads do', async () => {
			addOthers(5000, hour);
			for (let index = 0; index < 150; index++) add('updated', 3 * hour - index, { of: organizationId });
			add('read', hour / 2, { of: organizationId });
			const activity = await open('changes');
			await activity.lookFurtherBack();
			assert.deepEqual([activity.changes.isFilterProven, activity.reads.isFilterProven], [true, false]);
			assert.equal(activity.reads.reaches[0]?.ofOrganization, 0);
		});

		test('takes an event of another object that had its name for no proof', async () => {
			add('read', 9 * day, { of: organizationId });
			addOthers(5000, hour);
			vault.activity.knowsOrganizations = () => true;
			const activity = activityOf(organizationId);
			activity.createdAt = new Date(now - 5 * day);
			await activity.open();
			await activity.lookFurtherBack();
			assert.equal(activity.reads.isFilterProven, false);
			assert.equal(activity.reads.reaches[0]?.ofOrganization, 0);
		});

		test('takes a refusal of the filter for that, and not for one of events', async () => {
			addOthers(500, hour);
			const list = vault.listActivity.bind(vault);
			vault.listActivity = (page, options) =>
				page.organizationId === undefined ? list(page, options) : Promise.reject(new VaultError('notFound'));
			const activity = await open('none');
			await activity.lookFurtherBack();
			assert.equal(activity.refusal, undefined);
			assert.equal(activity.reads.reaches[0]?.ofEnvironment, 400);
		});
	});

	suite('where events are refused', () => {
		for (const code of ['forbidden', 'notFound'] as const) {
			test(`is unknown, and no failure: ${code}`, async () => {
				const activity = activityOf();
				vault.failNext('listActivity', new VaultError(code));
				await activity.open();
				assert.equal(activity.refusal, code);
				assert.equal(activity.reads.isAsked, false);
				assert.equal(vault.count('listActivity'), 1);
			});
		}

		test('is known again once they are told', async () => {
			add('read', hour);
			const activity = activityOf();
			vault.failNext('listActivity', new VaultError('forbidden'));
			await activity.open();
			await activity.lookFurtherBack();
			assert.equal(activity.refusal, undefined);
			assert.deepEqual(told(activity), ['read 1']);
		});
	});

	test('says whenever it learnt something, and one thing is done after the other', async () => {
		addOthers(1000, minute);
		const activity = activityOf();
		const counts: number[] = [];
		activity.onDidLearn(() => counts.push(activity.reads.reaches[0]?.ofEnvironment ?? 0));
		await Promise.all([activity.open(), activity.lookFurtherBack()]);
		assert.deepEqual([...new Set(counts)], [0, 100, 200, 300, 400, 500]);
		assert.equal(vault.count('listActivity'), 6);
	});

	test('in a busy environment is told with five requests a press, whatever they find', async function () {
		this.timeout(60_000);
		const count = 100_000;
		const ours = [30_000, 99_800];
		add('created', 20 * day);
		for (let index = 0; index < count; index++) {
			add('read', hour - (index * hour) / count, { name: ours.includes(index) ? 'token' : 'other' });
		}
		const activity = activityOf();
		activity.createdAt = new Date(now - 20 * day);
		await activity.open();
		assert.equal(vault.count('listActivity'), 1);
		assert.deepEqual(told(activity), []);
		vault.forgetCalls();
		await activity.lookFurtherBack();
		assert.equal(vault.count('listActivity'), 5);
		const [reach] = activity.reads.reaches;
		assert.deepEqual([reach?.ofEnvironment, reach?.end, activity.hasMore], [500, undefined, true]);
		assert.deepEqual(
			activity.own.map(({ kind }) => kind),
			['read', 'created'],
		);
		assert.equal(activity.reads.coverageOf(now - hour, now), 'part');
		vault.forgetCalls();
		await activity.jumpTo(new Date(now - day), new Date(now - hour + (30_010 * hour) / count));
		assert.equal(vault.count('listActivity') <= 5, true);
		assert.equal(activity.own.filter(({ kind }) => kind === 'read').length, 2);
		assert.equal(activity.reads.reaches.length, 2, 'what lies between is not said to be known');
	});
});
