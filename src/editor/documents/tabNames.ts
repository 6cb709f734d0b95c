import * as vscode from 'vscode';
import type { Connections } from '../../commands/ports';
import { openTabs } from '../tabs';
import { nameOfTab, type TabKind } from './tabWords';

/** What a tab is called after. */
interface Named {
	readonly title: string;
	readonly kind: TabKind;
	/** What knows its connection. */
	readonly of: { readonly connectionId: string | undefined };
}

/** Nobody knows any more what connection it is of. */
const ofNobody: Named['of'] = { connectionId: undefined };

/**
 * The names of our tabs. VS Code takes a text editor's name from its address, where a slash can't be, unless whoever opens
 * the editor gives it another one, also later. A screen reader gets no decoration of it.
 */
export class TabNames implements vscode.Disposable {
	/** By the addresses of documents. */
	readonly #named = new Map<string, Named>();
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #subscriptions: vscode.Disposable;

	/** Fires when `nameFor` may have another answer. */
	readonly onDidChange = this.#changed.event;

	constructor(
		private readonly connections: Connections,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		private readonly inBackground: (work: Promise<unknown>) => void,
	) {
		const session = connections.onDidChangeSession(() => {
			for (const address of this.#named.keys()) this.#rename(vscode.Uri.parse(address, true));
			this.#changed.fire();
		});
		this.#subscriptions = vscode.Disposable.from(
			session,
			vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
				for (const { input } of opened) if (input instanceof vscode.TabInputText) this.#rename(input.uri);
			}),
			this.#changed,
		);
	}

	/** What a tab is called now that shows this. */
	nameFor(title: string, kind: TabKind, { connectionId } = this.here): string {
		const list = this.connections.list();
		const connection = list.length > 1 ? list.find(({ id }) => id === connectionId) : undefined;
		return nameOfTab(title, kind, connection?.name);
	}

	/** The connection that is in use now. */
	get here(): Named['of'] {
		return { connectionId: this.connections.session?.connection.id };
	}

	/** Names the tabs of a document, those that will be opened, too. */
	set(uri: vscode.Uri, title: string, kind: TabKind, of = this.here): void {
		this.#named.set(uri.toString(), { title, kind, of });
		this.#rename(uri);
	}

	/** Names the tabs of a document whose value is hidden by now. `title` is its own where it has no name yet. */
	setHidden(uri: vscode.Uri, title?: string): void {
		const named = this.#named.get(uri.toString()) ?? (title === undefined ? undefined : { title, of: ofNobody });
		if (named) this.set(uri, named.title, 'hidden', named.of);
	}

	delete(uri: vscode.Uri): void {
		this.#named.delete(uri.toString());
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	#rename(uri: vscode.Uri): void {
		const named = this.#named.get(uri.toString());
		if (!named) return;
		const name = this.nameFor(named.title, named.kind, named.of);
		for (const { input, label, group } of openTabs(uri)) {
			if (!(input instanceof vscode.TabInputText) || label === name) continue;
			// It is open: nothing but its name changes. In the background, no tab comes to the front.
			const options = { viewColumn: group.viewColumn, preserveFocus: true, preview: false, background: true };
			this.inBackground(Promise.resolve(vscode.commands.executeCommand('vscode.open', input.uri, options, name)));
		}
	}
}
