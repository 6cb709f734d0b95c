import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import { keptFrom } from '../../../../src/vault/catalog/snapshot';
import type { KeyContext } from '../../../../src/vault/model';
import { type Outline } from '../../../../src/vault/outline/outline';
import type { Level } from '../../../../src/vault/outline/arrangement';
import type { FakeVault } from '../../../support/fakeVault';
import { acmeRow, makeOutline } from '../../../support/outlines';
import { countedPicture, drawn } from '../../../support/picture';

const byOrganization: Level = { by: 'organization' };
const by = (name: string): Level => ({ by: 'pair', name });

suite('Grouping', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	let outline: Outline;

	/** A vault as applications have them. */
	setup(async () => {
		({ vault, catalog, outline } = makeOutline());
		vault.addOrganizations('Acme', 'Globex', 'Hooli');
		const add = (name: string, context: KeyContext) => vault.add(name, context);
		add('anthropic/oauth/org_acme/300', { organization_id: 'org_acme', provider: 'anthropic' });
		add('anthropic/oauth/org_acme/301', { organization_id: 'org_acme', provider: 'anthropic' });
		add('openai/key', { organization_id: 'org_acme', provider: 'openai' });
		add('openai/key/old', { organizationId: 'org_acme', provider: 'openai' });
		add('byok-gateway-user_1-slack', { organization_id: 'org_globex', userId: 'user_1' });
		add('shared', { userId: 'user_1', provider: 'openai' });
		add('app//double', { userId: 'user_2' });
		add('/leading', { userId: '' });
		await outline.children();
		await catalog.scan();
		vault.forgetCalls();
	});

	const arranged = (levels: readonly Level[], isTree = false) => {
		outline.arrange({ levels, isTree });
		return countedPicture(outline);
	};

	test('by organization: those with objects first, then those without', async () => {
		assert.equal(
			await arranged([byOrganization]),
			drawn(`
			Acme (4)
				anthropic/oauth/org_acme/300
				anthropic/oauth/org_acme/301
				openai/key
				openai/key/old
			Globex (1)
				byok-gateway-user_1-slack
			No organization (3)
				/leading
				app//double
				shared
			1 without objects
				Hooli (0)
					No objects
			`),
		);
	});

	test('by a name of key contexts: its values, an empty one too, and last the objects without it', async () => {
		assert.equal(
			await arranged([by('userId')]),
			drawn(`
			 (1)
				/leading
			user_1 (2)
				byok-gateway-user_1-slack
				shared
			user_2 (1)
				app//double
			No userId (4)
				anthropic/oauth/org_acme/300
				anthropic/oauth/org_acme/301
				openai/key
				openai/key/old
			`),
		);
	});

	test('by several, in the order in which they were picked', async () => {
		assert.equal(
			await arranged([by('provider'), byOrganization]),
			drawn(`
			anthropic (2)
				Acme (2)
					anthropic/oauth/org_acme/300
					anthropic/oauth/org_acme/301
			openai (3)
				Acme (2)
					openai/key
					openai/key/old
				No organization (1)
					shared
			No provider (3)
				Globex (1)
					byok-gateway-user_1-slack
				No organization (2)
					/leading
					app//double
			`),
		);
	});

	test('by nothing, as a tree: a chain of folders is one row, an object alone in one has its whole name', async () => {
		assert.equal(
			await arranged([], true),
			drawn(`
			anthropic/oauth/org_acme/ (2)
				300
				301
			openai/ (2)
				key
				key/old
			/leading
			app//double
			byok-gateway-user_1-slack
			shared
			`),
		);
	});

	test('a name that is an object and a folder has two rows', async () => {
		catalog.put(vault.add('openai/key/new', { provider: 'openai' }));
		assert.match(await arranged([], true), /openai\/ \(3\)\n {2}key\/ \(2\)\n {4}new\n {4}old\n {2}key\n/);
	});

	test('names are split at colons, too, where at least half of them have one', async () => {
		const { vault, catalog, outline } = makeOutline();
		for (const name of ['proxy:user_1', 'proxy:user_2', 'plain']) catalog.put(vault.add(name));
		await catalog.scan();
		outline.arrange({ levels: [] });
		assert.equal(await countedPicture(outline), 'proxy/ (2)\n  user_1\n  user_2\nplain');
	});

	test('no name is split at a colon where one is a URL, or where few have one', async () => {
		for (const others of [['https://a.example/x'], ['one', 'two', 'three']]) {
			const { vault, catalog, outline } = makeOutline();
			for (const name of ['proxy:user_1', 'proxy:user_2', ...others]) catalog.put(vault.add(name));
			await catalog.scan();
			outline.arrange({ levels: [] });
			assert.match(await countedPicture(outline), /proxy:user_1\nproxy:user_2/);
		}
	});

	test('no arrangement, filter or order costs a request', async () => {
		for (const levels of [[byOrganization], [by('userId')], [by('provider'), byOrganization], []]) {
			for (const isTree of [true, false]) await arranged(levels, isTree);
		}
		outline.arrange({ sortBy: 'change' });
		await countedPicture(outline);
		await outline.filter(acmeRow, 'openai');
		outline.arrange({ levels: [by('provider')] });
		await outline.filter('', 'openai');
		outline.contextNames();
		await countedPicture(outline);
		assert.deepEqual(vault.calls, []);
	});

	test('by last change: what changed last comes first, groups by what is in them', async () => {
		const object = catalog.findByName('app//double');
		assert.ok(object);
		vault.publish(object.id, 'newer');
		await outline.refreshObject(object.id);
		outline.arrange({ sortBy: 'change' });
		assert.match(await arranged([by('userId')]), /^user_2 \(1\)\n {2}app\/\/double\n \(1\)/);
		assert.match(await arranged([]), /^app\/\/double\n\/leading\nshared\n/);
	});

	test('the names that objects can be grouped by come with their counts, the most used first, without spellings of the organization', () => {
		assert.deepEqual(outline.contextNames(), [
			{ name: 'provider', count: 5 },
			{ name: 'userId', count: 4 },
		]);
	});

	suite('a filter', () => {
		test('on a row keeps what has its text in the name, and stays over other groupings', async () => {
			await outline.filter(acmeRow, 'OpenAI');
			const filtered = /^Acme \(\d\)\n {2}Only “OpenAI”\n {2}openai\/key\n {2}openai\/key\/old\nGlobex/;
			assert.match(await arranged([byOrganization]), filtered);
			assert.doesNotMatch(await arranged([by('userId')]), /Only/);
			assert.match(await arranged([byOrganization]), filtered);
		});

		test('at the top keeps the groups with its text, organizations by their names', async () => {
			outline.arrange({ levels: [byOrganization], isTree: false });
			await outline.filter('', 'glob');
			assert.match(await countedPicture(outline), /^Only “glob”\nGlobex \(1\)\n {2}byok[^\n]*$/);
			assert.deepEqual(vault.calls, [], 'all organizations are there');
			await outline.filter('', 'hool');
			assert.equal(await countedPicture(outline), 'Only “hool”\n1 without objects\n  Hooli (0)\n    No objects');
			outline.arrange({ levels: [by('userId')] });
			await outline.filter('', 'user_2');
			assert.equal(await countedPicture(outline), 'Only “user_2”\nuser_2 (1)\n  app//double');
		});

		test('at the top keeps other groups for the objects with its text, and shows and counts only these', async () => {
			outline.arrange({ levels: [byOrganization], isTree: false });
			await outline.filter('', 'OpenAI');
			assert.equal(
				await countedPicture(outline),
				drawn(`
				Only “OpenAI”
				Acme (2)
					openai/key
					openai/key/old
				`),
			);
			outline.arrange({ levels: [by('provider'), byOrganization] });
			await outline.filter('', 'l');
			assert.equal(
				await countedPicture(outline),
				drawn(`
				Only “l”
				openai (1)
					Acme (1)
						openai/key/old
				No provider (3)
					Globex (1)
						byok-gateway-user_1-slack
					No organization (2)
						/leading
						app//double
				`),
			);
		});

		test('on a group’s row keeps the groups in it, by their labels and their objects', async () => {
			outline.arrange({ levels: [by('provider'), byOrganization], isTree: false });
			const openai = (await outline.children()).find((row) => row.kind === 'group' && row.value === 'openai');
			assert.ok(openai?.kind === 'group' && !openai.isFiltered);
			await outline.filter(openai.key, 'old');
			const filtered = (await outline.children()).find(({ key }) => key === openai.key);
			assert.ok(filtered?.kind === 'group' && filtered.isFiltered);
			assert.equal(await countedPicture(outline, filtered), 'Only “old”\nAcme (1)\n  openai/key/old');
		});

		test('that lets nothing through says so, at the top and on a row', async () => {
			for (const levels of [[byOrganization], [by('provider')], []]) {
				outline.arrange({ levels });
				await outline.filter('', 'stripe');
				assert.equal(await countedPicture(outline), 'Only “stripe”\nNothing has “stripe”');
			}
			await outline.filter('', '');
			await outline.filter(acmeRow, 'stripe');
			assert.match(
				await arranged([byOrganization]),
				/^Acme \(4\)\n {2}Only “stripe”\n {2}Nothing has “stripe”\nGlobex/,
			);
		});

		test('at the top finds what is known before all is indexed, and begins to index', async () => {
			const { vault, catalog, outline } = makeOutline();
			vault.addOrganizations('Acme', 'Globex');
			vault.add('stripe', { organization_id: 'org_acme' });
			vault.add('stripe too', { team: 'a' });
			vault.add('other', { organization_id: 'org_globex' });
			await outline.children();
			await outline.filter('', 'stripe');
			await catalog.scan();
			assert.equal(
				await countedPicture(outline),
				drawn(`
				Only “stripe”
				Acme (1)
					stripe
				No organization (1)
					stripe too
				`),
			);
		});

		test('is not lifted where the object itself has its text', async () => {
			outline.arrange({ levels: [byOrganization], isTree: false });
			await outline.filter('', 'key/old');
			const object = catalog.findByName('openai/key/old');
			assert.ok(object);
			await outline.makeVisible(object);
			assert.equal(outline.filterOf(''), 'key/old');
			const [, acme] = await outline.children();
			assert.equal((await outline.parent(outline.objectNode(object)))?.key, acme?.key);
		});

		test('at the top is gone with the rows that it was of', async () => {
			await outline.filter('', 'glob');
			assert.doesNotMatch(await arranged([]), /Only|^$/);
		});

		test('on a folder works within it', async () => {
			outline.arrange({ levels: [], isTree: true });
			const folder = (await outline.children()).find((row) => row.kind === 'folder' && row.label === 'openai');
			assert.ok(folder);
			await outline.filter(folder.key, 'old');
			assert.match(await countedPicture(outline), /openai\/ \(2\)\n {2}Only “old”\n {2}key\/old\n/);
		});

		test('is lifted where it hides an object that a person asks for, on each row above it', async () => {
			outline.arrange({ levels: [by('provider'), byOrganization], isTree: true });
			const [, openai] = await outline.children();
			const [openaiAcme] = openai ? await outline.children(openai) : [];
			assert.ok(openai && openaiAcme);
			await outline.filter('', 'anthropic');
			await outline.filter(openai.key, 'nobody');
			await outline.filter(openaiAcme.key, 'nothing');
			const object = catalog.findByName('openai/key/old');
			assert.ok(object);
			await outline.makeVisible(object);
			assert.doesNotMatch(await countedPicture(outline), /Only/);
			const above = await outline.parent(outline.objectNode(object));
			assert.equal(above?.kind === 'folder' && above.prefix, 'openai/');
		});
	});

	test('each row says which one it is under', async () => {
		for (const name of ['a/1', 'a/2', 'a//3', 'a/', 'b/c/4', 'b/c/5', 'b/c//6']) catalog.put(vault.add(name, {}));
		outline.arrange({ levels: [by('provider'), byOrganization], isTree: true });
		const ensureUnder = async (parent: Awaited<ReturnType<typeof outline.parent>>): Promise<void> => {
			for (const row of await outline.children(parent)) {
				if (row.kind === 'version') continue;
				assert.equal((await outline.parent(row))?.key, parent?.key, row.key);
				if (row.kind !== 'object') await ensureUnder(row);
			}
		};
		await ensureUnder(undefined);
	});

	test('what others changed is counted on each row above it, until all is marked as seen', async () => {
		const object = catalog.findByName('openai/key/old');
		assert.ok(object);
		vault.publish(object.id, 'newer');
		await catalog.refresh();
		outline.arrange({ levels: [by('provider'), byOrganization], isTree: true });
		const counts = async () => {
			const found: string[] = [];
			const visit = async (parent?: Awaited<ReturnType<typeof outline.parent>>): Promise<void> => {
				for (const row of await outline.children(parent)) {
					if ('changed' in row && row.changed > 0) found.push(`${row.key.split('/').at(-1)} ${row.changed}`);
					if ('scope' in row) await visit(row);
				}
			};
			await visit();
			return found;
		};
		assert.equal((await counts()).length, 3);
		assert.equal(outline.unseenCount, 1);
		await outline.markAllSeen();
		assert.deepEqual(await counts(), []);
		assert.equal(outline.unseenCount, 0);
	});

	test('what a person arranged is kept with the catalog, and of two windows the later one stands', async () => {
		outline.arrange({ levels: [by('provider')], sortBy: 'change' });
		const kept = new Catalog(vault, keptFrom(JSON.parse(JSON.stringify(catalog.snapshot())) as never));
		assert.deepEqual(kept.arrangement, catalog.arrangement);
		kept.arrange({ levels: [] });
		await catalog.merge(kept.snapshot());
		assert.deepEqual(catalog.arrangement.levels, []);
		assert.deepEqual(catalog.arrangement.sortBy, 'change');
	});

	test('of two windows that arrange other parts, both stand', async () => {
		const other = new Catalog(vault, catalog.snapshot());
		outline.arrange({ levels: [by('userId')] });
		other.arrange({ sortBy: 'change' });
		await other.merge(catalog.snapshot());
		await catalog.merge(other.snapshot());
		for (const { arrangement } of [catalog, other]) {
			assert.deepEqual([arrangement.levels, arrangement.sortBy], [[by('userId')], 'change']);
		}
	});

	test('an arrangement of another form than today’s is thrown away', () => {
		outline.arrange({ levels: [by('provider')] });
		const snapshot = catalog.snapshot();
		const parts = [{ levels: null }, { levels: 'x' }, { levels: [{ by: 'tag' }] }, { filters: null }];
		for (const part of [...parts, { filters: { '': 1 } }, { changedAt: 5 }]) {
			const arrangement = { ...snapshot.arrangement, ...part } as never;
			assert.deepEqual(keptFrom({ ...snapshot, arrangement }).arrangement.levels, [byOrganization]);
		}
	});

	test('the last arrangement stands over the one before it, also where the clock was set back in between', async () => {
		outline.arrange({ levels: [by('provider')] });
		const other = new Catalog(vault, catalog.snapshot());
		mock.method(Date, 'now', () => 0);
		try {
			outline.arrange({ levels: [] });
		} finally {
			mock.restoreAll();
		}
		await other.merge(catalog.snapshot());
		assert.deepEqual(other.arrangement.levels, []);
	});

	suite('hostile names', () => {
		for (const name of [
			'__proto__',
			'constructor',
			'organization',
			'$(trash)',
			'[a](command:x)',
			'\u202Eabc',
			'a/b"c=',
			'x'.repeat(120),
		]) {
			test(`of key contexts make one group each: ${name.slice(0, 20)}`, async () => {
				const { vault, catalog, outline } = makeOutline();
				const values = ['one', '$(x)/y', '"', '\ud800', 'v'.repeat(500), '__proto__'];
				for (const [index, value] of values.entries())
					catalog.put(vault.add(`object ${index}`, Object.fromEntries([[name, value]])));
				catalog.put(vault.add('without', { team: 'a' }));
				await catalog.scan();
				outline.arrange({ levels: [by(name)] });
				const rows = await outline.children();
				assert.equal(new Set(rows.map(({ key }) => key)).size, values.length + 1);
				for (const row of rows) {
					const under = await outline.children(row);
					assert.deepEqual(
						under.map(({ kind }) => kind),
						['object'],
					);
					assert.equal((await outline.parent(under[0] ?? row))?.key, row.key);
				}
			});
		}

		test('of objects keep every letter, in folders or not', async () => {
			const names = [
				'a/',
				'/',
				'//',
				'a//b',
				'/a/b',
				'a/b/',
				'a/b//c',
				':',
				'a:b',
				'__proto__/x',
				'__proto__/y',
				'é/é',
				'\ud83d\ude00/\u202e',
			];
			const { vault, catalog, outline } = makeOutline();
			for (const name of names) catalog.put(vault.add(name));
			await catalog.scan();
			outline.arrange({ levels: [], isTree: true });
			const found: string[] = [];
			const visit = async (above: string, parent?: Awaited<ReturnType<typeof outline.parent>>): Promise<void> => {
				for (const row of await outline.children(parent)) {
					if (row.kind === 'folder') await visit(row.prefix, row);
					else if (row.kind === 'object') {
						assert.equal(above + row.label, row.object.name);
						found.push(row.object.name);
					}
				}
			};
			await visit('');
			assert.deepEqual(found.sort(), [...names].sort());
		});
	});
});
