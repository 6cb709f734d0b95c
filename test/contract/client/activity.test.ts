import assert from 'node:assert/strict';
import type { ActivityEvent } from '../../../src/vault/activity/activityEvent';
import { activityDays } from '../../../src/vault/activity/dayCounts';
import { dayOf } from '../../../src/vault/activity/days';
import { KnownActivity } from '../../../src/vault/activity/knownActivity';
import type { ObjectActivity } from '../../../src/vault/activity/objectActivity';
import { ownReadEvents } from '../../../src/vault/activity/ownReads';
import type { KnownObject } from '../../../src/vault/model';
import { unseenPages } from '../../../src/vault/pages';
import { clientOf, failureOf, send, suiteFakes, suiteVault } from './running';

const keyContext = { organization_id: 'org_activity' };

suite('What was done with objects, as the client is told by Local Vault', () => {
	const running = suiteVault();
	const kinds = ['created', 'updated', 'deleted', 'read'] as const;
	const told = (events: readonly ActivityEvent[]) => events.map(({ kind, name }) => `${kind} ${name}`);
	const list = async (request: object = {}) =>
		(await running.vault.listActivity({ kinds, limit: 100, ...request })).items;

	suiteSetup(async () => {
		const create = (name: string, context: Record<string, string>) =>
			running.vault.createObject({ name, value: 'value', keyContext: context });
		const { id } = await create('token', keyContext);
		await running.vault.readObject(id);
		await running.vault.updateObject({ id, value: 'newer', versionCheck: undefined });
		await running.vault.describeObject(id);
		const other = await create('other', { team: 'blue' });
		await running.vault.readObject(other.id);
		await running.vault.deleteObject(id, undefined);
	});

	test('is every read and every change, the newest first, and nothing else', async () => {
		assert.deepEqual(told(await list()), [
			'deleted token',
			'read other',
			'created other',
			'updated token',
			'read token',
			'created token',
		]);
	});

	test('is asked for reads and for changes separately', async () => {
		assert.deepEqual(told(await list({ kinds: ['read'] })), ['read other', 'read token']);
		assert.deepEqual(told(await list({ kinds: ['updated', 'deleted'] })), ['deleted token', 'updated token']);
	});

	test('says who did it, and through what', async () => {
		const [{ by } = {}] = await list();
		assert.equal(by?.name, 'Local Vault key');
		assert.equal(by.source, 'api');
	});

	test('is that of a stretch of time, without what was done at its bounds', async () => {
		const all = await list();
		for (const { at } of all) {
			assert.deepEqual(
				await list({ since: at }),
				all.filter((event) => event.at > at),
			);
			assert.deepEqual(
				await list({ until: at }),
				all.filter((event) => event.at < at),
			);
		}
	});

	test('is that of an organization, where the vault knows whose an object is', async () => {
		const { organization_id: organizationId } = keyContext;
		assert.deepEqual(told(await list({ organizationId })), [
			'deleted token',
			'updated token',
			'read token',
			'created token',
		]);
		assert.deepEqual(await list({ organizationId: 'org_none' }), []);
	});

	test('comes in pages without a gap or a double, within bounds too', async () => {
		const all = await list();
		const until = all[0]?.at;
		const found: ActivityEvent[] = [];
		const pages = unseenPages((after) => running.vault.listActivity({ kinds, limit: 2, after, until }));
		for await (const { items } of pages) found.push(...items);
		assert.deepEqual(
			found,
			all.filter((event) => until && event.at < until),
		);
	});

	test('costs one request, and is not told as a reading itself', async () => {
		const before = await list();
		running.records.length = 0;
		await list();
		assert.deepEqual(
			running.records.map(({ method, path }) => `${method} ${path}`),
			['GET /events'],
		);
		assert.deepEqual(await list(), before);
	});
});

suite('What was done with objects, as a server tells it', () => {
	const serve = suiteFakes();
	const row = (more: object, data: object = { kv_name: 'token' }) => ({
		...{ object: 'event', id: 'event_1', event: 'vault.data.read', created_at: '2026-11-12T10:00:00.000Z' },
		data,
		...more,
	});
	const answered = async (...rows: object[]) => {
		const body = { object: 'list', data: rows, list_metadata: { before: null, after: null } };
		const { url } = await serve((response) => send(response, 200, body));
		return (await clientOf(url).vault.listActivity({ kinds: ['read'] })).items;
	};

	test('tells the dashboard from the API, and takes neither for the other where it is left out', async () => {
		const actor = { kv_name: 'token', actor_name: 'Ann' };
		const sources = await answered(
			row({ id: '1' }, { ...actor, actor_source: 'dashboard' }),
			row({ id: '2' }, { ...actor, actor_source: 'api' }),
			row({ id: '3' }, { ...actor, actor_source: 'carrier pigeon' }),
			row({ id: '4' }, { kv_name: 'token' }),
		);
		assert.deepEqual(
			sources.map(({ by }) => by),
			[
				{ name: 'Ann', source: 'dashboard' },
				{ name: 'Ann', source: 'api' },
				{ name: 'Ann', source: undefined },
				{ name: '', source: undefined },
			],
		);
	});

	test('leaves out an event without an id, a name or a time that can have been, and one of another kind', async () => {
		const items = await answered(
			row({ id: 7 }),
			row({ created_at: 'soon' }),
			row({ created_at: '0001-01-01T00:00:00Z' }),
			row({ created_at: '+010000-01-01T00:00:00Z' }),
			row({}, { kv_name: null }),
			row({ data: null }),
			row({ event: 'vault.metadata.read' }),
			row({ id: 'event_2' }),
		);
		assert.deepEqual(
			items.map(({ id }) => id),
			['event_2'],
		);
	});

	test('a refusal is one', async () => {
		for (const [status, code] of [
			[403, 'forbidden'],
			[404, 'notFound'],
		] as const) {
			const { url } = await serve((response) => send(response, status, { message: 'No', code: 'no' }));
			await failureOf(clientOf(url).vault.listActivity({ kinds: ['read'] }), code);
		}
	});
});

suite('The activity of an object of the demo, over the client', () => {
	const running = suiteVault({ seed: 'demo' });
	let known: KnownActivity;
	let object: KnownObject;
	let activity: ObjectActivity;
	const requests = () => running.records.filter(({ path }) => path === '/events').length;
	const reads = () => activity.own.filter(({ kind }) => kind === 'read');

	suiteSetup(async () => {
		const { items } = await running.vault.listObjects({ search: 'stripe-webhook-secret' });
		object = await running.vault.describeObject(items[0]?.id ?? '');
		known = new KnownActivity(running.vault);
		activity = known.of(object);
	});

	test('is there with one request when its page opens', async () => {
		running.records.length = 0;
		await activity.open();
		assert.equal(requests(), 1);
		assert.ok(reads().length > 0 && reads().length < 40);
		const versions = await running.vault.listVersions(object.id);
		activity.createdAt = versions.at(-1)?.createdAt ?? new Date();
	});

	test('is all there after one press: its organization’s events tell the rest', async () => {
		running.records.length = 0;
		await activity.lookFurtherBack();
		assert.ok(requests() <= 5, String(requests()));
		assert.equal(reads().length, 40);
		assert.equal(activity.own.length, 52);
		assert.equal(activity.hasMore, false);
		assert.deepEqual(
			[activity.reads, activity.changes].flatMap(({ reaches }) => reaches.map(({ end }) => end)),
			['creation', 'creation'],
		);
	});

	test('is on days all of which are known', () => {
		const now = Date.now();
		const days = activityDays(activity, {
			timeZone: 'Europe/Berlin',
			last: dayOf(now, 'Europe/Berlin'),
			count: 30,
			now,
		});
		assert.equal(days.length, 30);
		assert.ok(days.every(({ reads: { coverage }, changes }) => coverage === 'whole' && changes.coverage === 'whole'));
		assert.equal(
			days.reduce((sum, { reads: { count } }) => sum + count, 0),
			40,
		);
	});

	test('has our own read marked by its time, once it is asked for anew', async () => {
		await known.noteRead(object.id, () => running.vault.readObject(object.id));
		await activity.renew();
		const own = ownReadEvents(activity.own, known.ownReadsOf(object.id));
		assert.deepEqual([...own], [reads()[0]?.id]);
	});

	test('is a refusal, and no failure, where events are refused', async () => {
		await fetch(`${running.url}/_local/faults`, {
			method: 'POST',
			headers: { authorization: `Bearer ${running.apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify({ route: 'GET /events', status: 403, times: 1 }),
		});
		const refused = new KnownActivity(running.vault).of(object);
		await refused.open();
		assert.equal(refused.refusal, 'forbidden');
	});
});
