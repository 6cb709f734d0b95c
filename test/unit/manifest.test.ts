import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dotenvFileName } from '../../src/commands/dotenv/parse';
import * as commandsModule from '../../src/commands';
import type * as addresses from '../../src/editor/addresses';
import { commandTitles } from '../../src/editor/commandTitles';
import { contextKeyValues } from '../../src/editor/contextKeyValues';
import type { panelType } from '../../src/editor/isolatedEditor/isolatedPanel';
import type { viewType } from '../../src/editor/objectPage/pages';
import { settingValues } from '../../src/editor/settingValues';
import type { viewId } from '../../src/editor/tree/tree';
import type { RowKind } from '../../src/editor/tree/treeItem';
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
	readonly type: string;
	readonly enum?: readonly string[];
	readonly maximum?: number;
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
		readonly customEditors: readonly { readonly viewType: string }[];
		readonly resourceLabelFormatters: readonly { readonly scheme: string }[];
		readonly languages: readonly { readonly id: string }[];
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
	...steps
		.flatMap(({ completionEvents }) => completionEvents.filter((event) => event.startsWith('onContext:')))
		.map((event) => ({ command: event, when: event.replace('onContext:', '') })),
].map(({ command, when = '' }) => ({ command, when }));

const commandsOf = (menu: string) => (menus[menu] ?? []).map(({ command }) => command);

// The compiler takes exactly what the editor has, of files that no test can load: they say vscode.
const schemes: Record<(typeof addresses)['revealScheme' | 'draftScheme' | 'objectScheme'], true> = {
	'workos-vault': true,
	'workos-vault-draft': true,
	'workos-vault-object': true,
};
const language: typeof addresses.secretLanguage = 'workos-vault-secret';
const view: typeof viewId = 'workosVault.objects';
const isolatedPanel: typeof panelType = 'workosVault.isolated';
const objectPage: typeof viewType = 'workosVault.object';

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
		assert.ok(linked.length > 8);
		for (const [id = '', title] of [...linked, ...Object.entries(commandTitles)]) assert.equal(title, titleOf(id), id);
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
		const kinds: Record<RowKind, true> = {
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
			noOrganization: true,
			currentVersion: true,
		};
		let spoken = 0;
		for (const { command, when } of conditions) {
			const values = [
				...matches(/viewItem == (\w+)/g, when),
				...matches(/viewItem =~ \/\^\(([\w|]+)\)\$\//g, when).flatMap((list) => list.split('|')),
			];
			assert.equal(values.length > 0, when.includes('viewItem'), `${command}: ${when}`);
			for (const value of values) assert.ok(Object.hasOwn(kinds, value), `${command}: ${value}`);
			spoken += values.length;
		}
		assert.ok(spoken > 20);
	});

	test('conditions speak of exactly the keys that the editor can set, and of what it can set them to', () => {
		const ofOurs = /^[!(]*(resource (?:not )?in )?workosVault\.(\w+)(?: [!=]= (\w+)| =~ \/\^\(([\w|]+)\)\$\/)?\)*$/;
		const isOtherwiseNamed = (part: string) =>
			[view, isolatedPanel].some((id) => part.replaceAll(/[()']/g, '').endsWith(` == ${id}`));
		const spoken = new Set<string>();
		for (const { command, when } of conditions) {
			const parts = when.split(/ (?:&&|\|\|) /).filter((part) => part.includes('workosVault.'));
			for (const part of parts.filter((part) => !isOtherwiseNamed(part))) {
				const [match, isIn, key = '', word, words = word] = ofOurs.exec(part) ?? [];
				assert.ok(match !== undefined && key in contextKeyValues, `${command}: ${part}`);
				const values: string | readonly string[] = contextKeyValues[key as keyof typeof contextKeyValues];
				if (typeof values === 'string') {
					assert.equal(words, undefined, `${command}: ${part}`);
					assert.equal(values, isIn === undefined ? 'question' : 'addresses', `${command}: ${part}`);
				} else {
					assert.ok(isIn === undefined && words !== undefined, `${command}: ${part}`);
					for (const value of words.split('|')) assert.ok(values.includes(value), `${command}: ${part}`);
				}
				spoken.add(key);
			}
		}
		assert.deepEqual([...spoken].sort(), Object.keys(contextKeyValues).sort());
	});

	test('every state but loading and ready has welcome content', () => {
		const states = contextKeyValues.state.filter((state) => state !== 'loading' && state !== 'ready');
		for (const state of states) {
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

	test('speaks of the schemes, the language, the view and the editors that there are', () => {
		const named = [
			...matches(/resourceScheme [!=]= ([\w-]+)/g, text),
			...activationEvents.filter((event) => event !== 'onUri').map((event) => event.replace('onFileSystem:', '')),
			...contributes.resourceLabelFormatters.map(({ scheme }) => scheme),
		];
		assert.deepEqual([...new Set(named)].sort(), Object.keys(schemes));
		assert.deepEqual(
			[...contributes.languages.map(({ id }) => id), ...contributes.grammars.map((grammar) => grammar.language)],
			[language, language],
		);
		const views = [
			...Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id)),
			...viewsWelcome.map((welcome) => welcome.view),
			...matches(/(?:view|focusedView) == ([\w.]+)/g, text),
		];
		assert.deepEqual(new Set(views), new Set([view]));
		assert.deepEqual(new Set(matches(/activeWebviewPanelId == '([\w.]+)'/g, text)), new Set([isolatedPanel]));
		assert.deepEqual(
			contributes.customEditors.map((editor) => editor.viewType),
			[objectPage],
		);
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
			saving.map(({ command, when }) => [command, /^[\w.]+ == [\w'.-]+/.exec(when ?? '')?.[0]]),
			[
				['workosVault.explainUnsaved', 'resourceScheme == workos-vault'],
				['workosVault.publishDraft', 'resourceScheme == workos-vault-draft'],
				['workosVault.publishInFront', 'workosVault.inFront == draft'],
				['workosVault.publishDraft', "activeWebviewPanelId == 'workosVault.isolated'"],
			],
		);
		// The scheme tells where the focus is in the editor; where it is elsewhere in the window, nothing of VS Code's does.
		const elsewhere = [
			// There VS Code saves something else than what is in front of this window.
			'!openEditorsFocus && !isAuxiliaryWindowFocusedContext',
			// Another text than that of an editor may have the focus, such as the output.
			'(!editorTextFocus || panelFocus || sideBarFocus || auxiliaryBarFocus)',
		].join(' && ');
		assert.deepEqual(
			saving.slice(0, 3).map(({ when }) => when),
			[
				`resourceScheme == workos-vault || workosVault.inFront == value && ${elsewhere}`,
				'resourceScheme == workos-vault-draft && editorTextFocus',
				`workosVault.inFront == draft && ${elsewhere}`,
			],
		);
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

	test('declares exactly the settings that the editor reads, with the same types, words and defaults', () => {
		const declarations = Object.entries(contributes.configuration.properties).map(([name, setting]) => {
			const { type, enum: words, maximum, default: usual } = setting;
			const templates = type === 'object' ? (usual as Readonly<Record<string, string>>) : undefined;
			const value = templates ? { placeholder: templates['*'] } : { default: usual };
			return [name, { type, ...(words && { enum: words }), ...(maximum !== undefined && { maximum }), ...value }];
		});
		const values = Object.entries(settingValues).map(([name, value]) => [`workosVault.${name}`, value]);
		assert.deepEqual(Object.fromEntries(declarations), Object.fromEntries(values));
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
