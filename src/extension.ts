import * as vscode from 'vscode';
import type { CommandId } from './commands';
import { WindowAllowances } from './commands/access/allowances';
import type { App } from './commands/ports';
import { showAlike } from './commands/tree/arrange';
import { readForPage, revealCurrent } from './commands/objects/reveal';
import { CatalogFiles } from './editor/storage/catalogFiles';
import { CiphertextActions } from './editor/ciphertexts/actions';
import { CiphertextHover } from './editor/ciphertexts/hover';
import { CiphertextMenuKeys } from './editor/ciphertexts/menuKeys';
import { EditorClipboard } from './editor/ui/clipboard';
import { EditorConnections } from './editor/connection/connections';
import { EditorDocuments } from './editor/documents/documents';
import { TabNames } from './editor/documents/tabNames';
import { DraftOffers } from './editor/drafts/draftOffers';
import { EditorDrafts } from './editor/drafts/drafts';
import { DraftStatus } from './editor/drafts/draftStatus';
import { DraftStore } from './editor/drafts/kept/draftStore';
import { IsolatedEditors } from './editor/isolatedEditor/isolation';
import { LocalVault } from './editor/connection/localVault';
import { InFront } from './editor/documents/inFront';
import { Log } from './editor/log';
import { ObjectPages } from './editor/objectPage/pages';
import { OutdatedMarks } from './editor/documents/outdatedMarks';
import { EditorPrivacy } from './editor/connection/privacy';
import { RecentOrganizations } from './editor/ui/recentOrganizations';
import { registerCommands, showFailure, type Menus } from './editor/register';
import { Reveals } from './editor/documents/reveals';
import { settings } from './editor/settings';
import { StatusBar } from './editor/connection/statusBar';
import type { PrivacyState } from './editor/storage/privacyFile';
import { TextDrafts } from './editor/drafts/textDrafts';
import { ActiveTextEditor } from './editor/textEditor/textEditor';
import { VaultTree } from './editor/tree/tree';
import { EditorUi } from './editor/ui/ui';
import { linksTo, registerLinks } from './editor/ui/links';
import type { Draft } from './vault/drafts/draft';
import { organizationIdOf } from './vault/keyContext';

let ending = (): Promise<void> => Promise.resolve();

/** Builds the parts and hands them to each other. Calls no vault: the first look at the tree, or a command, does. */
export function activate(context: vscode.ExtensionContext): void {
	const log = new Log();
	const inBackground = (work: Promise<unknown>) => {
		work.catch((error: unknown) => {
			log.failure('work in the background', error);
			void showFailure(error);
		});
	};
	const localVault = new LocalVault(context);
	const isInUse = () => connections.session !== undefined || drafts.hasAny;
	const privacy: EditorPrivacy = new EditorPrivacy(context, applyPrivacy, isInUse, inBackground);
	const connections: EditorConnections = new EditorConnections(
		context,
		openVault,
		localVault,
		new CatalogFiles(context),
		inBackground,
		() => privacy.isLocked,
	);
	const allowances = new WindowAllowances();
	const statusBar = new StatusBar(connections, privacy, allowances);
	const names = new TabNames(connections, inBackground);
	const reveals = new Reveals(names);
	const text = new TextDrafts(organizationOf, names, inBackground);
	const isolated = new IsolatedEditors(context.extensionUri, names, inBackground);
	const store = new DraftStore(context);
	const clipboard = new EditorClipboard();
	const pages: ObjectPages = new ObjectPages({
		extensionUri: context.extensionUri,
		connections,
		privacy,
		clipboard,
		ready,
		read: (object) => readForPage(app, object),
		showAlike: (object, index) => showAlike(app, object, index),
		inBackground,
	});
	const drafts = new EditorDrafts({ text, isolated, store, connections, privacy }, inBackground);
	const offers = new DraftOffers(drafts, privacy, inBackground);
	const documents = new EditorDocuments({ reveals, pages, text, isolated, drafts, names, connections, privacy });
	const tree = new VaultTree(connections, ready, privacy, inBackground);
	const app: App = {
		ui: new EditorUi(log),
		connections,
		privacy,
		allowances,
		documents,
		drafts,
		clipboard,
		textEditor: new ActiveTextEditor(),
		view: tree,
		recentOrganizations: new RecentOrganizations(),
		templates: settings.templates,
		links: linksTo(context.extension),
		environmentKey: process.env['WORKOS_API_KEY'],
	};

	/** What people call the organization of a draft, as far as it is known in this window. */
	function organizationOf({ connectionId, keyContext }: Draft): string | undefined {
		const id = organizationIdOf(keyContext);
		const { session } = connections;
		if (id === undefined || session?.connection.id !== connectionId) return id;
		return session.catalog.organizations.find(id)?.name ?? id;
	}

	// The SDK is a chunk of its own, loaded with the first connection.
	async function openVault(endpoint: string, apiKey: string) {
		const { WorkOSVault } = await import('./workos/client');
		return new WorkOSVault({
			endpoint,
			apiKey,
			requestsPerMinute: settings.requestsPerMinute(),
			onRequest: (record) => log.request(record),
			onPause: (until) => statusBar.showPause(until),
		});
	}

	/** Puts away what must not be seen or kept in memory any more: of one connection, or everything. */
	async function withdraw(connectionId?: string): Promise<void> {
		await Promise.all([documents.closeAll(connectionId), drafts.withdraw(connectionId), clipboard.clearSecret()]);
	}

	/** Does what a change of lock or presentation mode means in this window. What has to go goes at once. */
	function applyPrivacy(before: PrivacyState): Promise<void> {
		if (privacy.isLocked) {
			allowances.revokeAll();
			connections.suspend();
			inBackground(pages.closeAll());
		}
		const withdrawn = privacy.isLocked || privacy.isPresenting ? withdraw() : undefined;
		const applied = Promise.all([withdrawn, applying]).then(async () => {
			if (!privacy.isLocked && !privacy.isPresenting) inBackground(offers.offerKept());
			if (!privacy.isLocked && before.isLocked && !connections.session) await connections.resume(false);
		});
		applying = applied.catch(() => undefined);
		return applied;
	}

	async function restore(): Promise<void> {
		// First of all: what is locked stays locked, whatever else can't be read.
		await privacy.open();
		await connections.open();
		if (!privacy.isLocked) await connections.resume(isDemo(context));
	}

	let applying: Promise<void> = Promise.resolve();
	let restoring: Promise<void> | undefined;
	function ready(): Promise<void> {
		restoring ??= restore().catch((error: unknown) => {
			log.failure('restore', error);
			void showFailure(error);
		});
		return restoring;
	}

	const outdatedMarks = new OutdatedMarks({
		connections,
		drafts,
		reveals,
		text,
		isolated,
		revealCurrent: (object, isIsolated) => revealCurrent(app, object, isIsolated),
		inBackground,
	});
	ending = async () => void (await Promise.all([store.flush(), connections.end()]));
	inBackground(text.letGoRestored().then((tabs) => (tabs > 0 ? ready() : undefined)));
	context.subscriptions.push(
		registerCommands(app, log, ready, context.extension.packageJSON as Menus),
		registerLinks(app, log, ready),
		text.onDidAskToPublish(
			(draft) => void vscode.commands.executeCommand('workosVault.publishDraft' satisfies CommandId, draft),
		),
		tree.onDidChangeSelection(() => {
			for (const row of tree.selection()) if (row.kind === 'object') pages.want(row.object.id);
		}),
		connections.onDidSignOut((connectionId) =>
			inBackground(Promise.all([withdraw(connectionId), pages.closeAll(connectionId)])),
		),
		tree,
		new CiphertextHover(),
		new CiphertextActions(),
		new CiphertextMenuKeys(),
		new InFront(),
		new DraftStatus(drafts),
		outdatedMarks,
		pages,
		names,
		drafts,
		offers,
		reveals,
		text,
		isolated,
		store,
		clipboard,
		statusBar,
		privacy,
		connections,
		localVault,
		log,
	);
}

/** Waits until what was typed and learnt last is on the disk, encrypted. */
export async function deactivate(): Promise<void> {
	await ending();
}

/** True in the window of `npm start`: the variable counts only while the extension is under development. */
function isDemo({ extensionMode }: vscode.ExtensionContext): boolean {
	return extensionMode === vscode.ExtensionMode.Development && process.env['WORKOS_VAULT_DEV_LOCAL'] === 'demo';
}
