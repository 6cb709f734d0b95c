import * as vscode from 'vscode';
import { ObjectPage } from '../../commands/objectPage/objectPage';
import { readersOf } from '../../commands/objectPage/readers';
import type { Session } from '../../commands/ports';
import type { FromObjectPage, ObjectAct, ToObjectPage } from '../../isolated/object/messages';
import { isSameTime } from '../../vault/catalog/changeTimes';
import type { KnownObject } from '../../vault/model';
import { idOf, objectScheme } from '../addresses';
import { AutoHide } from '../autoHide';
import { isWithdrawn } from '../drafts/withdrawal';
import { settings } from '../settings';
import { setPage } from '../webPage';
import { visible } from '../visibleText';
import { goOut, perform } from './acts';
import { activityContentOf } from './activityContent';
import { contentOf } from './content';
import { LastTextEditor } from './lastTextEditor';
import type { OpenPage, PageTools } from './openPage';
import { knownTimeZone } from './pageMessages';
import { factsOf } from './valueFacts';
import { WishedValue } from './wishedValue';

const hiddenWords = 'Hidden again.';
/** As the manifest names their editor, too. */
export const viewType = 'workosVault.object';
/** A scan tells a thousand changes in a second: so long they wait for each other, in ms. */
const showsAtMostEveryMs = 100;

/**
 * The pages of objects: read-only editors that VS Code opens for a row's address, as it opens a file. One that it restored
 * asks nobody until a person wants it. No page holds a value.
 */
export class ObjectPages implements vscode.CustomReadonlyEditorProvider, vscode.Disposable {
	readonly #open = new Set<OpenPage>();
	/** The addresses of pages that VS Code restored with the window. */
	readonly #restored = new Set<string>();
	readonly #autoHide = new AutoHide<OpenPage>((open) => this.#hide(open, hiddenWords));
	readonly #lastEditor = new LastTextEditor();
	readonly #subscriptions: vscode.Disposable;

	constructor(private readonly tools: PageTools) {
		const { connections, privacy } = tools;
		for (const { input } of allTabs()) if (isPage(input)) this.#restored.add(input.uri.toString());
		this.#subscriptions = vscode.Disposable.from(
			vscode.window.registerCustomEditorProvider(viewType, this),
			connections.onDidChangeSession(() => this.#showAll()),
			privacy.onDidChange(() => this.#showAll()),
		);
	}

	openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
		return { uri, dispose: () => undefined };
	}

	async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
		const open: OpenPage = {
			objectId: uri.scheme === objectScheme ? idOf(uri) : '',
			connectionId: undefined,
			panel,
			uri,
			page: undefined,
			timeZone: 'UTC',
			sent: '',
			value: new WishedValue(),
			due: undefined,
			isReady: false,
		};
		panel.webview.onDidReceiveMessage((message: FromObjectPage) => {
			if (message.type === 'act') return this.tools.inBackground(this.#act(open, message));
			if (message.type === 'used') return open.value.of && this.#autoHide.use(open);
			// A page that was made anew shows nothing yet.
			this.#forgetValue(open);
			open.timeZone = knownTimeZone(message.timeZone);
			open.sent = '';
			this.#show(open);
		});
		panel.onDidChangeViewState(() => {
			// VS Code ends a page in the background, and its value with it.
			if (!panel.visible) this.#forgetValue(open);
			this.#show(open);
		});
		// From now on, as a tab may be closed while the connection is restored.
		this.#open.add(open);
		panel.onDidDispose(() => {
			this.#forgetValue(open);
			this.#open.delete(open);
			clearTimeout(open.due);
			this.#restored.delete(uri.toString());
			open.page?.dispose();
		});
		setPage(panel.webview, this.tools.extensionUri, 'object', '<main></main>');
		await this.tools.ready();
		open.isReady = true;
		this.#show(open);
	}

	/** Has the restored page of an object ask for what it shows: a person chose the object. */
	want(objectId: string): void {
		for (const open of this.#open) {
			if (open.objectId === objectId && this.#restored.delete(open.uri.toString())) this.#show(open);
		}
	}

	/** Blanks every value that a page shows. */
	hideAll(): void {
		for (const open of this.#open) this.#hide(open, hiddenWords);
	}

	/** Closes every page, or those of one connection: their tabs have names of objects. */
	async closeAll(connectionId?: string): Promise<void> {
		const going = [...this.#open].filter((open) => isWithdrawn(open, connectionId));
		const known = new Set([...this.#open].map(({ uri }) => uri.toString()));
		// What VS Code restored and nobody has looked at yet is of nobody knows which connection.
		const others = allTabs().filter(({ input }) => isPage(input) && !known.has(input.uri.toString()));
		for (const { panel } of going) panel.dispose();
		await vscode.window.tabGroups.close(others);
	}

	dispose(): void {
		for (const { page, due } of this.#open) {
			clearTimeout(due);
			page?.dispose();
		}
		this.#autoHide.dispose();
		this.#lastEditor.dispose();
		this.#subscriptions.dispose();
	}

	#showAll(): void {
		for (const open of this.#open) this.#show(open);
	}

	/** Has a page show what is known by now. What is not seen is not asked for, and shows it when it is. */
	#show(open: OpenPage): void {
		if (!open.isReady || !this.#open.has(open)) return;
		const { session } = this.tools.connections;
		if (open.page?.session.outline !== session?.outline) {
			open.page?.dispose();
			open.page = session && new ObjectPage(session, open.objectId);
			open.connectionId = session?.connection.id ?? open.connectionId;
			open.page?.onDidChange(() => {
				this.#hideOutdated(open);
				open.due ??= setTimeout(() => this.#show(open), showsAtMostEveryMs);
			});
		}
		clearTimeout(open.due);
		open.due = undefined;
		if (!open.panel.visible) return;
		const { page } = open;
		if (page?.object && !this.#isRestored(open)) void page.askIfOutdated();
		this.#hideOutdated(open);
		const message = this.#messageFor(open);
		const json = JSON.stringify(message);
		if (json === open.sent) return;
		open.sent = json;
		this.#post(open, message);
	}

	#post({ panel }: OpenPage, message: ToObjectPage): void {
		this.tools.inBackground(Promise.resolve(panel.webview.postMessage(message)));
	}

	async #reveal(open: OpenPage, object: KnownObject): Promise<void> {
		const { page } = open;
		const wish = open.value.begin();
		if (!wish) return;
		try {
			const revealed = await this.tools.read(object);
			// Who went on to something else does not look at it any more.
			if (!revealed || wish.isOver() || open.page !== page) return;
			const facts = factsOf(revealed.value, { timeZone: open.timeZone, now: Date.now() });
			const shown = (facts?.facts ?? []).map(({ label, text }) => ({ label, text: visible(text) }));
			open.value.show(revealed.of?.updatedAt);
			this.#autoHide.use(open);
			this.#post(open, { type: 'value', value: { text: revealed.value, kind: facts?.kind, facts: shown } });
			this.#hideOutdated(open);
			// The vault has logged this read by now.
			void page?.readNewestEvents();
		} finally {
			wish.end();
		}
	}

	#hideOutdated(open: OpenPage): void {
		const { page, value } = open;
		if (value.of && !(page?.object && isSameTime(page.object.updatedAt, value.of))) {
			this.#hide(open, 'The object changed, so the value that was here is hidden.');
		}
	}

	#hide(open: OpenPage, sentence: string): void {
		const isShown = open.value.of !== undefined;
		this.#forgetValue(open);
		if (isShown) this.#post(open, { type: 'hide', sentence });
	}

	#forgetValue(open: OpenPage): void {
		open.value.forget();
		this.#autoHide.delete(open);
	}

	#messageFor(open: OpenPage): ToObjectPage {
		const { connections, privacy } = this.tools;
		const { session } = connections;
		if (privacy.isLocked) return blank('WorkOS Vault is locked.', 'unlock');
		if (!session) return blank('No vault is connected.', 'connect');
		const object = open.page?.object;
		if (open.page && object) {
			const use = this.#readers(object, session).map(({ label, text }) => ({ language: label, text }));
			const { activityFailure } = open.page;
			const reader = { timeZone: open.timeZone, now: Date.now() };
			const ownReads = session.activity.ownReadsOf(object.id);
			const activity = activityContentOf(open.page.activityOf(object), ownReads, activityFailure, reader);
			const content = contentOf(open.page, object, session.connection, use, this.#isRestored(open), activity, reader);
			return { type: 'show', content };
		}
		const { name } = session.connection;
		if (session.catalog.isIndexed) {
			return blank(`“${name}” has no such object: it was deleted, or it is another connection’s.`, 'refresh');
		}
		return blank(`This object is not among those of “${name}” that are indexed so far.`, 'refresh');
	}

	async #act(open: OpenPage, act: ObjectAct): Promise<void> {
		if (await goOut(act)) return;
		const { page, timeZone } = open;
		const object = page?.object;
		if (!page || !object) return;
		if (act.act === 'reveal') return this.#reveal(open, object);
		if (act.act === 'hide') return this.#hide(open, hiddenWords);
		if (act.act === 'look') this.#restored.delete(open.uri.toString());
		const lines = this.#readers(object, page.session);
		const { clipboard, showAlike } = this.tools;
		await perform(act, { page, object, lines, timeZone }, { clipboard, showAlike, lastEditor: this.#lastEditor });
		// There is nothing more to see of what the person deleted here.
		if (act.act === 'delete' && !page.object) open.panel.dispose();
		// An older version may have taught that the vault hands out none.
		this.#showAll();
	}

	#readers(object: KnownObject, { connection }: Session) {
		const inUse = new Set(vscode.workspace.textDocuments.map(({ languageId }) => languageId));
		return readersOf(object, connection, settings.templates, inUse);
	}

	#isRestored({ uri }: OpenPage): boolean {
		return this.#restored.has(uri.toString());
	}
}

function blank(sentence: string, wayOut: (ToObjectPage & { type: 'blank' })['wayOut']): ToObjectPage {
	return { type: 'blank', sentence, wayOut };
}

function allTabs(): readonly vscode.Tab[] {
	return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

function isPage(input: unknown): input is vscode.TabInputCustom {
	return input instanceof vscode.TabInputCustom && input.viewType === viewType;
}
