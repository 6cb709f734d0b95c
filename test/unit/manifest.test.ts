import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dotenvFileName } from '../../src/commands/dotenv/parse';
import * as commandsModule from '../../src/commands';
import type { OutlineState } from '../../src/vault/catalog/organizations';
import type { OutlineNode } from '../../src/vault/outline/nodes';
import { titleOf } from '../support/manifest';

interface Menu {
	/** Missing where a submenu stands. */
	readonly command?: string;
	readonly submenu?: string;
	readonly when?: string;
	readonly group?: string;
	readonly args?: unknown;
}

interface Setting {
	readonly scope: string;
	readonly default: unknown;
	readonly minimum?: number;
	readonly markdownDescription: string;
}

interface Manifest {
	readonly icon: string;
	readonly activationEvents: readonly string[];
	readonly capabilities: {
		readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
	};
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
		readonly submenus: readonly { readonly id: string; readonly label: string }[];
		readonly menus: Readonly<Record<string, readonly Menu[]>>;
		readonly keybindings: readonly Menu[];
		readonly viewsContainers: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
		readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
		readonly viewsWelcome: readonly { readonly view: string; readonly when: string; readonly contents: string }[];
		readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
		readonly configurationDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
		readonly grammars: readonly { readonly language: string }[];
		readonly walkthroughs: readonly {
			readonly steps: readonly { description: string; media: { svg: string }; completionEvents: string[] }[];
		}[];
	};
}

// Tests run in the repository's root.
const read = (path: string) => readFileSync(path, 'utf8');
const text = read('package.json');
const { activationEvents, capabilities, contributes, icon } = JSON.parse(text) as Manifest;
const { menus, keybindings, viewsWelcome, walkthroughs } = contributes;
const declared = contributes.commands.map(({ command }) => command);
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const conditions = [
	...Object.values(menus).flat(),
	...keybindings,
	...viewsWelcome.map(({ view, when }) => ({ command: view, when })),
].map(({ command, when = '' }) => ({ command, when }));

const commandsOf = (menu: string) => (menus[menu] ?? []).map(({ command }) => command);

/** Everything that a pattern's first group matches in a text. */
const matches = (pattern: RegExp, where: string) => [...where.matchAll(pattern)].map(([, group = '']) => group);

suite('Manifest', () => {
	test('declares exactly the commands that there are', () => {
		assert.deepEqual([...declared].sort(), Object.keys(commandsModule.commands).sort());
		assert.equal(new Set(declared).size, declared.length, 'one is declared twice');
	});

	test('the list of commands is all that commands/ hands out', () => {
		assert.deepEqual(Object.keys(commandsModule), ['commands']);
	});

	test('a command has one title wherever it stands', () => {
		const linked = [...text.matchAll(/\[([^\][\n]+)\]\(command:([\w.]+)\)/g)].map(([, title, id]) => [id, title]);
		const offered = [
			...read('src/editor/ciphertexts/actions.ts').matchAll(/title: '([^']+)', command: '([\w.]+)'/g),
		].map(([, title, id]) => [id, title]);
		assert.ok(linked.length > 8 && offered.length === 2);
		for (const [id = '', title] of [...linked, ...offered]) assert.equal(title, titleOf(id), id);
	});

	for (const { command, title, category } of contributes.commands) {
		test(`${command} has a title and the category`, () => {
			assert.match(command, /^workosVault\.[a-z]+([A-Z][a-z]*)*$/);
			assert.match(title, /^[A-Z].*[a-zA-Z…]$/);
			assert.equal(category, 'WorkOS Vault');
		});
	}

	test('menus and keys name declared commands', () => {
		const entries = [...Object.values(menus).flat(), ...keybindings].filter(({ submenu }) => submenu === undefined);
		assert.ok(entries.length > 30);
		for (const { command } of entries) assert.ok(command !== undefined && declared.includes(command), command);
	});

	test('links and completion events name declared commands', () => {
		const linked = matches(/\(command:([\w.]+)/g, text);
		const completing = matches(/onCommand:([\w.]+)/g, text);
		assert.ok(linked.length > 8 && completing.length > 3);
		for (const command of [...linked, ...completing]) assert.ok(declared.includes(command), command);
	});

	test('no menu has a command twice in one group', () => {
		for (const [menu, entries] of Object.entries(menus)) {
			// The same button may belong to two kinds of editors, which are never active at once.
			const where = (when: string) => /resourceScheme|activeWebviewPanelId/.exec(when)?.[0];
			const keys = entries.map(
				({ command, group, when }) => `${menu} ${group?.split('@')[0]} ${command} ${where(when ?? '')}`,
			);
			assert.equal(new Set(keys).size, keys.length, menu);
		}
	});

	test('conditions speak of rows that the tree can show', () => {
		const kinds: Record<OutlineNode['kind'], true> = {
			organization: true,
			organizations: true,
			group: true,
			folder: true,
			object: true,
			version: true,
			more: true,
			filter: true,
			filtered: true,
			unreadable: true,
			failure: true,
			scanning: true,
			stopped: true,
			nothing: true,
		};
		const own = read('src/editor/tree/treeItem.ts')
			.split('\n')
			.filter((line) => line.includes('contextValue ='))
			.flatMap((line) => matches(/'(\w+)'/g, line));
		assert.ok(own.includes('noOrganization') && own.includes('currentVersion'));
		const possible = new Set([...Object.keys(kinds), ...own]);
		let spoken = 0;
		for (const { command, when } of conditions) {
			const values = [
				...matches(/viewItem == (\w+)/g, when),
				...matches(/viewItem =~ \/\^\(([\w|]+)\)\$\//g, when).flatMap((list) => list.split('|')),
			];
			assert.equal(values.length > 0, when.includes('viewItem'), `${command}: ${when}`);
			for (const value of values) assert.ok(possible.has(value), `${command}: ${value}`);
			spoken += values.length;
		}
		assert.ok(spoken > 20);
	});

	test('conditions speak of states that the view can be in', () => {
		const states: Record<OutlineState | 'disconnected' | 'locked', true> = {
			disconnected: true,
			locked: true,
			loading: true,
			ready: true,
			empty: true,
			unauthorized: true,
			forbidden: true,
			offline: true,
		};
		const spoken = [
			...matches(/workosVault\.state [!=]= (\w+)/g, text),
			...matches(/workosVault\.state =~ \/\^\(([\w|]+)\)\$\//g, text).flatMap((list) => list.split('|')),
		];
		assert.ok(spoken.length > 5);
		for (const state of spoken) assert.ok(Object.hasOwn(states, state), state);
	});

	test('every state but loading and ready has welcome content', () => {
		for (const state of ['disconnected', 'locked', 'empty', 'unauthorized', 'forbidden', 'offline']) {
			const contents = viewsWelcome.filter(({ when }) => when.endsWith(`workosVault.state == ${state}`));
			assert.equal(contents.length, 1, state);
			assert.match(contents[0]?.contents ?? '', /\(command:/);
		}
	});

	test('without a session, the welcome content offers the connections that are kept, where there are any', () => {
		const [first] = viewsWelcome;
		assert.equal(first?.when, 'workosVault.state == disconnected && workosVault.connections == kept');
		assert.deepEqual(matches(/\(command:([\w.]+)\)/g, first.contents), ['workosVault.switchConnection']);
	});

	test('conditions and events speak of the schemes and the view that the editor registers', () => {
		const addresses = read('src/editor/addresses.ts');
		const schemes = new Set([
			...matches(/resourceScheme [!=]= ([\w-]+)/g, text),
			...activationEvents.filter((event) => event !== 'onUri').map((event) => event.replace('onFileSystem:', '')),
		]);
		assert.ok(schemes.size > 0);
		for (const scheme of schemes) assert.ok(addresses.includes(`'${scheme}'`), scheme);
		const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
		const tree = read('src/editor/tree/tree.ts');
		for (const view of [...views, ...matches(/(?:view|focusedView) == ([\w.]+)/g, text)]) {
			assert.ok(tree.includes(`'${view}'`), view);
		}
	});

	test('what needs a row is another command on rows than in the title bar, where there may be no row', () => {
		const inBoth = commandsOf('view/title').filter((command) => commandsOf('view/item/context').includes(command));
		assert.deepEqual(inBoth, ['workosVault.stopScan']);
	});

	test('keys in the tree hand over the focused row, which need not be the selected one', () => {
		const onTree = keybindings.filter(({ when = '' }) => when.includes('focusedView == workosVault.objects'));
		assert.ok(onTree.length > 1);
		for (const { command, args } of onTree) {
			assert.deepEqual(args, [{ $treeViewId: 'workosVault.objects', $focusedTreeItem: true }], command);
		}
	});

	test('Ctrl+S never reaches VS Code in a revealed value, and nothing but publishing has it in a draft', () => {
		const saving = (keybindings as readonly (Menu & { readonly key: string; readonly mac: string })[]).filter(
			({ key, mac }) => key === 'ctrl+s' && mac === 'cmd+s',
		);
		assert.deepEqual(
			saving.map(({ command, when }) => [command, /^\w+ == [\w'.-]+/.exec(when ?? '')?.[0]]),
			[
				['workosVault.explainUnsaved', 'resourceScheme == workos-vault'],
				['workosVault.publishDraft', 'resourceScheme == workos-vault-draft'],
				['workosVault.publishDraft', "activeWebviewPanelId == 'workosVault.isolated'"],
			],
		);
		assert.equal(saving[0]?.when, 'resourceScheme == workos-vault');
	});

	const onRows = (menus['view/item/context'] ?? []).filter(({ group }) => !group?.startsWith('inline'));

	test('what works on one row is not offered for several', () => {
		const forSeveral = onRows.filter(({ when = '' }) => !when.endsWith(' && !listMultiSelection'));
		assert.deepEqual(
			forSeveral.map(({ command }) => command),
			['workosVault.refreshRow', 'workosVault.copyNames', 'workosVault.copyIds', 'workosVault.deleteObjects'],
		);
	});

	test('what is offered for several rows alone does the same as what is offered for one', () => {
		const { commands } = commandsModule;
		const pairs = { copyNames: 'copyName', copyIds: 'copyId', deleteObjects: 'deleteObject' } as const;
		for (const [several, one] of Object.entries(pairs) as [keyof typeof pairs, 'copyName'][]) {
			assert.equal(commands[`workosVault.${several}`], commands[`workosVault.${one}`]);
			const { when } = onRows.find(({ command }) => command === `workosVault.${several}`) ?? {};
			assert.match(when ?? '', / && listMultiSelection$/);
		}
	});

	test('menus of rows have VS Code’s groups, and what opens stands first', () => {
		const groups = ['navigation', '2_workspace', '3_compare', '4_search', '5_cutcopypaste', '7_modification'];
		for (const { command, group = '' } of onRows) assert.ok(groups.includes(group.split('@')[0] ?? ''), command);
		const first = onRows.filter(({ group }) => group === 'navigation@1').map(({ command }) => command);
		assert.deepEqual(first, ['workosVault.revealValue', 'workosVault.revealVersion', 'workosVault.createObjectHere']);
	});

	test('the menu of a text has one submenu of ours, with all that works on its text', () => {
		const [entry, ...more] = menus['editor/context'] ?? [];
		const [submenu, ...others] = contributes.submenus;
		assert.deepEqual([more, others], [[], []]);
		assert.equal(submenu?.label, 'WorkOS Vault');
		assert.equal(entry?.submenu, submenu.id);
		assert.deepEqual(commandsOf(submenu.id), [
			'workosVault.encryptSelection',
			'workosVault.encryptWithAssociatedData',
			'workosVault.decryptSelection',
			'workosVault.decryptInPlace',
			'workosVault.reencrypt',
			'workosVault.lookUpKeyContext',
			'workosVault.moveToVault',
			'workosVault.insertReference',
		]);
	});

	test('groups are in an order that VS Code reads: whole numbers', () => {
		for (const [menu, entries] of Object.entries(menus)) {
			for (const { command, group } of entries) {
				if (group !== undefined) assert.match(group, /^\w+@\d+$/, `${menu}: ${command}`);
			}
		}
	});

	test('every picture exists', () => {
		const pictures = [
			icon,
			...Object.values(contributes.viewsContainers).flatMap((list) => list.map((container) => container.icon)),
			...Object.values(contributes.views).flatMap((list) => list.map((view) => view.icon)),
			...steps.map(({ media }) => media.svg),
		];
		assert.ok(pictures.length > 6);
		for (const picture of pictures) assert.ok(existsSync(picture), picture);
	});

	test('has templates of calls that the SDKs have today, and leaves every other language the bare name', async () => {
		const { properties } = contributes.configuration;
		const node = '(await workos.vault.readObjectByName(${name})).value';
		assert.deepEqual(properties['workosVault.reference.template']?.default, {
			javascript: node,
			javascriptreact: node,
			typescript: node,
			typescriptreact: node,
			// From 8 on: `read_object_by_name` is gone.
			python: 'client.vault.get_name(${name}).value',
			// From 7 on: it returns the object and an error, so there is no field behind it.
			go: 'client.Vault().GetName(ctx, ${name})',
			'*': '${name}',
		});
		assert.deepEqual(properties['workosVault.encrypt.template']?.default, { '*': '${ciphertext}' });
		const { vault } = new (await import('@workos-inc/node')).WorkOS('sk_test_1');
		assert.equal(typeof vault.readObjectByName, 'function');
	});

	test('declares exactly the settings that the editor reads, with the same defaults', () => {
		const source = read('src/editor/settings.ts');
		const names = matches(/read\('([\w.]+)', (?:\d+|'\w+')\)/g, source);
		const { properties } = contributes.configuration;
		const templates = matches(/ofLanguage\('([\w.]+)'/g, source);
		const settings = [...names, ...templates].map((name) => `workosVault.${name}`);
		assert.deepEqual(Object.keys(properties).sort(), settings.sort());
		for (const name of names) {
			const fallback = new RegExp(`read\\('${name}', '?(\\w+)'?\\)`).exec(source)?.[1];
			assert.equal(String(properties[`workosVault.${name}`]?.default), fallback, name);
		}
		for (const name of templates) {
			const fallback = new RegExp(`ofLanguage\\('${name}', languageId, '(.+)'\\)`).exec(source)?.[1];
			assert.equal((properties[`workosVault.${name}`]?.default as Record<string, string>)['*'], fallback, name);
		}
	});

	test('a setting that says what 0 means takes 0', () => {
		const all = Object.entries(contributes.configuration.properties);
		const saying = all.filter(([, { markdownDescription }]) => markdownDescription.includes('`0`'));
		assert.ok(saying.some(([name]) => name === 'workosVault.requestsPerMinute'));
		for (const [name, { minimum }] of saying) assert.equal(minimum, 0, name);
	});

	test('offers one import of one file under the names that the import knows', () => {
		const [entry] = contributes.menus['explorer/context'] ?? [];
		const [, pattern] = /resourceFilename =~ \/(.*)\/ &&/.exec(entry?.when ?? '') ?? [];
		assert.equal(pattern, dotenvFileName.source);
		assert.match(entry?.when ?? '', /!listMultiSelection/);
	});

	test('offers nothing to a language model: no tool, no chat participant, no server', () => {
		const offered = Object.keys(contributes).filter((name) => /languageModel|chat|mcp/i.test(name));
		assert.deepEqual(offered, []);
		const files = readdirSync('src/editor', { recursive: true, encoding: 'utf8' });
		for (const file of files.filter((name) => name.endsWith('.ts'))) {
			assert.doesNotMatch(read(`src/editor/${file}`), /vscode\.(lm|chat)\b/, file);
		}
	});

	test('the colours of secrets bring no behaviour of another language along', () => {
		const [grammar, ...others] = contributes.grammars;
		assert.deepEqual(others, []);
		assert.deepEqual(Object.keys(grammar ?? {}), ['language', 'scopeName', 'path']);
		assert.equal(grammar?.language, 'workos-vault-secret');
	});

	test('a comparison of secrets hides no blanks', () => {
		const defaults = contributes.configurationDefaults['[workos-vault-secret]'];
		assert.equal(defaults?.['diffEditor.ignoreTrimWhitespace'], false);
	});

	test('no folder’s settings can weaken a setting; a trusted one may say what is written into its documents', () => {
		const trusted = capabilities.untrustedWorkspaces.restrictedConfigurations;
		assert.deepEqual(trusted.toSorted(), [
			'workosVault.encrypt.layout',
			'workosVault.encrypt.template',
			'workosVault.reference.template',
		]);
		for (const [name, { scope }] of Object.entries(contributes.configuration.properties)) {
			// In a remote window, VS Code reads no person's own settings of a machine's scope.
			assert.equal(scope, trusted.includes(name) ? 'window' : 'application', name);
		}
	});
});
