import assert from 'node:assert/strict';
import { type Catalogued, catalogueCalls } from './catalogueCalls';
import { suiteVault } from './running';

interface List {
	data: Catalogued[];
	list_metadata: { before?: string; after?: string };
}

suite("Local Vault: the catalogue's list", () => {
	const vault = suiteVault();
	const { create, update, remove, ask } = catalogueCalls(vault);
	const newestFirst: Catalogued[] = [];
	const list = async (query: string) => {
		const answer = await ask<List>('GET', `/list?${query}`);
		assert.equal(answer.status, 200, JSON.stringify(answer.body));
		return answer.body;
	};
	const names = (rows: readonly Catalogued[]) => rows.map(({ name }) => name);

	suiteSetup(async () => {
		for (let index = 0; index < 12; index++) newestFirst.unshift(await create(`row ${index}`, { index }));
		const gone = await create('gone', {});
		await remove({ id: gone.id });
	});

	test('the default are 10 objects, newest first, each as its creation answered it', async () => {
		const { data, list_metadata } = await list('');
		assert.deepEqual(data, newestFirst.slice(0, 10));
		assert.deepEqual(Object.keys(list_metadata), ['after']);
	});

	test('a list that fits on its page has no cursors', async () => {
		for (const limit of [12, 13, 100]) {
			assert.deepEqual(await list(`limit=${limit}`), { data: newestFirst, list_metadata: {} });
		}
	});

	for (const limit of [1, 3, 5, 11]) {
		test(`forward to the end and back to the start by ${limit} are the same pages`, async () => {
			const forth: string[][] = [];
			const back: string[][] = [];
			let page = await list(`limit=${limit}`);
			let last = page;
			assert.equal(page.list_metadata.before, undefined);
			// The catalogue's own condition for the end: no cursors, or no rows.
			while (Object.keys(page.list_metadata).length > 0 && page.data.length > 0) {
				forth.push(names(page.data));
				last = page;
				page = await list(`limit=${limit}&after=${page.list_metadata.after}`);
				assert.equal('before' in page.list_metadata, page.data.length > 0);
			}
			assert.deepEqual(page, { data: [], list_metadata: {} });
			page = last;
			back.unshift(names(page.data));
			while (page.list_metadata.before !== undefined) {
				page = await list(`limit=${limit}&before=${page.list_metadata.before}`);
				assert.notEqual(page.list_metadata.after, undefined);
				back.unshift(names(page.data));
			}
			assert.deepEqual(forth.flat(), names(newestFirst));
			assert.deepEqual(back, forth);
		});
	}

	test("an object's id is a cursor, and leads to nothing at either end", async () => {
		const [first, second, third] = newestFirst;
		const last = newestFirst.at(-1);
		assert.deepEqual(names((await list(`limit=1&after=${first?.id}`)).data), [second?.name]);
		assert.deepEqual(names((await list(`limit=2&before=${third?.id}`)).data), [first?.name, second?.name]);
		assert.deepEqual(await list(`after=${last?.id}`), { data: [], list_metadata: {} });
		assert.deepEqual(await list(`before=${first?.id}`), { data: [], list_metadata: {} });
	});

	test('an update shows in the list and moves nothing', async () => {
		const [, , third] = newestFirst;
		assert.ok(third);
		const { body } = await update({ id: third.id, data: { changed: true } });
		const { data } = await list('limit=3');
		assert.deepEqual(data[2], { ...third, updated_at: body.updated_at, version: 2 });
	});

	test('a parameter that it does not know is refused, and named', async () => {
		const { status, body } = await ask<{ message: string }>('GET', '/list?organization_id=org_1');
		assert.equal(status, 400);
		assert.equal(body.message, 'This list knows no parameter "organization_id". It knows: limit, before, after.');
	});

	test('so is one that the list of versions does not know', async () => {
		const { status, body } = await ask<{ message: string }>('GET', `/versions?id=${newestFirst[0]?.id}&foo=1`);
		assert.deepEqual([status, body.message], [400, 'This list knows no parameter "foo". It knows: id.']);
	});
});
