import * as vscode from 'vscode';
import type { Again, RevealedValue } from '../../commands/ports/documents';
import type { ToPage } from '../../isolated/messages';
import type { Draft } from '../../vault/drafts/draft';
import { flawOf } from '../../vault/drafts/textFlaws';
import { AutoHide } from '../autoHide';
import { wordsOfComparison, type Compared } from './comparison';
import { setContextKey } from '../contextKeys';
import { wordsOfHidden } from '../documents/hiddenWords';
import type { TabNames } from '../documents/tabNames';
import { isWithdrawn } from '../drafts/withdrawal';
import { IsolatedDraft } from './isolatedDraft';
import { IsolatedPanel } from './isolatedPanel';
import type { Content } from '../documents/outdated';
import { TellableError } from '../errorMessages';
import { visible } from '../visibleText';

const status = 'Read-only';

/** A tab that shows a value or a draft, with what it has. */
interface Shown {
	readonly panel: IsolatedPanel;
	readonly content: Content;
}

/**
 * The isolated editor: values in pages of their own, never in a text document, so that VS Code writes no backup of them
 * and no other extension sees them.
 */
export class IsolatedEditors implements vscode.Disposable {
	readonly #drafts = new Map<Draft, IsolatedDraft>();
	/** Tabs for values, each with a way to hide what it shows, and the connection that was in use when it was revealed. */
	readonly #values = new Map<IsolatedPanel, { readonly hide: () => void; readonly connectionId: string | undefined }>();
	/** How what tabs show, or showed before it was hidden, is shown once more. */
	readonly #again = new Map<IsolatedPanel, Again>();
	readonly #hidden = new Set<IsolatedPanel>();
	/** Of which objects tabs show what was the current value. */
	readonly #current = new Map<IsolatedPanel, NonNullable<RevealedValue['of']>>();
	readonly #autoHide = new AutoHide<IsolatedPanel>((panel) => this.#values.get(panel)?.hide());
	readonly #draftClosed = new vscode.EventEmitter<Draft>();
	readonly #activeChanged = new vscode.EventEmitter<void>();
	readonly #shownChanged = new vscode.EventEmitter<void>();

	/** Fires when the person closed a draft's tab. */
	readonly onDidCloseDraft = this.#draftClosed.event;
	/** Fires when `activeDraft` may have another answer. */
	readonly onDidChangeActive = this.#activeChanged.event;
	/** Fires when `shown` may have another answer, or another tab is in front. */
	readonly onDidChangeShown = this.#shownChanged.event;

	constructor(
		private readonly extensionUri: vscode.Uri,
		private readonly names: TabNames,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		private readonly inBackground: (work: Promise<unknown>) => void,
	) {}

	/** Opens a value in a tab, read-only. */
	show(revealed: RevealedValue): Promise<void> {
		const name = visible(revealed.title);
		return this.#show(name, { type: 'open', name, text: revealed.value, isReadOnly: true, status }, revealed);
	}

	/** Opens two values side by side, read-only. */
	compare(left: RevealedValue, right: Compared & Pick<RevealedValue, 'of'>): Promise<void> {
		const words = wordsOfComparison(left, right);
		const message = {
			type: 'compare',
			left: { name: words.left, text: left.value },
			right: { name: words.right, text: right.value },
			status: words.remark === undefined ? status : `${status}: the two ${words.remark}`,
		} as const;
		return this.#show(words.title, message, { ...left, of: left.of ?? right.of });
	}

	/** Opens a value beside a draft as it is now, both read-only. */
	compareWithDraft(theirs: RevealedValue, draft: Draft): Promise<void> {
		return this.compare(theirs, { title: 'your draft', value: draft.text });
	}

	/** Opens a draft, or brings its tab to the front. False where it is read-only: an edit could change it silently. */
	async edit(draft: Draft): Promise<boolean> {
		const open = this.#drafts.get(draft);
		open?.panel.reveal();
		await (open ?? this.#open(draft)).panel.loaded;
		return flawOf(draft.text) === undefined;
	}

	/**
	 * Replaces a draft's text, as an edit that can be undone in its tab.
	 * @throws TellableError for a text that an edit could change silently
	 */
	async replaceText(draft: Draft, text: string): Promise<void> {
		if (flawOf(text)) {
			throw new TellableError({
				sentence: `The editor can’t hold the other version of “${draft.name}” exactly. Your draft is untouched.`,
			});
		}
		await this.edit(draft);
		draft.write(text);
	}

	/** The draft in the active tab, as far as its keys have come through. */
	get activeDraft(): Draft | undefined {
		return this.#active()?.draft;
	}

	/**
	 * Makes sure that a draft's text holds every key typed so far: it does as soon as their messages are here.
	 * @throws TellableError while its text is not known to be what the page shows
	 */
	catchUp(draft: Draft): void {
		this.#drafts.get(draft)?.assertInStep();
	}

	/** The tabs that show a draft, or what was an object's current value. */
	shown(): readonly Shown[] {
		const drafts = [...this.#drafts.values()].map(({ panel, draft }) => ({ panel, content: draft }));
		return [...drafts, ...[...this.#current].map(([panel, content]) => ({ panel, content }))];
	}

	/** How what the active tab shows, or showed before it was hidden, is shown once more. */
	again(): Again | undefined {
		return [...this.#again].find(([panel]) => panel.isActive)?.[1];
	}

	/** True where the active tab hides its value, or says that it changed, and it can be shown again. */
	get offersAgain(): boolean {
		return [...this.#again.keys()].some((panel) => panel.isActive && (this.#hidden.has(panel) || panel.notice !== ''));
	}

	isOpen(draft: Draft): boolean {
		return this.#drafts.has(draft);
	}

	/** Closes a draft's tab, without `onDidCloseDraft`. */
	close(draft: Draft): void {
		const open = this.#drafts.get(draft);
		this.#drafts.delete(draft);
		open?.panel.close();
	}

	/** Blanks every value and comparison. Drafts stay. */
	hideAll(): void {
		for (const { hide } of [...this.#values.values()]) hide();
	}

	/** Closes the tabs of all values, or of those of one connection. */
	closeValues(connectionId?: string): void {
		for (const [panel, value] of [...this.#values]) if (isWithdrawn(value, connectionId)) panel.close();
	}

	dispose(): void {
		this.closeValues();
		for (const draft of [...this.#drafts.keys()]) this.close(draft);
		this.#autoHide.dispose();
		this.#draftClosed.dispose();
		this.#activeChanged.dispose();
		this.#shownChanged.dispose();
	}

	async #show(
		title: string,
		value: ToPage,
		{ source, of, again }: Pick<RevealedValue, 'source' | 'of' | 'again'>,
	): Promise<void> {
		let message = value;
		const connection = this.names.here;
		const name = () => this.names.nameFor(title, message.type === 'hide' ? 'hidden' : 'value', connection);
		const panel = new IsolatedPanel({
			extensionUri: this.extensionUri,
			title: name(),
			keepsPage: false,
			firstMessage: () => message,
			onMessage: () => use(),
			inBackground: this.inBackground,
		});
		const use = () => {
			if (message.type !== 'hide') this.#autoHide.use(panel);
		};
		const hide = () => {
			message = { type: 'hide', sentence: wordsOfHidden(source, again !== undefined) };
			this.#current.delete(panel);
			panel.notice = '';
			panel.post(message);
			panel.title = name();
			this.#autoHide.delete(panel);
			this.#hidden.add(panel);
			this.#shownChanged.fire();
		};
		this.#values.set(panel, { hide, ...connection });
		if (of) this.#current.set(panel, of);
		if (again) this.#again.set(panel, again);
		use();
		const renaming = this.names.onDidChange(() => (panel.title = name()));
		panel.onDidChangeActive(() => {
			if (panel.isActive) use();
			this.#shownChanged.fire();
		});
		panel.onDidClose(() => {
			this.#current.delete(panel);
			this.#values.delete(panel);
			this.#autoHide.delete(panel);
			this.#again.delete(panel);
			this.#hidden.delete(panel);
			renaming.dispose();
		});
		this.#shownChanged.fire();
		await panel.loaded;
		for (const other of [...this.#hidden]) if (again && this.#again.get(other)?.id === again.id) other.close();
	}

	#open(draft: Draft): IsolatedDraft {
		const opened = new IsolatedDraft(draft, this.extensionUri, this.names, this.inBackground);
		this.#drafts.set(draft, opened);
		opened.panel.onDidChangeActive(() => this.#onActiveChanged());
		opened.panel.onDidClose(() => {
			const isByPerson = this.#drafts.get(draft) === opened;
			if (isByPerson) this.#drafts.delete(draft);
			this.#onActiveChanged();
			if (isByPerson) this.#draftClosed.fire(draft);
		});
		this.#onActiveChanged();
		return opened;
	}

	#active(): IsolatedDraft | undefined {
		return [...this.#drafts.values()].find(({ panel }) => panel.isActive);
	}

	#onActiveChanged(): void {
		setContextKey('isolatedDraft', this.#active() !== undefined);
		this.#activeChanged.fire();
		this.#shownChanged.fire();
	}
}
