import type * as vscode from 'vscode';
import type { FromPage, ToPage } from '../../isolated/messages';
import type { Draft } from '../../vault/drafts/draft';
import type { Disposable } from '../../vault/event';
import { flawOf, type Flaw } from '../../vault/drafts/textFlaws';
import type { TabNames } from '../documents/tabNames';
import { IsolatedPanel } from './isolatedPanel';
import { PageText } from './pageText';
import { TellableError } from '../errorMessages';
import { visible } from '../visibleText';

const flawed: Record<Flaw, string> = {
	mixedLineEnds: 'Read-only: an edit would make its mixed line ends alike',
	loneCarriageReturn: 'Read-only: an edit would change its lone carriage returns',
	loneSurrogate: 'Read-only: it holds half a character, which no editor keeps',
};

/** A draft in an isolated tab. Each change of the page is in the draft's text as soon as its message is here. */
export class IsolatedDraft {
	readonly panel: IsolatedPanel;
	readonly #subscription: Disposable;
	#pageText: PageText;
	/** What the page was sent to hold, until its next change comes. */
	#sent: string | undefined;
	#flaw: Flaw | undefined;
	#status = '';

	constructor(
		readonly draft: Draft,
		extensionUri: vscode.Uri,
		private readonly names: TabNames,
		inBackground: (work: Promise<unknown>) => void,
	) {
		this.#pageText = new PageText(draft.text);
		this.panel = new IsolatedPanel({
			extensionUri,
			title: this.#title,
			keepsPage: true,
			firstMessage: () => this.#open(),
			onMessage: (message) => this.#onMessage(message),
			inBackground,
		});
		this.#subscription = draft.onDidChange(() => this.#onChanged());
		const renaming = names.onDidChange(() => (this.panel.title = this.#title));
		this.panel.onDidClose(() => {
			this.#subscription.dispose();
			renaming.dispose();
		});
	}

	/** @throws TellableError while the draft's text is not known to be what the page shows */
	assertInStep(): void {
		if (this.#pageText.isInStep) return;
		throw new TellableError({
			sentence: `The last keys in “${this.draft.name}” have not come through yet. Try again in a moment.`,
		});
	}

	get #title(): string {
		const name = this.names.nameFor(this.draft.name, 'draft', this.draft);
		return this.draft.isUnpublished ? `● ${name}` : name;
	}

	#open(): ToPage {
		const { name, text } = this.draft;
		this.#flaw = flawOf(text);
		this.#pageText = new PageText(text);
		this.#sent = text;
		this.#status = this.#currentStatus();
		return { type: 'open', name: visible(name), text, isReadOnly: this.#flaw !== undefined, status: this.#status };
	}

	#onMessage(message: Exclude<FromPage, { type: 'ready' }>): void {
		if (message.type === 'used' || (message.type === 'changed' && !this.#pageText.isInStep)) return;
		if (message.type === 'changed') this.#pageText.applyChange(message);
		else this.#pageText.applyWhole(message);
		if (!this.#pageText.isInStep) return this.panel.post({ type: 'send' });
		this.#sent = undefined;
		this.draft.write(this.#pageText.text);
	}

	/** The text changed here, or elsewhere: then the page gets it. */
	#onChanged(): void {
		const { text } = this.draft;
		this.panel.title = this.#title;
		if (text !== (this.#sent ?? this.#pageText.text)) this.#send(text);
		const status = this.#currentStatus();
		if (status !== this.#status) this.panel.post({ type: 'status', status });
		this.#status = status;
	}

	#send(text: string): void {
		if (this.#flaw || flawOf(text)) return this.panel.post(this.#open());
		this.#sent = text;
		this.panel.post({ type: 'replace', text });
	}

	#currentStatus(): string {
		if (this.#flaw) return flawed[this.#flaw];
		return this.draft.isUnpublished ? 'Draft, not published' : 'No changes';
	}
}
