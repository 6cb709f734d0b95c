import * as vscode from 'vscode';
import type { Connections, Privacy, View } from '../commands/ports';
import type { Disposable } from '../vault/event';
import type { ObjectMetadata } from '../vault/model';
import type { OutlineNode } from '../vault/outline';
import { toTreeItem } from './treeItem';

const viewId = 'workosVault.objects';
/** A scan tells of every object: the view is painted at most this often, in ms. */
const paintPause = 150;

/** The sidebar's tree over the outline of the connection in use, and the context key that chooses the welcome content. */
export class VaultTree implements vscode.TreeDataProvider<OutlineNode>, View, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<OutlineNode | undefined>();
	readonly #view: vscode.TreeView<OutlineNode>;
	readonly #subscriptions: vscode.Disposable;
	#outlineSubscription: Disposable | undefined;
	#painting: NodeJS.Timeout | undefined;
	#isReady = false;

	readonly onDidChangeTreeData = this.#changed.event;

	constructor(
		private readonly connections: Connections,
		/** Restores the last connection; rejects never. */
		private readonly ready: () => Promise<void>,
		private readonly privacy: Privacy & { readonly onDidChange: vscode.Event<void> },
	) {
		this.#view = vscode.window.createTreeView(viewId, {
			treeDataProvider: this,
			canSelectMany: true,
			showCollapseAll: true,
			dragAndDropController: {
				dragMimeTypes: ['text/plain'],
				dropMimeTypes: [],
				handleDrag: (nodes, transfer) => {
					const names = nodes.flatMap((node) => (node.kind === 'object' ? [node.object.name] : []));
					transfer.set('text/plain', new vscode.DataTransferItem(names.join('\n')));
				},
			},
		});
		this.#subscriptions = vscode.Disposable.from(
			this.#view,
			this.#changed,
			connections.onDidChangeSession(() => this.#follow()),
			privacy.onDidChange(() => this.#paint()),
		);
		this.#follow();
	}

	getTreeItem(node: OutlineNode): vscode.TreeItem {
		return toTreeItem(node, this.connections.session?.outline);
	}

	async getChildren(node?: OutlineNode): Promise<OutlineNode[]> {
		await this.ready();
		this.#isReady = true;
		const { session } = this.connections;
		const rows = (await session?.outline.children(node)) ?? [];
		if (session !== this.connections.session) return [];
		if (!node) this.#showState();
		return rows;
	}

	getParent(node: OutlineNode): OutlineNode | undefined {
		return this.connections.session?.outline.parent(node);
	}

	selection(): readonly OutlineNode[] {
		return this.#view.selection;
	}

	async show(object: ObjectMetadata): Promise<void> {
		const outline = this.connections.session?.outline;
		if (!outline) return;
		await vscode.commands.executeCommand(`${viewId}.focus`);
		await outline.makeVisible(object);
		this.#paint();
		await this.#view.reveal(outline.objectNode(object), { select: true, focus: true });
	}

	dispose(): void {
		clearTimeout(this.#painting);
		this.#outlineSubscription?.dispose();
		this.#subscriptions.dispose();
	}

	#follow(): void {
		this.#outlineSubscription?.dispose();
		this.#outlineSubscription = this.connections.session?.outline.onDidChange(() => {
			this.#painting ??= setTimeout(() => this.#paint(), paintPause);
		});
		this.#paint();
	}

	#paint(): void {
		clearTimeout(this.#painting);
		this.#painting = undefined;
		this.#showState();
		this.#changed.fire(undefined);
	}

	#showState(): void {
		const without = this.privacy.isLocked ? 'locked' : this.#isReady ? 'disconnected' : 'loading';
		const state = this.connections.session?.outline.state ?? without;
		void vscode.commands.executeCommand('setContext', 'workosVault.state', state);
	}
}
