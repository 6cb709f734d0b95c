import assert from 'node:assert/strict';
import type { Page } from '../../../src/vault/model';
import { unseenPages } from '../../../src/vault/pages';

/** All pages of a list whose answers are given by the cursor that asks for them. */
async function walk(answers: Record<string, Page<{ id: string }>>) {
	const asked: string[] = [];
	const pages: string[][] = [];
	const fetched = unseenPages((after) => {
		const cursor = after ?? 'start';
		asked.push(cursor);
		assert.ok(asked.length < 10, 'the pages never end');
		const answer = answers[cursor];
		assert.ok(answer);
		return Promise.resolve(answer);
	});
	for await (const { items } of fetched) pages.push(items.map(({ id }) => id));
	return { asked, pages };
}

const page = (ids: string, next?: string): Page<{ id: string }> => ({ items: [...ids].map((id) => ({ id })), next });

suite('Pages', () => {
	test('a list that fits one page is asked for once', async () => {
		assert.deepEqual(await walk({ start: page('ab') }), { asked: ['start'], pages: [['a', 'b']] });
	});

	test('an empty list is one empty page', async () => {
		assert.deepEqual(await walk({ start: page('') }), { asked: ['start'], pages: [[]] });
	});

	test('a cursor that is the last row’s id leads to the end', async () => {
		const { pages } = await walk({ start: page('ab', 'b'), b: page('cd', 'd'), d: page('e') });
		assert.deepEqual(pages, [['a', 'b'], ['c', 'd'], ['e']]);
	});

	test('an opaque cursor leads to the end', async () => {
		const { pages } = await walk({ start: page('ab', 'x1='), 'x1=': page('c') });
		assert.deepEqual(pages, [['a', 'b'], ['c']]);
	});

	test('a last page that still has a cursor ends with the empty page after it', async () => {
		const { asked, pages } = await walk({ start: page('ab', 'b'), b: page('', 'b') });
		assert.deepEqual(asked, ['start', 'b']);
		assert.deepEqual(pages, [['a', 'b'], []]);
	});

	test('cursors that run in a circle end where nothing new comes', async () => {
		const { asked, pages } = await walk({ start: page('ab', 'b'), b: page('cd', 'start') });
		assert.deepEqual(asked, ['start', 'b', 'start']);
		assert.deepEqual(pages, [['a', 'b'], ['c', 'd'], []]);
	});

	test('a vault that ignores the cursor gives its rows once', async () => {
		const { asked, pages } = await walk({ start: page('ab', 'b'), b: page('ab', 'b') });
		assert.deepEqual(asked, ['start', 'b']);
		assert.deepEqual(pages, [['a', 'b'], []]);
	});

	test('a row that moved between two pages comes once', async () => {
		const { pages } = await walk({ start: page('ab', 'b'), b: page('bc') });
		assert.deepEqual(pages, [['a', 'b'], ['c']]);
	});

	test('a failed page is the caller’s to handle', async () => {
		const pages = unseenPages(() => Promise.reject(new Error('no page')));
		await assert.rejects(pages.next(), /no page/);
	});
});
