import * as vscode from 'vscode';
import { describeArrangement } from '../../commands/tree/arrangementText';
import type { Session } from '../../commands/ports';
import { setContextKey } from '../contextKeys';
import { indexed } from './treeItem';
import { plain } from '../visibleText';

/** A larger number has no room on the badge. */
const mostOnBadge = 99;

/**
 * What stands around the rows of the view: its message, its badge, the bar of a scan, and the context keys that choose its
 * welcome content and its buttons.
 */
export class ViewHeader implements vscode.Disposable {
	#endProgress: (() => void) | undefined;

	constructor(
		private readonly view: vscode.TreeView<unknown>,
		private readonly viewId: string,
	) {}

	/** @param isReady whether the last connection was restored */
	show(session: Session | undefined, isLocked: boolean, isReady: boolean): void {
		const outline = session?.outline;
		const without = isLocked ? 'locked' : isReady ? 'disconnected' : 'loading';
		const isScanning = outline?.progress.phase === 'scanning';
		setContextKey('state', outline?.state ?? without);
		setContextKey('isVaultOpen', outline !== undefined && outline.state !== 'loading');
		setContextKey('isTree', outline?.arrangement.isTree ?? false);
		setContextKey('isScanning', isScanning);
		const production = session?.connection.isProduction ? [`Production: ${plain(session.connection.name)}`] : [];
		const arranged = outline?.state === 'ready' ? plain(describeArrangement(outline.arrangement)) : '';
		const parts = [...production, arranged, isScanning ? indexed(outline) : ''];
		const message = parts.filter((part) => part !== '').join(' · ');
		// Each message that is set puts off the drawing of rows.
		if (message !== this.view.message) this.view.message = message;
		this.#showUnseen(outline?.unseenCount ?? 0);
		this.#showProgress(isScanning);
	}

	dispose(): void {
		this.#endProgress?.();
	}

	/** The bar that the view has while a scan goes on; the title bar has a button to stop it. */
	#showProgress(isScanning: boolean): void {
		if (!isScanning) {
			this.#endProgress?.();
			this.#endProgress = undefined;
		} else if (!this.#endProgress) {
			const { promise, resolve } = Promise.withResolvers<void>();
			this.#endProgress = resolve;
			void vscode.window.withProgress({ location: { viewId: this.viewId } }, () => promise);
		}
	}

	#showUnseen(count: number): void {
		if (count === 0) {
			if (this.view.badge) this.view.badge = undefined;
			return;
		}
		const tooltip = `${count.toLocaleString('en-US')} ${count === 1 ? 'object' : 'objects'} changed by others`;
		if (this.view.badge?.tooltip !== tooltip) this.view.badge = { value: Math.min(count, mostOnBadge), tooltip };
	}
}
