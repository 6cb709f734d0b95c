import assert from 'node:assert/strict';
import { sdkOf } from '../client/running';
import { later } from './clock';
import { type EventPage, eventPage, ids, poll, type VaultEvent } from './eventCalls';
import { suiteVault } from './running';

suite('Local Vault: the list of events', () => {
	const vault = suiteVault();
	const { ask } = vault;
	const list = (query: string) => eventPage(ask, query);
	const names = async (query: string) => (await list(query)).data.map(({ event }) => event);
	const organization = (id: string) => ({ organization_id: id });
	let all: VaultEvent[] = [];
	let halfTime = '';

	suiteSetup(async () => {
		await ask('POST', '/organizations', { name: 'One' });
		for (const id of ['org_one', 'org_two']) {
			const draft = { name: id, value: 'v', key_context: organization(id) };
			const { body } = await ask<{ id: string }>('POST', '/vault/v1/kv', draft);
			await ask('GET', `/vault/v1/kv/${body.id}`);
			await ask('GET', `/vault/v1/kv/${body.id}/metadata`);
			await ask('PUT', `/vault/v1/kv/${body.id}`, { value: 'w' });
			await ask('POST', '/vault/v1/keys/data-key', { context: organization(id) });
			await ask('DELETE', `/vault/v1/kv/${body.id}`);
			if (id === 'org_one') {
				// Events are told apart by the millisecond, and the second half has to begin in a later one.
				const last = Date.parse((await list('limit=1')).data[0]?.created_at ?? '');
				while (Date.now() <= last + 1) await ask('GET', '/events');
				halfTime = new Date(last + 1).toISOString();
			}
		}
		all = (await list('order=asc&limit=100')).data;
	});

	test('it is a list of the newest ten unless something else is asked for', async () => {
		const body = await list('');
		assert.equal(body.object, 'list');
		assert.deepEqual(ids(body.data), ids(all.slice(-10).reverse()));
		assert.equal(all.length, 15);
		assert.deepEqual(ids(all), ids(all).toSorted());
	});

	test('names are asked for with commas, by repeating them, and with brackets', async () => {
		const [one, two] = ['vault.data.created', 'vault.dek.read'];
		const expected = [two, one, two, one];
		const spellings = [
			`events=${one},${two}`,
			`events=${one}%2C${two}`,
			`events=${one}&events=${two}`,
			`events[]=${one}&events[]=${two}`,
			`events%5B%5D=${one}&events%5B%5D=${two}`,
			`events=${one},&events=,${two}&events=`,
		];
		for (const spelling of spellings) assert.deepEqual(await names(spelling), expected, spelling);
		const readsToo = 'events=vault.data.created,vault.data.read&order=asc';
		assert.deepEqual(await names(readsToo), [one, 'vault.data.read', one, 'vault.data.read']);
		assert.deepEqual(await names('events=vault.data.undone'), []);
	});

	test('a range is what happened between two moments', async () => {
		const [first, second] = [all.slice(0, 8), all.slice(8)];
		assert.deepEqual(ids((await list(`range_end=${halfTime}&order=asc`)).data), ids(first));
		assert.deepEqual(ids((await list(`range_start=${halfTime}&order=asc`)).data), ids(second));
		const spoken = encodeURIComponent(new Date(Date.now() + 60_000).toString());
		assert.deepEqual((await list(`range_start=${spoken}`)).data, []);
		assert.deepEqual(
			ids((await list(`range_start=2020-01-01&range_end=${spoken}&limit=100&order=asc`)).data),
			ids(all),
		);
	});

	test('what happened at the bound of a range is not in it', async () => {
		for (const { created_at: at } of all) {
			const { data: later } = await list(`range_start=${at}&order=asc&limit=100`);
			const { data: earlier } = await list(`range_end=${at}&order=asc&limit=100`);
			const told = [ids(later), ids(earlier)];
			const expected = [all.filter((event) => event.created_at > at), all.filter((event) => event.created_at < at)];
			assert.deepEqual(told, expected.map(ids));
		}
	});

	test("an organization's events are those of its key context", async () => {
		const { data } = await list('organization_id=org_one&limit=100&order=asc');
		assert.deepEqual(
			data.map(({ event }) => event),
			[
				'vault.data.created',
				'vault.data.read',
				'vault.metadata.read',
				'vault.data.updated',
				'vault.dek.read',
				'vault.data.deleted',
			],
		);
		assert.deepEqual((await list('organization_id=org_none')).data, []);
		const filtered = `organization_id=org_two&events=vault.data.read&range_start=${halfTime}`;
		assert.deepEqual(await names(filtered), ['vault.data.read']);
	});

	test('what can not be used is refused with message and code', async () => {
		const wrong: [string, number, string][] = [
			['limit=0', 422, 'The limit must be a whole number of at least 1.'],
			['limit=x', 422, 'The limit must be a whole number of at least 1.'],
			['limit=101', 422, 'The limit must be at most 100.'],
			['order=up', 422, 'The order must be asc, desc or normal.'],
			['before=a&after=b', 422, 'Only one of before and after can be given.'],
			['after=event_none', 400, 'The cursor in before or after does not belong to this list.'],
			['before=%00', 400, 'The cursor in before or after does not belong to this list.'],
			['range_start=soon', 400, "The date in range_start can't be read. Use ISO 8601."],
			['range_end=soon', 400, "The date in range_end can't be read. Use ISO 8601."],
		];
		for (const [query, status, message] of wrong) {
			const answer = await ask('GET', `/events?${query}`);
			const code = status === 422 ? 'unprocessable_entity' : 'bad_request';
			assert.deepEqual([answer.status, answer.body], [status, { message, code }], query);
		}
		// A cursor of another list is none of this one.
		const { body } = await ask<EventPage>('GET', '/organizations');
		assert.equal((await ask('GET', `/events?after=${body.list_metadata.before}`)).status, 400);
		const [id = ''] = ids(all);
		// In its time, and in its number.
		for (const at of ['event_0'.length, id.length - 4]) {
			const changed = id.slice(0, at) + (id[at] === '0' ? '1' : '0') + id.slice(at + 1);
			const { status } = await ask('GET', `/events?after=${changed}`);
			assert.equal(status, 400, changed);
		}
	});

	for (const order of ['asc', 'desc', 'normal'] as const) {
		test(`with order ${order} the cursors lead to the end and back, without a gap or a double`, async () => {
			const expected = ids(order === 'asc' ? all : all.toReversed());
			// "normal" has the newest first, and the meaning of the two cursors swapped.
			const [on, back] = order === 'normal' ? (['before', 'after'] as const) : (['after', 'before'] as const);
			const pages: EventPage[] = [];
			for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.list_metadata[on] ?? null) {
				pages.push(await list(`order=${order}&limit=4&${on}=${cursor}`));
			}
			assert.deepEqual(
				pages.map(({ data }) => data.length),
				[4, 4, 4, 3],
			);
			assert.deepEqual(
				pages.flatMap(({ data }) => ids(data)),
				expected,
			);
			const returned: string[] = [];
			for (let last = pages.at(-1); last?.list_metadata[back];) {
				returned.unshift(...ids(last.data));
				last = await list(`order=${order}&limit=4&${back}=${last.list_metadata[back]}`);
			}
			assert.deepEqual(returned, expected);
		});
	}

	test('an id of an event is a cursor too', async () => {
		const [third, fourth] = [all[2]?.id, all[3]?.id];
		assert.equal((await list(`order=asc&limit=1&after=${third}`)).data[0]?.id, fourth);
		assert.equal((await list(`order=asc&limit=1&before=${fourth}`)).data[0]?.id, third);
		assert.equal((await list(`order=desc&limit=1&after=${fourth}`)).data[0]?.id, third);
		const latest = await list(`order=asc&after=${all.at(-1)?.id}`);
		assert.deepEqual(latest, { object: 'list', data: [], list_metadata: { before: null, after: null } });
	});

	test('events that come in while somebody pages are neither missed nor seen twice', async () => {
		const add = () => ask('GET', '/vault/v1/kv');
		const older: VaultEvent[] = [];
		for (let after: string | null = ''; after !== null;) {
			const { data, list_metadata: next }: EventPage = await list(`limit=4&after=${after}`);
			older.push(...data);
			after = next.after;
			await add();
		}
		assert.deepEqual(ids(older), ids(all.toReversed()));
		const seen: VaultEvent[] = [];
		await poll(ask, seen);
		await Promise.all([add(), add(), poll(ask, seen)]);
		await poll(ask, seen);
		assert.deepEqual(ids(seen), ids((await list('order=asc&limit=100')).data));
		assert.equal(seen.length, all.length + 6);
	});

	test('ids and times go up with what happens, even when the clock is set back', async () => {
		await later(-3_600_000, () => ask('GET', '/vault/v1/kv'));
		await ask('GET', '/vault/v1/kv');
		const { data } = await list('order=asc&limit=100');
		assert.deepEqual(ids(data), ids(data).toSorted());
		const times = data.map(({ created_at: time }) => time);
		assert.deepEqual(times, times.toSorted());
	});

	test("WorkOS' own SDK reads every event", async () => {
		const workos = sdkOf(vault);
		const bound = await ask<{ id: string }>('POST', '/_local/customer-keys', { key_context: organization('org_sdk') });
		const { events } = workos;
		const one = await events.listEvents({ events: ['vault.data.created'], order: 'asc', limit: 1 });
		const [created] = one.data;
		assert.equal(created?.event, 'vault.data.created');
		assert.equal(created.data.kvName, 'org_one');
		assert.deepEqual(created.data.keyContext, organization('org_one'));
		const rest = await events.listEvents({
			events: ['vault.data.created', 'vault.byok_key.verification_completed'],
			order: 'asc',
			after: one.listMetadata.after ?? '',
			rangeStart: '2020-01-01T00:00:00Z',
			rangeEnd: new Date(Date.now() + 60_000).toISOString(),
		});
		assert.deepEqual(
			rest.data.map(({ event }) => event),
			['vault.data.created', 'vault.byok_key.verification_completed'],
		);
		const ofOne = await events.listEvents({
			events: ['vault.byok_key.verification_completed'],
			organizationId: 'org_sdk',
		});
		const [verified] = ofOne.data;
		assert.equal(verified?.event, 'vault.byok_key.verification_completed');
		assert.deepEqual(verified.data, { organizationId: 'org_sdk', keyProvider: 'AWS_KMS', verified: true });
		await ask('DELETE', `/_local/customer-keys/${bound.body.id}`);
	});
});
