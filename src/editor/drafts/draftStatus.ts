import * as vscode from 'vscode';
import type { Draft } from '../../vault/drafts/draft';

/** Where drafts are edited. */
interface DraftSource {
	readonly onDidChangeDrafts: vscode.Event<void>;
	readonly active: Draft | undefined;
}

/** Tells of the draft in the active editor, for VS Code itself believes that a draft is saved. */
export class DraftStatus implements vscode.Disposable {
	readonly #item = vscode.window.createStatusBarItem('workosVault.draft', vscode.StatusBarAlignment.Left);
	readonly #subscriptions: vscode.Disposable;

	constructor(private readonly drafts: DraftSource) {
		this.#item.name = 'WorkOS Vault Draft';
		this.#subscriptions = vscode.Disposable.from(
			this.#item,
			drafts.onDidChangeDrafts(() => this.#update()),
		);
		this.#update();
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	#update(): void {
		const draft = this.drafts.active;
		if (!draft) {
			this.#item.hide();
			return;
		}
		this.#item.text = draft.isUnpublished ? '$(circle-filled) Draft not published' : '$(check) No changes';
		const label = draft.isUnpublished ? 'Vault draft not published. Publish…' : 'Vault draft: no changes';
		this.#item.accessibilityInformation = { label };
		this.#item.tooltip = draft.isUnpublished
			? 'Save to publish this draft as a new version.'
			: 'Nothing to publish: this is what the vault was last known to hold.';
		this.#item.command = draft.isUnpublished ? 'workosVault.publishDraft' : undefined;
		this.#item.show();
	}
}
