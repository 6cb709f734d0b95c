import * as vscode from 'vscode';
import type { Connections, Privacy, View } from '../../commands/ports';
import type { Disposable } from '../../vault/event';
import type { KnownObject } from '../../vault/model';
import type { Outline } from '../../vault/outline/outline';
import type { OutlineNode } from '../../vault/outline/nodes';
import { objectAddress } from '../addresses';
import type { SettingName } from '../settingValues';
import { keepInStep } from './keepInStep';
import { isCounting, saySame } from './rowWords';
import { ViewHeader } from './viewHeader';
import { toTreeItem } from './treeItem';
import { UnseenMarks } from './unseenMarks';

/** As the manifest names it, too. */
export const viewId = 'workosVault.objects';
/** What changes together is painted together, in ms. */
const paintDelay = 50;
/**
 * A scan tells of every object: the view is painted at most this often, in ms. VS Code draws a tree only when nothing
 * was told of it for 200 ms.
 */
const paintPauseMs = 500;
/** While a scan goes on, rows that count something are drawn anew at most this often, in ms. */
const renewPauseMs = 2000;

/** The sidebar's tree over the outline of the connection in use. */
export class VaultTree implements vscode.TreeDataProvider<OutlineNode>, View, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<OutlineNode | undefined>();
	readonly #selectionChanged = new vscode.EventEmitter<void>();
	readonly #view: vscode.TreeView<OutlineNode>;
	readonly #subscriptions: vscode.Disposable;
	#outline: Outline | undefined;
	#outlineSubscription: Disposable | undefined;
	#painting: NodeJS.Timeout | undefined;
	#paintedAt = 0;
	#isReady = false;
	/** Whether VS Code is about to ask for all rows. */
	#isTopDue = false;
	/** Who waits for that. */
	readonly #waiting: (() => void)[] = [];
	#renewedAt = 0;
	/** The element of each row that was drawn, by its key. VS Code knows a row by its element: it stays over redraws. */
	readonly #elements = new Map<string, OutlineNode>();
	/** What elements stand for by now. */
	readonly #renewed = new WeakMap<OutlineNode, OutlineNode>();
	/** The keys of the rows that VS Code last said are selected. */
	#selected: readonly string[] = [];
	/** The rows that were drawn under a row (undefined: at the top), as long as they stand there. */
	readonly #drawn = new Map<OutlineNode | undefined, readonly OutlineNode[]>();
	readonly #step: ReturnType<typeof keepInStep>;
	readonly #header: ViewHeader;

	readonly onDidChangeTreeData = this.#changed.event;
	/** Fires when `selection` has another answer. */
	readonly onDidChangeSelection = this.#selectionChanged.event;

	constructor(
		private readonly connections: Connections,
		/** Restores the last connection; rejects never. */
		private readonly ready: () => Promise<void>,
		private readonly privacy: Privacy & { readonly onDidChange: vscode.Event<void> },
		inBackground: (work: Promise<unknown>) => void,
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
		this.#header = new ViewHeader(this.#view, viewId);
		this.#step = keepInStep(connections, () => this.#view.visible, inBackground);
		this.#subscriptions = vscode.Disposable.from(
			this.#view,
			this.#header,
			this.#step,
			new UnseenMarks(),
			this.#view.onDidChangeVisibility(() => {
				this.#goOn();
				this.#step.syncIfDue();
			}),
			this.#view.onDidChangeSelection(({ selection }) => {
				this.#selected = selection.map(({ key }) => key);
				this.#selectionChanged.fire();
			}),
			this.#selectionChanged,
			this.#changed,
			connections.onDidChangeSession(() => this.#subscribeToSession()),
			privacy.onDidChange(() => this.#showState()),
			// What a click does is drawn with each row.
			vscode.workspace.onDidChangeConfiguration((event) => {
				if (event.affectsConfiguration('workosVault.click' satisfies SettingName)) this.redraw();
			}),
		);
		this.#showState();
		this.#subscribeToSession();
	}

	getTreeItem(element: OutlineNode): vscode.TreeItem {
		const node = this.current(element);
		return toTreeItem(node, this.connections.session?.outline);
	}

	async getChildren(node?: OutlineNode): Promise<OutlineNode[]> {
		await this.ready();
		this.#isReady = true;
		const { session } = this.connections;
		const rows = (await session?.outline.children(node && this.current(node))) ?? [];
		if (session?.outline !== this.connections.session?.outline) return [];
		const elements = rows.map((row) => this.#elementOf(row));
		this.#drawn.set(node, elements);
		if (!node) {
			this.#showState();
			this.#step.syncIfDue();
			this.#isTopDue = false;
			this.#goOn();
		}
		return elements;
	}

	async getParent(node: OutlineNode): Promise<OutlineNode | undefined> {
		const parent = await this.connections.session?.outline.parent(this.current(node));
		return parent && (this.#elements.get(parent.key) ?? parent);
	}

	selection(): readonly OutlineNode[] {
		// VS Code forgets elements while it draws their rows anew: some may be missing now, or have been when it told.
		const { selection } = this.#view;
		const keys = new Set([...this.#selected, ...selection.map(({ key }) => key)]);
		return [...keys].flatMap((key) => this.#elements.get(key) ?? []).map((element) => this.current(element));
	}

	current(element: OutlineNode): OutlineNode {
		return this.#renewed.get(element) ?? element;
	}

	redraw(): void {
		this.#changed.fire(undefined);
	}

	async show(object: KnownObject): Promise<void> {
		const outline = this.connections.session?.outline;
		if (!outline) return;
		await vscode.commands.executeCommand(`${viewId}.focus`);
		await outline.makeVisible(object);
		await this.#repaint();
		await this.#view.reveal(outline.objectNode(object), { select: true, focus: true });
	}

	async open(object: KnownObject): Promise<void> {
		await vscode.commands.executeCommand('vscode.open', objectAddress(object));
	}

	beside(rows: readonly OutlineNode[]): OutlineNode | undefined {
		const keys = new Set(rows.map(({ key }) => key));
		const isGoing = ({ key }: OutlineNode) => keys.has(key);
		for (const [above, drawn] of this.#drawn) {
			const first = drawn.findIndex(isGoing);
			if (first < 0) continue;
			const isStaying = (row: OutlineNode) => !isGoing(row);
			return drawn.slice(first).find(isStaying) ?? drawn.slice(0, first).findLast(isStaying) ?? above;
		}
		return undefined;
	}

	get isAlone(): boolean {
		return this.#view.visible && vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
	}

	async focus(row?: OutlineNode): Promise<void> {
		await this.#repaint();
		const element = row && this.#elements.get(row.key);
		try {
			if (element && this.#isDrawn(element)) return await this.#view.reveal(element, { select: true, focus: true });
		} catch {
			// It went in this moment.
		}
		// What is hidden in the next moment would lose it.
		while (this.#isTopDue && this.#view.visible) await new Promise<void>((resolve) => this.#waiting.push(resolve));
		// VS Code may be told to go there before it draws what it was answered; the second time it has drawn it.
		for (let times = 0; times < 2; times++) await vscode.commands.executeCommand(`${viewId}.focus`);
	}

	dispose(): void {
		clearTimeout(this.#painting);
		this.#outlineSubscription?.dispose();
		this.#subscriptions.dispose();
	}

	/** Shows the outline of the session in use; what else changes about a session, such as a mark, changes no row. */
	#subscribeToSession(): void {
		const outline = this.connections.session?.outline;
		this.#showState();
		if (outline === this.#outline) return;
		this.#outline = outline;
		this.#outlineSubscription?.dispose();
		this.#outlineSubscription = outline?.onDidChange(() => {
			const delay = Math.max(paintDelay, this.#paintedAt + paintPauseMs - Date.now());
			this.#painting ??= setTimeout(() => void this.#repaint(), delay);
		});
		this.#paint();
	}

	/** Draws anew what changed, and nothing else: a row that is drawn anew takes no click for a moment. */
	async #repaint(): Promise<void> {
		clearTimeout(this.#painting);
		this.#painting = undefined;
		this.#paintedAt = Date.now();
		this.#showState();
		const outline = this.connections.session?.outline;
		const isCountDue = outline?.progress.phase !== 'scanning' || Date.now() - this.#renewedAt >= renewPauseMs;
		if (isCountDue) this.#renewedAt = Date.now();
		for (const [node, before] of [...this.#drawn]) {
			if (!outline || (node && !this.#isDrawn(node))) {
				this.#drawn.delete(node);
				continue;
			}
			const rows = await outline.children(node && this.current(node));
			if (this.connections.session?.outline !== outline) return;
			if (rows.length !== before.length || rows.some(({ key }, index) => key !== before[index]?.key)) {
				this.#changed.fire(node);
				if (!node) return;
				continue;
			}
			this.#renew(before, rows, isCountDue);
		}
	}

	/** Draws those rows anew that say something else by now; those that count something with pauses. */
	#renew(before: readonly OutlineNode[], rows: readonly OutlineNode[], isCountDue: boolean): void {
		for (const [index, row] of rows.entries()) {
			const drawn = before[index];
			if (!drawn || (isCounting(row) && !isCountDue)) continue;
			if (row.kind !== 'scanning' && saySame(row, this.current(drawn))) continue;
			this.#renewed.set(drawn, row);
			this.#changed.fire(drawn);
		}
	}

	#isDrawn(node: OutlineNode): boolean {
		for (const rows of this.#drawn.values()) if (rows.includes(node)) return true;
		return false;
	}

	#elementOf(row: OutlineNode): OutlineNode {
		const element = this.#elements.get(row.key);
		if (element) this.#renewed.set(element, row);
		else this.#elements.set(row.key, row);
		return element ?? row;
	}

	/** Has those look again who wait for the rows at the top. */
	#goOn(): void {
		// VS Code is to have the answer first that is about to be given.
		for (const resolve of this.#waiting.splice(0)) setTimeout(resolve);
	}

	#paint(): void {
		clearTimeout(this.#painting);
		this.#painting = undefined;
		this.#drawn.clear();
		this.#elements.clear();
		this.#showState();
		// What VS Code asked for before is answered from this outline: drawn twice, rows would lose a click.
		this.#isTopDue = this.#isReady;
		if (this.#isReady) this.#changed.fire(undefined);
	}

	#showState(): void {
		this.#header.show(this.connections.session, this.privacy.isLocked, this.#isReady);
	}
}
