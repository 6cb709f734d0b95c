import * as vscode from 'vscode';
import { ensureShowable } from '../../commands/access/privacy';
import type { Privacy } from '../../commands/ports';
import type { Draft } from '../../vault/drafts/draft';
import type { EditorDrafts } from './drafts';
import { wordsOfOffer, wordsOfOvertaken } from './offerWords';

/** How often it is looked whether another window left drafts. */
const lookForDraftsEveryMs = 30_000;

/** Offers to reopen or discard drafts that are not published and that no editor shows. */
export class DraftOffers implements vscode.Disposable {
	#looking: NodeJS.Timeout | undefined;
	readonly #subscription: vscode.Disposable;

	constructor(
		private readonly drafts: EditorDrafts,
		private readonly privacy: Privacy,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		private readonly inBackground: (work: Promise<unknown>) => void,
	) {
		this.#subscription = drafts.onDidCloseUnpublished((draft) => inBackground(this.#offer([draft])));
	}

	/** Offers the drafts that are kept, and from now on those of windows that end. */
	async offerKept(): Promise<void> {
		this.#looking ??= setInterval(() => this.inBackground(this.#offerLeft()), lookForDraftsEveryMs);
		const drafts = (await this.drafts.unpublished()).filter((draft) => !this.drafts.isOpen(draft));
		if (drafts.length > 0) await this.#offer(drafts);
	}

	dispose(): void {
		clearInterval(this.#looking);
		this.#subscription.dispose();
	}

	/** Offers what a window left that ended after this one was opened. */
	async #offerLeft(): Promise<void> {
		if (this.privacy.isPresenting) return;
		const drafts = await this.drafts.adopt();
		if (drafts.length > 0) await this.#offer(drafts);
	}

	async #offer(drafts: readonly Draft[]): Promise<void> {
		// What began before a lock or a presentation says no name after it.
		if (this.privacy.isLocked || this.privacy.isPresenting) return;
		const areKept = drafts.every((draft) => this.drafts.isKept(draft));
		const all = drafts.length === 1 ? '' : ' All';
		const [reopen, discard] = [`Reopen${all}`, `Discard${all}`];
		const button = await vscode.window.showWarningMessage(wordsOfOffer(drafts, areKept), reopen, discard);
		if (button === undefined) return;
		ensureShowable({ privacy: this.privacy });
		await this.drafts.adopt();
		// VS Code can't take a message back: what it offers is looked at again.
		const settled: string[] = [];
		const open: string[] = [];
		for (const { id, name } of drafts) {
			const draft = this.drafts.withId(id);
			if (!draft?.isUnpublished) settled.push(name);
			else if (button === reopen) await this.drafts.edit(draft);
			else if (this.drafts.isOpen(draft)) open.push(name);
			else await this.drafts.discard(draft);
		}
		const overtaken = wordsOfOvertaken({ settled, open });
		if (overtaken !== undefined) void vscode.window.showInformationMessage(overtaken);
	}
}
