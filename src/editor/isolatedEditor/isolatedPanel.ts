import * as vscode from 'vscode';
import type { FromPage, ToPage } from '../../isolated/messages';
import { setPage } from '../webPage';

/** As the manifest names it, too. */
export const panelType = 'workosVault.isolated';
const body = `<header><h1>WorkOS Vault</h1><span>Isolated: no other extension and no backup sees this text.</span><span role="status"></span></header>
<p class="notice" role="status"></p>
<main></main>`;

/** What is asked for a panel. */
interface PanelOptions {
	readonly extensionUri: vscode.Uri;
	readonly title: string;
	/** Keeps the page, and with it undo, while another tab is in front of it. Else it is made anew. */
	readonly keepsPage: boolean;
	/** What a new page is told, at the start and whenever VS Code made it anew. */
	readonly firstMessage: () => ToPage;
	readonly onMessage: (message: Exclude<FromPage, { type: 'ready' }>) => void;
	/** Lets work go on that nobody waits for; a failure of it is shown. */
	readonly inBackground: (work: Promise<unknown>) => void;
}

/** A tab that shows the isolated page. VS Code never restores it: nothing is registered that could. */
export class IsolatedPanel {
	readonly #panel: vscode.WebviewPanel;
	readonly #loaded = Promise.withResolvers<void>();
	#isClosed = false;
	#notice = '';

	/** Resolves when the page was told what to show, or the tab is closed. */
	readonly loaded = this.#loaded.promise;
	readonly onDidClose: vscode.Event<void>;
	readonly onDidChangeActive: vscode.Event<unknown>;

	constructor(private readonly options: PanelOptions) {
		const { extensionUri, keepsPage, onMessage } = options;
		this.#panel = vscode.window.createWebviewPanel(panelType, options.title, vscode.ViewColumn.Active, {
			retainContextWhenHidden: keepsPage,
		});
		this.onDidClose = this.#panel.onDidDispose;
		this.onDidChangeActive = this.#panel.onDidChangeViewState;
		this.#panel.onDidDispose(() => {
			this.#isClosed = true;
			this.#loaded.resolve();
		});
		this.#panel.webview.onDidReceiveMessage((message: FromPage) => {
			if (message.type !== 'ready') return onMessage(message);
			this.post(options.firstMessage());
			if (this.#notice) this.post({ type: 'notice', notice: this.#notice });
			this.#loaded.resolve();
		});
		setPage(this.#panel.webview, extensionUri, 'isolated', body);
	}

	get isActive(): boolean {
		return !this.#isClosed && this.#panel.active;
	}

	set title(title: string) {
		if (!this.#isClosed && this.#panel.title !== title) this.#panel.title = title;
	}

	/** What the page says above the text; nothing while it is empty. */
	get notice(): string {
		return this.#notice;
	}

	set notice(notice: string) {
		if (notice === this.#notice) return;
		this.#notice = notice;
		this.post({ type: 'notice', notice });
	}

	/** Tells the page, if there is one: a page that is made anew is told the first message. */
	post(message: ToPage): void {
		if (!this.#isClosed) this.options.inBackground(Promise.resolve(this.#panel.webview.postMessage(message)));
	}

	/** Brings the tab to the front. */
	reveal(): void {
		this.#panel.reveal();
	}

	close(): void {
		this.#panel.dispose();
	}
}
