import assert from 'node:assert/strict';
import { WindowAllowances } from '../../src/commands/access/allowances';
import type { App, Connection, RecentOrganizations, Target, View } from '../../src/commands/ports';
import { KnownActivity } from '../../src/vault/activity/knownActivity';
import { Catalog } from '../../src/vault/catalog/catalog';
import { VaultError } from '../../src/vault/errors';
import type { KnownObject } from '../../src/vault/model';
import { Outline } from '../../src/vault/outline/outline';
import type { OutlineNode } from '../../src/vault/outline/nodes';
import {
	FakeClipboard,
	FakeConnections,
	FakeDocuments,
	FakeDrafts,
	FakePrivacy,
	FakeTemplates,
	FakeTextEditor,
} from './fakePorts';
import { FakeUi } from './fakeUi';
import { FakeVault } from './fakeVault';

/** What is called from the palette. */
export const fromPalette: Target = { nodes: [] };

export interface FakeAppOptions {
	readonly isProduction?: boolean;
	readonly environmentKey?: string;
	/** Whether links can't be opened in this window. */
	readonly isElsewhere?: boolean;
}

/** An app, and the fakes behind it. */
export interface FakeApp {
	readonly app: App;
	readonly vault: FakeVault;
	readonly catalog: Catalog;
	readonly outline: Outline;
	readonly connections: FakeConnections;
	readonly privacy: FakePrivacy;
	readonly ui: FakeUi;
	readonly documents: FakeDocuments;
	readonly drafts: FakeDrafts;
	readonly clipboard: FakeClipboard;
	readonly textEditor: FakeTextEditor;
	readonly templates: FakeTemplates;
	/** The objects that were shown in the tree. */
	readonly shown: KnownObject[];
	/** The objects whose pages were opened. */
	readonly opened: KnownObject[];
	/** The rows that were given the focus; undefined for the view itself. */
	readonly focused: (OutlineNode | undefined)[];
	/** The ids of the organizations that were encrypted for. */
	readonly recent: string[];
	/** The rows of objects. */
	readonly on: (...objects: KnownObject[]) => Target;
	/** The row of a version, by its number. */
	readonly versionRow: (object: KnownObject, number: number) => Promise<OutlineNode>;
}

/** Everything that a command works with, over a `FakeVault`. */
export function makeApp({ isProduction = false, environmentKey, isElsewhere = false }: FakeAppOptions = {}): FakeApp {
	const vault = new FakeVault();
	vault.tellsEvents = false;
	const catalog = new Catalog(vault);
	const outline = new Outline(vault, catalog);
	const connection: Connection = { id: 'one', name: 'Staging', endpoint: 'https://api.workos.com', isProduction };
	const connections = new FakeConnections();
	connections.kept.push(connection);
	connections.keys.set(connection.id, 'sk_test_one');
	connections.session = { connection, api: vault, catalog, outline, activity: new KnownActivity(vault) };
	const shown: KnownObject[] = [];
	const opened: KnownObject[] = [];
	const focused: (OutlineNode | undefined)[] = [];
	const view: View = {
		selection: () => [],
		current: (element) => element,
		redraw: () => undefined,
		show: (object) => {
			shown.push(object);
			return Promise.resolve();
		},
		open: (object) => {
			opened.push(object);
			return Promise.resolve();
		},
		beside: () => undefined,
		isAlone: false,
		focus: (row) => Promise.resolve(void focused.push(row)),
	};
	const recent: string[] = [];
	const recentOrganizations: RecentOrganizations = {
		ids: recent,
		use: (organization) => void (organization && recent.unshift(organization.id)),
	};
	const privacy = new FakePrivacy();
	const allowances = new WindowAllowances();
	const ui = new FakeUi();
	const documents = new FakeDocuments();
	const drafts = new FakeDrafts();
	const clipboard = new FakeClipboard();
	const textEditor = new FakeTextEditor();
	const templates = new FakeTemplates();
	const app: App = {
		ui,
		connections,
		privacy,
		allowances,
		documents,
		drafts,
		clipboard,
		textEditor,
		view,
		recentOrganizations,
		templates,
		links: { origin: 'vscode://publisher.extension', isElsewhere },
		environmentKey,
	};
	const on = (...objects: KnownObject[]): Target => ({ nodes: objects.map((object) => outline.objectNode(object)) });
	const versionRow = async (object: KnownObject, number: number): Promise<OutlineNode> => {
		const rows = await outline.children(outline.objectNode(object));
		const row = rows.find((node) => node.kind === 'version' && node.number === number);
		assert.ok(row);
		return row;
	};
	return {
		app,
		vault,
		catalog,
		outline,
		connections,
		privacy,
		ui,
		documents,
		drafts,
		clipboard,
		textEditor,
		templates,
		shown,
		opened,
		focused,
		recent,
		on,
		versionRow,
	};
}

/** The failure of a promise, which must be a `VaultError`. */
export async function failureOf(promise: Promise<unknown>): Promise<VaultError> {
	const error = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof VaultError, `expected a VaultError, got ${String(error)}`);
	return error;
}

/** An answer that got lost on the way. */
export const lost = (): VaultError => new VaultError('unavailable', { status: 504 });
