import assert from 'node:assert/strict';
import { copyLink, openLink } from '../../../../src/commands/objects/link';
import { KnownActivity } from '../../../../src/vault/activity/knownActivity';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import type { VaultError } from '../../../../src/vault/errors';
import { Outline } from '../../../../src/vault/outline/outline';
import { failureOf, fromPalette, makeApp, type FakeApp } from '../../../support/fakes';
import { FakeVault } from '../../../support/fakeVault';
import { withToken } from '../../../support/withToken';

/** What VS Code hands over of a link. */
function opened(link: string): { path: string; query: string; fragment: string } {
	const { pathname, search, hash } = new URL(link);
	return {
		path: decodeURIComponent(pathname),
		query: decodeURIComponent(search.slice(1)),
		fragment: decodeURIComponent(hash.slice(1)),
	};
}

const origin = 'vscode://publisher.extension';
const linkTo = (environment: string, id: string) => `${origin}/object?environment=${environment}&id=${id}`;

/** Adds a connection that is not in use, to a vault of its own; it has its key, and what it knows is kept. */
function addConnection(
	{ connections }: FakeApp,
	id: string,
	name: string,
	{ isProduction = false, environment = 'other_environment' } = {},
) {
	const vault = new FakeVault();
	vault.tellsEvents = false;
	for (let count = 0; count < 50; count++) vault.add(`filler ${count}`);
	const object = { ...vault.add('far'), environmentId: environment };
	const catalog = new Catalog(vault);
	catalog.put(object);
	const connection = { id, name, endpoint: 'https://api.workos.com', isProduction };
	connections.kept.push(connection);
	connections.keys.set(id, 'sk_test_other');
	const session = { connection, api: vault, catalog, outline: new Outline(vault, catalog) };
	connections.others.set(id, { ...session, activity: new KnownActivity(vault) });
	vault.forgetCalls();
	return { vault, catalog, object };
}

suite('Copying a link', () => {
	test('has the ids of the environment and of the object, and nothing else; it stays on the clipboard', async () => {
		const { app, on, token, clipboard, ui, vault } = await withToken();
		await copyLink(app, on(token));
		assert.equal(clipboard.content, `vscode://publisher.extension/object?environment=environment&id=${token.id}`);
		assert.deepEqual(clipboard.secrets, []);
		assert.deepEqual(ui.announcements, ['Copied the link to “token”.']);
		assert.deepEqual(vault.calls, [], 'the environment was known');
	});

	test('from the palette asks which object', async () => {
		const { app, ui, token, clipboard } = await withToken();
		ui.finds(/Copy Link/, 'token', 'token');
		await copyLink(app, fromPalette);
		assert.equal(clipboard.content, linkTo('environment', token.id));
	});

	const withEvents = async () => {
		const made = makeApp();
		made.vault.tellsEvents = true;
		made.vault.add('token');
		await made.catalog.scan();
		const object = made.catalog.findByName('token');
		assert.ok(object);
		assert.equal(made.catalog.environmentId, undefined);
		made.vault.forgetCalls();
		return { ...made, object };
	};

	test('learns the environment with one call for metadata where nothing has told it yet', async () => {
		const { app, ui, on, object, clipboard, vault, catalog } = await withEvents();
		await copyLink(app, on(object));
		assert.equal(clipboard.content, linkTo('environment', object.id));
		assert.deepEqual(vault.calls, ['describeObject']);
		assert.deepEqual(ui.progresses, ['Looking up the environment of “token”']);
		await copyLink(app, on(object));
		assert.deepEqual([vault.calls, catalog.environmentId], [['describeObject'], 'environment']);
	});

	test('copies nothing where that is cancelled', async () => {
		const { app, ui, on, object, clipboard } = await withEvents();
		ui.cancels(/environment/);
		await copyLink(app, on(object));
		assert.deepEqual([clipboard.content, ui.announcements], ['', []]);
	});

	test('takes an object out of the tree that turns out to be gone', async () => {
		const { app, on, object, clipboard, vault, catalog } = await withEvents();
		vault.erase(object.id);
		assert.equal((await failureOf(copyLink(app, on(object)))).code, 'notFound');
		assert.deepEqual([clipboard.content, catalog.get(object.id)], ['', undefined]);
	});

	test('of a vault whose ids have a form that no link can have copies nothing', async () => {
		const { app, on, token, clipboard, catalog } = await withToken();
		const odd = { ...token, environmentId: 'environment&id=secret_1' };
		catalog.put(odd);
		assert.equal((await failureOf(copyLink(app, on(token)))).code, 'unexpected');
		assert.equal(clipboard.content, '');
	});

	test('in a browser says where the link opens', async () => {
		const { app, ui, on, token, clipboard } = await withToken({ isElsewhere: true });
		await copyLink(app, on(token));
		assert.equal(clipboard.content, linkTo('environment', token.id));
		assert.deepEqual(ui.messages, ['Copied the link. It opens VS Code on the desktop.']);
	});
});

suite('Opening a link', () => {
	test('that was copied selects the object and opens its page, asks no vault, and reveals nothing', async () => {
		const made = await withToken();
		const { app, on, token, clipboard, shown, vault, documents, ui } = made;
		await copyLink(app, on(token));
		await openLink(app, opened(clipboard.content));
		assert.deepEqual(shown, [app.connections.session?.catalog.get(token.id)]);
		assert.deepEqual(made.opened, shown);
		assert.deepEqual([vault.calls, documents.revealed, documents.isolated, ui.lists], [[], [], [], []]);
	});

	test('whose parts stand in the other order does the same', async () => {
		const { app, token, shown } = await withToken();
		await openLink(app, opened(`${origin}/object?id=${token.id}&environment=environment`));
		assert.equal(shown.length, 1);
	});

	test('works also where nothing has told the environment yet, as an id is that of one object alone', async () => {
		const { app, vault, catalog, shown } = makeApp();
		vault.tellsEvents = true;
		const { id } = vault.add('token');
		await catalog.scan();
		vault.forgetCalls();
		assert.equal(catalog.environmentId, undefined);
		await openLink(app, opened(linkTo('environment', id)));
		assert.deepEqual([shown, vault.calls], [[catalog.get(id)], []]);
	});

	suite('to another connection', () => {
		test('asks before it switches, and says which one is production', async () => {
			const made = await withToken();
			const { object, vault, catalog } = addConnection(made, 'two', 'Live', { isProduction: true });
			made.ui.picks(/The link leads to another connection. Switch to it\?/, 'Live');
			await openLink(made.app, opened(linkTo('other_environment', object.id)));
			assert.deepEqual(
				made.ui.lists[0]?.map(({ label, description }) => [label, description]),
				[['Live', 'production']],
			);
			assert.deepEqual(made.connections.used, ['two']);
			assert.deepEqual(made.shown, [catalog.get(object.id)]);
			assert.deepEqual([made.vault.calls, vault.calls], [[], []]);
		});

		test('leaves everything as it is where the person does not want that', async () => {
			const made = await withToken();
			const { object } = addConnection(made, 'two', 'Live');
			made.ui.picks(/Switch to it/, undefined);
			await openLink(made.app, opened(linkTo('other_environment', object.id)));
			assert.deepEqual([made.connections.used, made.shown], [[], []]);
			assert.equal(made.connections.session?.connection.id, 'one');
		});

		test('offers all that know the object, where several lead to its environment', async () => {
			const made = await withToken();
			const { object, catalog } = addConnection(made, 'two', 'Reader');
			addConnection(made, 'three', 'Writer').catalog.put(object);
			addConnection(made, 'four', 'Stranger', { environment: 'third_environment' }).catalog.remove(object.id);
			made.ui.picks(/Switch to it/, 'Writer');
			await openLink(made.app, opened(linkTo('other_environment', object.id)));
			assert.deepEqual(
				made.ui.lists[0]?.map(({ label }) => label),
				['Reader', 'Writer'],
			);
			assert.deepEqual(made.connections.used, ['three']);
			assert.deepEqual(made.shown, [catalog.get(object.id)]);
		});

		test('asks nothing where the one in use knows the object, too', async () => {
			const made = await withToken();
			addConnection(made, 'two', 'Another Key', { environment: 'environment' }).catalog.put(made.token);
			await openLink(made.app, opened(linkTo('environment', made.token.id)));
			assert.deepEqual([made.connections.used, made.shown.length], [[], 1]);
		});

		test('asks for its key where this machine has none, and stays where it is without one', async () => {
			const made = await withToken();
			const { object } = addConnection(made, 'two', 'Live');
			made.connections.keys.delete('two');
			made.ui.picks(/Switch to it/, 'Live').types(/secret API key/, undefined);
			await openLink(made.app, opened(linkTo('other_environment', object.id)));
			assert.deepEqual([made.connections.used, made.shown], [[], []]);
		});

		test('goes there where none is in use', async () => {
			const made = await withToken();
			const { object } = addConnection(made, 'two', 'Live');
			made.connections.end();
			made.ui.picks(/Switch to it/, 'Live');
			await openLink(made.app, opened(linkTo('other_environment', object.id)));
			assert.deepEqual([made.connections.used, made.shown.length], [['two'], 1]);
		});

		test('ends where the lock comes while the person is asked', async () => {
			const made = await withToken();
			const { object } = addConnection(made, 'two', 'Live');
			made.ui.picks(/Switch to it/, 'Live');
			const use = made.connections.use.bind(made.connections);
			made.connections.use = async (connection) => {
				await use(connection);
				made.privacy.isLocked = true;
			};
			const opening = openLink(made.app, opened(linkTo('other_environment', object.id)));
			assert.equal((await failureOf(opening)).code, 'locked');
			assert.deepEqual(made.shown, []);
		});

		test('ends where the object turns out to be gone with the switch', async () => {
			const made = await withToken();
			const { object, catalog, vault } = addConnection(made, 'two', 'Live');
			made.ui.picks(/Switch to it/, 'Live');
			const use = made.connections.use.bind(made.connections);
			made.connections.use = (connection) => {
				catalog.remove(object.id);
				return use(connection);
			};
			const failure = await failureOf(openLink(made.app, opened(linkTo('other_environment', object.id))));
			assert.deepEqual([failure.code, failure.details, vault.calls], ['linkUnknown', {}, []]);
		});
	});

	suite('that is hostile', () => {
		/** Nothing happens but that one failure, whatever the link says. */
		const refuses = async (made: Awaited<ReturnType<typeof withToken>>, link: string): Promise<VaultError> => {
			const other = addConnection(made, 'two', 'Live');
			const failure = await failureOf(openLink(made.app, opened(link)));
			assert.deepEqual([made.vault.calls, other.vault.calls], [[], []], 'a vault was asked');
			assert.deepEqual([made.shown, made.focused, made.connections.used], [[], [], []]);
			assert.deepEqual([made.documents.revealed, made.documents.isolated, made.clipboard.content], [[], [], '']);
			assert.deepEqual([made.ui.messages, made.ui.lists, made.ui.questions], [[], [], []]);
			return failure;
		};

		const good = 'environment=environment&id=secret_00000001';
		const broken: Readonly<Record<string, string>> = {
			'of another path': `/reveal?${good}`,
			'of a longer path': `/object/secret_00000001?${good}`,
			'of a path that goes up': `/../object/x?${good}`,
			'without a path': `?${good}`,
			'of another case': `/Object?${good}`,
			'without anything': '/object',
			'without an environment': '/object?id=secret_00000001',
			'without an id': '/object?environment=environment',
			'of an empty id': '/object?environment=environment&id=',
			'of an empty environment': '/object?environment=&id=secret_00000001',
			'with two ids': `/object?${good}&id=secret_00000002`,
			'with the same id twice': `/object?${good}&id=secret_00000001`,
			'with two environments': `/object?environment=other_environment&${good}`,
			'with a further parameter': `/object?${good}&reveal=true`,
			'with a fragment': `/object?${good}#reveal`,
			'of an overlong id': `/object?environment=environment&id=${'a'.repeat(101)}`,
			'of an overlong environment': `/object?environment=${'a'.repeat(1_000_000)}&id=secret_00000001`,
			'of a thousand parameters': `/object?${'a&'.repeat(1000)}${good}`,
			'of an id with a slash': '/object?environment=environment&id=..%2Fsecret_00000001',
			'of an id with a blank': '/object?environment=environment&id=secret_00000001%20',
			'of an id with a zero byte': '/object?environment=environment&id=secret_00000001%00',
			'of an id with a line break': '/object?environment=environment&id=secret_00000001%0A',
			'of an id in other letters': '/object?environment=environment&id=ѕecret_00000001',
			'of an id that turns round': '/object?environment=environment&id=%E2%80%AEsecret_00000001',
			'of an id with a link in it': '/object?environment=environment&id=%5Ba%5D(command:workosVault.signOut)',
			'of an id with another one in it': '/object?environment=environment&id=a%26id%3Dsecret_00000001',
		};
		for (const [how, rest] of Object.entries(broken)) {
			test(`${how} is refused`, async () => {
				const made = await withToken();
				assert.equal(made.token.id, 'secret_00000001');
				assert.equal((await refuses(made, origin + rest)).code, 'linkBroken');
			});
		}

		test('to an environment that nobody knows is refused, also where its id is one that is known', async () => {
			const made = await withToken();
			assert.equal((await refuses(made, linkTo('nowhere', made.token.id))).code, 'linkElsewhere');
		});

		for (const id of ['secret_99999999', '__proto__', 'constructor', 'toString']) {
			test(`to the object ${id}, which no catalog knows, is refused`, async () => {
				const made = await withToken();
				const failure = await refuses(made, linkTo('environment', id));
				assert.deepEqual([failure.code, failure.details.name], ['linkUnknown', undefined]);
			});
		}

		test('to an object that the vault has and the catalog does not know yet is not asked for', async () => {
			const made = await withToken();
			const { id } = made.vault.add('new');
			assert.equal((await refuses(made, linkTo('environment', id))).code, 'linkUnknown');
		});

		test('to an object of another environment than it says is refused, and the connection named that is none in use', async () => {
			const made = await withToken();
			assert.equal((await refuses(made, linkTo('other_environment', made.token.id))).details.name, 'Live');
		});

		for (const [state, code] of [
			['isLocked', 'locked'],
			['isPresenting', 'linkWithheld'],
		] as const) {
			test(`or not is refused while ${state === 'isLocked' ? 'locked' : 'presenting'}`, async () => {
				for (const rest of [`/object?${good}`, '/reveal?id=1']) {
					const made = await withToken();
					made.privacy[state] = true;
					assert.equal((await refuses(made, origin + rest)).code, code);
				}
			});
		}

		test('or not is refused while signed out', async () => {
			const made = await withToken();
			made.connections.end();
			made.connections.kept.length = 0;
			const failure = await failureOf(openLink(made.app, opened(linkTo('environment', made.token.id))));
			assert.equal(failure.code, 'notConnected');
			assert.deepEqual([made.vault.calls, made.shown], [[], []]);
		});
	});
});
