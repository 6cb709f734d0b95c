import * as vscode from 'vscode';
import type { Draft } from '../../vault/drafts/draft';
import type { Adopted, DraftStore } from './draftStore';
import { wordsOfDiskFault } from '../storage/diskFaults';
import { plain } from '../visibleText';

/** What a person is told of drafts that are not published: where their words are, and what can't be opened. */
export class DraftMessages {
	/** How many kept drafts can't be opened, as far as the person was told. */
	#unreadable = 0;
	#isFaultTold = false;

	constructor(
		private readonly store: DraftStore,
		/** Tells of a failure of what nobody waits for. */
		private readonly report: (work: Promise<unknown>) => void,
	) {}

	/** Tells what a look at the kept drafts found, each thing once. */
	tell({ unreadable, fault }: Adopted): void {
		if (unreadable > this.#unreadable) this.report(this.#tellUnreadable());
		this.#unreadable = Math.max(unreadable, this.#unreadable);
		if (fault !== undefined && !this.#isFaultTold) {
			const sentence = `Drafts that are kept encrypted can’t be looked at now: ${wordsOfDiskFault(fault)}. It is tried again by itself.`;
			void vscode.window.showWarningMessage(sentence);
		}
		this.#isFaultTold = fault !== undefined;
	}

	/** Says of drafts that they are not published, and where their words are. */
	describe(drafts: readonly Draft[]): string {
		const names = drafts.map(({ name }) => plain(`“${name}”`)).join(', ');
		const what = drafts.length === 1 ? `The draft of ${names} is` : `The drafts of ${names} are`;
		const where = drafts.some((draft) => this.store.isRefused(draft))
			? 'It can’t be kept on this machine now: only this window has what you wrote.'
			: 'Until you publish or discard, what you wrote is kept encrypted on this machine.';
		return `${what} not published. ${where}`;
	}

	async #tellUnreadable(): Promise<void> {
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
