import * as vscode from 'vscode';
import type { Choice, Search } from '../../commands/ports/ui';
import type { Log } from '../log';
import { plain } from '../visibleText';
import { toRow, type Row } from './rows';

const typingPauseMs = 250;
/** How long a list waits for more before it is drawn anew. */
const learningPauseMs = 300;

/** Shows a list that is searched while a person types. Returns what was picked; rejects where there is nothing to pick from. */
export function showSearch<T extends { readonly id: string }>(search: Search<T>, log: Log): Promise<T | undefined> {
	return new Promise((resolve, reject) => new SearchList(search, log, resolve, reject).show());
}

/** A row, with the text that it was found for. */
interface FoundRow<T> extends Row<T> {
	readonly text: string;
}

class SearchList<T extends { readonly id: string }> {
	readonly #list = vscode.window.createQuickPick<FoundRow<T> | FoundRow<undefined>>();
	readonly #title: string;
	#asking = new AbortController();
	#drawing = new AbortController();
	#drawn: Promise<void> = Promise.resolve();
	/** True while the rows are those of an earlier text. */
	#isStale = false;
	/** True once the vault answered for the text. */
	#isAnswered = false;
	#isClosed = false;
	#typing: NodeJS.Timeout | undefined;
	#learning: NodeJS.Timeout | undefined;
	#found: readonly FoundRow<T>[] = [];

	constructor(
		private readonly search: Search<T>,
		private readonly log: Log,
		private readonly resolve: (picked: T | undefined) => void,
		private readonly reject: (error: unknown) => void,
	) {
		this.#title = plain(search.title);
		Object.assign(this.#list, {
			title: this.#title,
			placeholder: plain(search.placeholder),
			// Missing in VS Code's types: without it, the list would put its own order in the place of ours.
			sortByLabel: false,
			// All rows are shown whatever is typed; these two mark it in them.
			matchOnDescription: true,
			matchOnDetail: true,
		});
	}

	show(): void {
		this.#list.onDidChangeValue(() => this.#searchFor(this.#text));
		this.#list.onDidAccept(() => void this.#accept());
		const subscription = this.search.onDidLearn(() => {
			this.#learning ??= setTimeout(() => {
				this.#learning = undefined;
				void this.#drawMore();
			}, learningPauseMs);
		});
		this.#list.onDidHide(() => {
			subscription.dispose();
			this.#close();
			this.#list.dispose();
		});
		this.#draw(false);
		this.#list.show();
	}

	get #text(): string {
		return this.#list.value.trim();
	}

	#searchFor(text: string): void {
		clearTimeout(this.#typing);
		this.#asking.abort();
		this.#list.busy = false;
		this.#found = [];
		this.#isAnswered = false;
		this.#isStale = true;
		this.#draw(false);
		if (text !== '') this.#typing = setTimeout(() => void this.#ask(text), typingPauseMs);
	}

	#draw(isMore: boolean): void {
		this.#drawing.abort();
		this.#drawing = new AbortController();
		this.#drawn = this.#drawKnown(isMore, this.#drawing.signal);
	}

	/** Draws the rows anew in a list that a person may be in the middle of. */
	async #drawMore(): Promise<void> {
		// A drawing that runs comes to its end: where much is learnt, none would otherwise.
		do await this.#drawn;
		while (this.#isStale && !this.#isClosed);
		if (this.#isClosed) return;
		this.#draw(true);
		await this.#drawn;
	}

	/** Never rejects. */
	async #drawKnown(isMore: boolean, signal: AbortSignal): Promise<void> {
		try {
			const text = this.#text;
			const known = (await this.search.known(text, signal)).map((choice) => toShownRow(choice, text));
			if (signal.aborted) return;
			const activeId = isMore ? this.#list.activeItems[0]?.value?.id : undefined;
			const ids = new Set(known.map(({ value }) => value.id));
			this.#list.keepScrollPosition = isMore;
			const rows = [...known, ...this.#found.filter(({ value }) => !ids.has(value.id))];
			const hasNone = rows.length === 0 && this.#isAnswered;
			this.#list.items = hasNone ? [toShownRow(this.search.none(text), text)] : rows;
			const active = rows.find(({ value }) => value.id === activeId);
			if (active) this.#list.activeItems = [active];
			this.#list.keepScrollPosition = false;
			this.#isStale = false;
		} catch (error) {
			if (!signal.aborted) this.#fail(error);
		}
	}

	/** Asks the vault, too. */
	async #ask(text: string): Promise<void> {
		this.#asking = new AbortController();
		const { signal } = this.#asking;
		this.#list.busy = true;
		try {
			const rows = (await this.search.find(text, signal)).map((choice) => toShownRow(choice, text));
			if (signal.aborted) return;
			this.#found = rows;
			this.#isAnswered = true;
			await this.#drawMore();
			if (signal.aborted) return;
			this.#list.title = this.#title;
		} catch (error) {
			await this.#drawn;
			if (signal.aborted) return;
			if (this.#list.items.length === 0) return this.#fail(error);
			// What is known can be picked all the same.
			this.log.failure('search', error);
			this.#list.title = `${this.#title} (the vault did not answer: only what is known)`;
		}
		this.#list.busy = false;
	}

	async #accept(): Promise<void> {
		const [selected] = this.#list.selectedItems;
		while (this.#isStale && !this.#isClosed) await this.#drawn;
		if (this.#isClosed) return;
		// Enter that comes before its rows means the first of them, not one of an earlier text.
		const row = selected?.text === this.#text ? selected : this.#list.items[0];
		if (!row?.value) return;
		this.resolve(row.value);
		this.#list.hide();
	}

	#fail(error: unknown): void {
		this.reject(error);
		this.#close();
		this.#list.hide();
	}

	#close(): void {
		this.#isClosed = true;
		clearTimeout(this.#typing);
		clearTimeout(this.#learning);
		this.#asking.abort();
		this.#drawing.abort();
		this.resolve(undefined);
	}
}

/** A row that is shown whatever is typed: those who made it matched it already. */
function toShownRow<T>(choice: Choice<T>, text: string): FoundRow<T> {
	return { ...toRow(choice), alwaysShow: true, text };
}
