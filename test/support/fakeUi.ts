import assert from 'node:assert/strict';
import {
	cancelled,
	type CheckedChoice,
	type Choice,
	type Question,
	type Search,
	type Ui,
} from '../../src/commands/ports/ui';
import type { Event } from '../../src/vault/event';

type Kind = 'input' | 'pick' | 'pickMany' | 'search' | 'confirm' | 'button' | 'file';

interface Answer {
	readonly kind: Kind;
	readonly about: RegExp;
	readonly give: unknown;
}

interface Searched {
	readonly text: string;
	readonly label?: string;
	readonly isPatient?: boolean;
}

/** A person who answers from a script, in its order; a question that the script does not expect fails the test. */
export class FakeUi implements Ui {
	/** Everything that was said and warned of. */
	readonly messages: string[] = [];
	/** What was announced. */
	readonly announcements: string[] = [];
	/** What was said where a search found nothing. */
	readonly noMatches: Choice<undefined>[] = [];
	/** What was said to be wrong with a text. */
	readonly problems: string[] = [];
	readonly questions: Question[] = [];
	/** The rows of every list that was shown; of a search, those that were there at once and those in the end. */
	readonly lists: (readonly Choice<unknown>[])[] = [];
	readonly progresses: string[] = [];
	readonly urls: string[] = [];
	/** What is in files, by their addresses. */
	readonly files = new Map<string, Uint8Array>();
	logsShown = 0;
	readonly #script: Answer[] = [];
	#cancelled: RegExp | undefined;

	/** The person types each text and presses Enter; all but the last are refused. Undefined: leaves. */
	types(about: RegExp, ...texts: (string | undefined)[]): this {
		return this.#expect('input', about, texts);
	}

	/** The person picks the row of this label, or leaves. */
	picks(about: RegExp, label: string | undefined): this {
		return this.#expect('pick', about, label);
	}

	/** The person checks the rows of these labels and no others; without a change, takes those checked; or leaves. */
	picksMany(about: RegExp, labels: readonly string[] | 'checked' | undefined): this {
		return this.#expect('pickMany', about, labels);
	}

	/** The person types into a search and picks the row of this label, or leaves. */
	finds(about: RegExp, text: string, label: string | undefined): this {
		return this.#expect('search', about, { text, label });
	}

	/** The person types into a search, waits until a row of this label is there, and picks it. */
	awaits(about: RegExp, text: string, label: string): this {
		return this.#expect('search', about, { text, label, isPatient: true });
	}

	confirms(about: RegExp, isSure: boolean): this {
		return this.#expect('confirm', about, isSure);
	}

	/** The person presses a button of a message, or closes it. */
	presses(about: RegExp, button: string | undefined): this {
		return this.#expect('button', about, button);
	}

	choosesFile(bytes: Uint8Array | undefined): this {
		return this.#expect('file', /./, bytes);
	}

	/** The person cancels the next progress of this title, or one that tells this of how far it is. */
	cancels(about: RegExp): this {
		this.#cancelled = about;
		return this;
	}

	/** Fails when a part of the script was never asked for. */
	assertDone(): void {
		assert.deepEqual(this.#script, [], 'not everything was asked');
		assert.equal(this.#cancelled, undefined, 'nothing was there to cancel');
	}

	async input(question: Question): Promise<string | undefined> {
		this.questions.push(question);
		const texts = this.#answer('input', [question.title, question.placeholder, question.prompt].join(': ')) as (
			string | undefined
		)[];
		for (const [index, text] of texts.entries()) {
			if (text === undefined) return undefined;
			const problem = await question.validate?.(text);
			const isLast = index === texts.length - 1;
			assert.equal(problem !== undefined, !isLast, problem ?? 'a text was taken that should have been refused');
			if (problem === undefined) return text;
			this.problems.push(problem);
		}
		return undefined;
	}

	pick<T>(title: string, placeholder: string, choices: readonly Choice<T>[], note?: string): Promise<T | undefined> {
		const label = this.#answer('pick', withNote(`${title}: ${placeholder}`, note)) as string | undefined;
		return Promise.resolve(this.#choose(choices, label));
	}

	pickMany<T>(
		title: string,
		placeholder: string,
		choices: readonly CheckedChoice<T>[],
		note?: string,
	): Promise<T[] | undefined> {
		const question = withNote(`${title}: ${placeholder}`, note);
		const labels = this.#answer('pickMany', question) as readonly string[] | 'checked' | undefined;
		this.lists.push(choices);
		if (labels === undefined) return Promise.resolve(undefined);
		if (labels === 'checked') {
			return Promise.resolve(choices.filter(({ isChecked }) => isChecked).map(({ value }) => value));
		}
		for (const label of labels)
			assert.ok(
				choices.some((choice) => choice.label === label),
				`no “${label}”`,
			);
		return Promise.resolve(choices.filter(({ label }) => labels.includes(label)).map(({ value }) => value));
	}

	async search<T extends { readonly id: string }>(search: Search<T>): Promise<T | undefined> {
		const { title, placeholder, known, find, none, onDidLearn } = search;
		const { text, label, isPatient } = this.#answer('search', `${title}: ${placeholder}`) as Searched;
		let found: readonly Choice<T>[] = [];
		const { signal } = new AbortController();
		const rows = async () => {
			const choices = await known(text, signal);
			return [...choices, ...found.filter(({ value }) => !choices.some((other) => other.value.id === value.id))];
		};
		this.lists.push(await rows());
		try {
			if (text !== '') found = await find(text, signal);
		} catch (error) {
			if ((await rows()).length === 0) throw error;
		}
		while (isPatient) {
			const learning = once(onDidLearn);
			if ((await rows()).some((row) => row.label === label)) break;
			await learning;
		}
		const last = await rows();
		if (last.length === 0) this.noMatches.push(none(text));
		return this.#choose(last, label);
	}

	confirm(message: string, detail: string): Promise<boolean> {
		return Promise.resolve(this.#answer('confirm', `${message} ${detail}`) as boolean);
	}

	announce(message: string): void {
		this.announcements.push(message);
	}

	say(message: string): void {
		this.messages.push(message);
	}

	warn(message: string): void {
		this.messages.push(message);
	}

	ask<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined> {
		this.messages.push(message);
		const pressed = this.#answer('button', message) as B | undefined;
		assert.ok(pressed === undefined || buttons.includes(pressed), `no button “${pressed}”: ${buttons.join(' | ')}`);
		return Promise.resolve(pressed);
	}

	warnAndAsk<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined> {
		return this.ask(message, ...buttons);
	}

	async progress<T>(
		title: string,
		run: (signal: AbortSignal, showHowFar: (howFar: string) => void) => Promise<T>,
	): Promise<T | typeof cancelled> {
		const controller = new AbortController();
		const cancelAt = (text: string) => {
			if (!this.#cancelled?.test(text)) return;
			this.#cancelled = undefined;
			controller.abort();
		};
		this.progresses.push(title);
		const work = run(controller.signal, (howFar) => {
			this.progresses.push(howFar);
			cancelAt(howFar);
		});
		cancelAt(title);
		try {
			return await work;
		} catch (error) {
			if (controller.signal.aborted) return cancelled;
			throw error;
		}
	}

	openFile(title: string): Promise<Uint8Array | undefined> {
		return Promise.resolve(this.#answer('file', title) as Uint8Array | undefined);
	}

	readFile(address: string): Promise<Uint8Array | undefined> {
		return Promise.resolve(this.files.get(address));
	}

	openUrl(url: string): Promise<void> {
		this.urls.push(url);
		return Promise.resolve();
	}

	showLog(): void {
		this.logsShown++;
	}

	#expect(kind: Kind, about: RegExp, give: unknown): this {
		this.#script.push({ kind, about, give });
		return this;
	}

	#answer(kind: Kind, text: string): unknown {
		const next = this.#script.shift();
		assert.ok(next, `nobody expected this ${kind}: ${text}`);
		assert.equal(kind, next.kind, `expected ${next.kind} ${String(next.about)}, was asked: ${text}`);
		assert.match(text, next.about);
		return next.give;
	}

	#choose<T>(choices: readonly Choice<T>[], label: string | undefined): T | undefined {
		this.lists.push(choices);
		if (label === undefined) return undefined;
		const chosen = choices.find((choice) => choice.label === label);
		assert.ok(chosen, `no “${label}” among ${choices.map((choice) => choice.label).join(' | ')}`);
		return chosen.value;
	}
}

function withNote(question: string, note: string | undefined): string {
	return note === undefined ? question : `${question} ${note}`;
}

function once(event: Event<unknown>): Promise<void> {
	return new Promise((resolve) => {
		const subscription = event(() => {
			subscription.dispose();
			resolve();
		});
	});
}
