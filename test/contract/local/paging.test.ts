import assert from 'node:assert/strict';
import { suiteVault } from './running';

interface List {
	data: { id: string; name: string; updated_at: string }[];
	list_metadata: { before: string | null; after: string | null };
}

const lists = {
	'/vault/v1/kv': (name: string) => ({ name, value: 'x', key_context: {} }),
	'/organizations': (name: string) => ({ name }),
};

for (const [route, body] of Object.entries(lists)) {
	suite(`Local Vault: pages of ${route}`, () => {
		const vault = suiteVault();
		const oldestFirst: string[] = [];
		const ids = new Map<string, string>();

		suiteSetup(async () => {
			for (let index = 0; index < 23; index++) {
				const name = `Row ${String(index).padStart(2, '0')}${index % 2 ? ' odd' : ''}`;
				const { body: created } = await vault.ask<{ id: string }>('POST', route, body(name));
				oldestFirst.push(name);
				ids.set(name, created.id);
			}
		});

		const list = async (query: string) => {
			const answer = await vault.ask<List>('GET', `${route}?${query}`);
			assert.equal(answer.status, 200, JSON.stringify(answer.body));
			return answer.body;
		};
		const names = (page: List) => page.data.map(({ name }) => name);
		const ordered = (order: string) => (order === 'asc' ? oldestFirst : oldestFirst.toReversed());

		for (const order of ['asc', 'desc']) {
			for (const limit of [1, 5, 22, 23, 24, 100]) {
				const start = `order=${order}&limit=${limit}`;

				test(`whoever follows "after" sees every row once, ${order} by ${limit}`, async () => {
					const seen: string[] = [];
					for (let after: string | null = ''; after !== null;) {
						const page = await list(`${start}&after=${after}`);
						seen.push(...names(page));
						after = page.list_metadata.after;
					}
					assert.deepEqual(seen, ordered(order));
				});

				test(`whoever sends "before" as after sees every row once, ${order} by ${limit}`, async () => {
					const seen: string[] = [];
					for (let before: string | null = ''; before !== null;) {
						const page = await list(`${start}&after=${before}`);
						seen.push(...names(page));
						before = page.list_metadata.before;
						if (page.data.length === 0) assert.deepEqual(page.list_metadata, { before: null, after: null });
					}
					assert.deepEqual(seen, ordered(order));
				});

				test(`whoever goes back from the end sees every row once, ${order} by ${limit}`, async () => {
					const seen: string[] = [];
					const [last = ''] = ordered(order).slice(-1);
					for (let before: string | null = ids.get(last) ?? ''; before !== null;) {
						const page = await list(`${start}&before=${before}`);
						seen.unshift(...names(page));
						before = page.list_metadata.before;
					}
					assert.deepEqual(seen, ordered(order).slice(0, -1));
				});
			}
		}

		test('forth and back again are the same rows', async () => {
			const first = await list('limit=5');
			const second = await list(`limit=5&after=${first.list_metadata.after}`);
			const third = await list(`limit=5&after=${second.list_metadata.after}`);
			assert.deepEqual(names(await list(`limit=5&before=${third.list_metadata.before}`)), names(second));
			const back = await list(`limit=5&before=${second.list_metadata.before}`);
			assert.deepEqual(names(back), names(first));
			assert.deepEqual(names(await list(`limit=5&after=${back.list_metadata.after}`)), names(second));
		});

		test('a bare id goes on after its row, or back before it', async () => {
			const id = ids.get('Row 10');
			assert.deepEqual(names(await list(`limit=2&after=${id}`)), ['Row 09 odd', 'Row 08']);
			assert.deepEqual(names(await list(`limit=2&before=${id}`)), ['Row 12', 'Row 11 odd']);
		});

		test('10 rows, newest first, are the default', async () => {
			assert.deepEqual(names(await list('')), ordered('desc').slice(0, 10));
		});

		test('a search finds parts of names in any case, over pages', async () => {
			const first = await list('search=ODD&limit=6');
			const second = await list(`search=ODD&limit=6&after=${first.list_metadata.after}`);
			const expected = ordered('desc').filter((name) => name.endsWith('odd'));
			assert.deepEqual([...names(first), ...names(second)], expected);
			assert.equal(second.list_metadata.after, null);
			assert.deepEqual(names(await list('search=%25')), []);
		});

		test('a cursor of nowhere, both cursors at once and a strange limit or order are refused', async () => {
			const id = ids.get('Row 10');
			const wrong = ['after=nonsense', `after=${id}&before=${id}`, 'limit=0', 'limit=-1', 'limit=x', 'limit=1.5'];
			for (const query of [...wrong, 'order=up', `after=${Buffer.from('x:1:2').toString('base64url')}`]) {
				const { status, body: refused } = await vault.ask('GET', `${route}?${query}`);
				assert.ok(status === 400 || status === 422, `${query} ${status}`);
				assert.match(String(refused.error ?? refused.message), /\.$/);
			}
		});
	});
}

const notDates = [
	...['tomorrow', 'foo 12', '12', '2026', '2026-1-1', '2026-02-31', '2026-02-31T00:00:00Z', '2025-02-29', '01/02/2026'],
	...['2026-01-01T25:00Z', '2026-01-01T00:00:00+99:00', 'Mon Jan 01 2024', 'Mon Feb 31 2024 00:00:00 GMT+0000'],
];

suite('Local Vault: lists of objects', () => {
	const vault = suiteVault();
	const create = async (name: string) => {
		const body = { name, value: 'x', key_context: {} };
		return (await vault.ask<{ id: string; updated_at: string }>('POST', '/vault/v1/kv', body)).body;
	};
	const names = async (query: string) => {
		const { body } = await vault.ask<List>('GET', `/vault/v1/kv?${query}`);
		return body.data.map(({ name }) => name);
	};

	test('a row has id, name and updated_at; deleted objects are not listed', async () => {
		const { id: gone } = await create('gone');
		const { id, updated_at } = await create('stays');
		await vault.ask('DELETE', `/vault/v1/kv/${gone}`);
		const { body } = await vault.ask<List>('GET', '/vault/v1/kv');
		assert.deepEqual(body.data, [{ id, name: 'stays', updated_at }]);
		assert.deepEqual(Object.keys(body), ['data', 'list_metadata']);
	});

	test('an object that is updated between two pages is neither missed nor seen twice', async () => {
		for (const name of ['p1', 'p2', 'p3', 'p4']) await create(name);
		const { body: first } = await vault.ask<List>('GET', '/vault/v1/kv?search=p&limit=2');
		const { body: later } = await vault.ask<List>('GET', '/vault/v1/kv?search=p2');
		await vault.ask('PUT', `/vault/v1/kv/${later.data[0]?.id}`, { value: 'y' });
		const rest = await names(`search=p&limit=2&after=${first.list_metadata.after}`);
		assert.deepEqual([...first.data.map(({ name }) => name), ...rest], ['p4', 'p3', 'p2', 'p1']);
	});

	test('updatedAfter and updated_after take ISO dates and what Date.toString() says', async () => {
		const { updated_at } = await create('latest');
		const past = new Date(Date.parse(updated_at) - 3_600_000);
		const future = new Date(Date.parse(updated_at) + 3_600_000);
		for (const parameter of ['updatedAfter', 'updated_after']) {
			for (const text of [past.toISOString(), past.toString()]) {
				assert.ok((await names(`${parameter}=${encodeURIComponent(text)}`)).includes('latest'), text);
			}
			assert.deepEqual(await names(`${parameter}=${encodeURIComponent(future.toString())}`), []);
			assert.deepEqual(await names(`search=latest&${parameter}=${updated_at}`), []);
			for (const wrong of notDates) {
				const { status, body } = await vault.ask('GET', `/vault/v1/kv?${parameter}=${encodeURIComponent(wrong)}`);
				assert.deepEqual(
					[status, body],
					[400, { error: `The date in ${parameter} can't be read. Use ISO 8601.` }],
					wrong,
				);
			}
		}
	});

	test('a date is read in every form of ISO 8601 that an SDK writes', async () => {
		await create('dated');
		for (const date of ['2020-02-29', '2020-01-01T00:00Z', '2020-01-01T00:00:00.123456789Z', '2020-01-01T00:00:00']) {
			assert.ok((await names(`updatedAfter=${date}&search=dated`)).includes('dated'), date);
		}
		for (const offset of ['+05:30', '-0800']) {
			const date = encodeURIComponent(`2020-01-01T00:00:00${offset}`);
			assert.ok((await names(`updatedAfter=${date}&search=dated`)).includes('dated'), date);
		}
	});

	test('a parameter that takes one value and is given twice is refused', async () => {
		for (const [query, name] of [
			['limit=1&limit=abc', 'limit'],
			['limit=1&limit=1', 'limit'],
			['search=a&updated_after=2026-01-01&search=', 'search'],
		]) {
			const { status, body } = await vault.ask('GET', `/vault/v1/kv?${query}`);
			assert.deepEqual([status, body], [400, { error: `The parameter "${name}" is given more than once.` }]);
		}
		for (const query of ['/organizations?limit=1&limit=2', '/events?range_end=2026-01-01&range_end=2026-01-02']) {
			const { status, body } = await vault.ask('GET', query);
			assert.deepEqual([status, body.code], [422, 'unprocessable_entity']);
		}
		const { status, body } = await vault.ask('GET', '/vault/object/list?limit=1&limit=2');
		assert.deepEqual([status, body.code], [400, 'invalid_request']);
	});

	test('a parameter that takes a list may be given twice', async () => {
		for (const query of [
			'/organizations?domains=a.example&domains=b.example',
			'/organizations?domains[]=a.example&domains[]=b.example',
			'/events?events=vault.data.read&events=vault.data.created',
			'/events?events[]=vault.data.read&events[]=vault.data.created',
		]) {
			assert.equal((await vault.ask('GET', query)).status, 200, query);
		}
	});

	test('a limit over 100 counts as 100', async () => {
		await Promise.all(Array.from({ length: 101 }, (_, index) => create(`many ${index}`)));
		assert.equal((await names('search=many&limit=1000')).length, 100);
	});
});
