import * as vscode from 'vscode';
import type { Adopted, DraftStore } from './draftStore';
import { wordsOfDiskFault } from '../../storage/diskFaults';

/** Warns of kept drafts that can't be opened, or not be looked at now: of each thing once. */
export class AdoptionWarnings {
	/** How many drafts the person was warned of. */
	#unreadable = 0;
	#isFaultShown = false;

	constructor(
		private readonly store: DraftStore,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		private readonly inBackground: (work: Promise<unknown>) => void,
	) {}

	/** Shows what is wrong with what a look at the kept drafts found. */
	show({ unreadable, fault }: Adopted): void {
		if (unreadable > this.#unreadable) this.inBackground(this.#warnOfUnreadable());
		this.#unreadable = Math.max(unreadable, this.#unreadable);
		if (fault !== undefined && !this.#isFaultShown) {
			const sentence = `Drafts that are kept encrypted can’t be looked at now: ${wordsOfDiskFault(fault)}. It is tried again by itself.`;
			void vscode.window.showWarningMessage(sentence);
		}
		this.#isFaultShown = fault !== undefined;
	}

	async #warnOfUnreadable(): Promise<void> {
		if (await this.store.hasKey()) {
			const why = 'their files are damaged, or another client of this machine has their key';
			void vscode.window.showWarningMessage(`Drafts that were kept encrypted can’t be opened: ${why}.`);
			return;
		}
		const pressed = await vscode.window.showWarningMessage(
			'Drafts that were kept encrypted can’t be opened: their key is missing from the secret storage of this machine. If its keyring is locked, unlock it and reload the window. Until then no other draft is kept.',
			'Reload Window',
			'Discard Them…',
		);
		if (pressed === 'Reload Window') await vscode.commands.executeCommand('workbench.action.reloadWindow');
		if (pressed !== 'Discard Them…') return;
		const discard = 'Discard';
		const detail = 'With their key, they could be opened again. Once discarded, they are gone.';
		const sure = await vscode.window.showWarningMessage(
			'Discard the drafts that can’t be opened?',
			{ modal: true, detail },
			discard,
		);
		if (sure === discard) await this.store.discardUnreadable();
	}
}
