import { Emitter, type Disposable } from '../../vault/event';
import { SharedFile } from './sharedFile';

/** What all windows share about showing values. */
export interface PrivacyState {
	readonly isLocked: boolean;
	readonly isPresenting: boolean;
}

const open: PrivacyState = { isLocked: false, isPresenting: false };

/**
 * Lock and presentation mode over all windows. It fails closed: what the disk refuses to take holds in this window all
 * the same, and a state that can't be read at the beginning counts as locked.
 */
export class PrivacyFile implements Disposable {
	readonly #file: SharedFile<PrivacyState>;
	readonly #changed = new Emitter<PrivacyState>();
	readonly #subscription: Disposable;
	/** What was asked for here and is not on the disk, each with the number of its request. */
	readonly #owed = new Map<keyof PrivacyState, number>();
	#requests = 0;
	#isUnknown = false;
	/** What was told of last. */
	#told = open;

	/** Fires with the former state when it changed, here or in another window. */
	readonly onDidChange = this.#changed.event;

	constructor(folder: string) {
		this.#file = new SharedFile(folder, 'privacy.json', open, { isWhole, merge: stricter });
		this.#subscription = this.#file.onDidChange(() => this.#fireIfChanged());
	}

	get state(): PrivacyState {
		const { isLocked, isPresenting } = this.#file.content;
		return {
			isLocked: isLocked || this.#owed.has('isLocked') || this.#isUnknown,
			isPresenting: isPresenting || this.#owed.has('isPresenting'),
		};
	}

	/** Reads what the other windows, or an earlier one, left. */
	async open(): Promise<void> {
		try {
			await this.#file.open();
		} catch {
			this.#isUnknown = true;
		}
		this.#fireIfChanged();
	}

	/**
	 * Changes the state in all windows. What gets stricter holds in this one at once.
	 * @throws when the others could not be told, and this window where it gets laxer
	 */
	async set(change: Partial<PrivacyState>): Promise<void> {
		const request = ++this.#requests;
		for (const field of fields) {
			if (change[field] === true) this.#owed.set(field, request);
		}
		this.#fireIfChanged();
		try {
			await this.#file.update((state) => ({ ...state, ...change }), this.state);
		} catch (error) {
			if (!(await this.#isOnDisk(change))) throw error;
		}
		this.#onWritten(change, request);
	}

	/** Looks at the disk, which may have changed without a sign, and writes what it refused before. @throws when it can't */
	async check(): Promise<void> {
		if (this.#owed.size === 0) return this.#reload();
		try {
			await this.#writeOwed();
		} catch (error) {
			// Another window may have written what is stricter.
			await this.#reload().catch(() => undefined);
			throw error;
		}
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#file.dispose();
		this.#changed.dispose();
	}

	async #reload(): Promise<void> {
		await this.#file.reload();
		this.#isUnknown = false;
		this.#fireIfChanged();
	}

	async #writeOwed(): Promise<void> {
		let request = 0;
		let owed: Partial<PrivacyState> = {};
		await this.#file.update((state) => {
			// In its turn: a lock that was owed may have been taken off meanwhile.
			request = this.#requests;
			owed = Object.fromEntries([...this.#owed.keys()].map((field) => [field, true]));
			return { ...state, ...owed };
		}, this.state);
		this.#onWritten(owed, request);
	}

	/** What was asked for after a request is owed still. */
	#onWritten(change: Partial<PrivacyState>, request: number): void {
		for (const [field, asked] of this.#owed) {
			if (field in change && asked <= request) this.#owed.delete(field);
		}
		this.#isUnknown = false;
		this.#fireIfChanged();
	}

	/** Whether there is nothing to write: the disk refused the change that this one takes back. */
	async #isOnDisk(change: Partial<PrivacyState>): Promise<boolean> {
		const isRead = await this.#reload().then(
			() => true,
			() => false,
		);
		return (
			isRead && fields.every((field) => (change[field] ?? this.#file.content[field]) === this.#file.content[field])
		);
	}

	#fireIfChanged(): void {
		const before = this.#told;
		this.#told = this.state;
		const isSame = fields.every((field) => before[field] === this.#told[field]);
		if (!isSame) this.#changed.fire(before);
	}
}

const fields = ['isLocked', 'isPresenting'] as const;

/** A window that did not know of a lock must not take it off. */
function stricter(theirs: PrivacyState, ours: PrivacyState): PrivacyState {
	return {
		...theirs,
		isLocked: theirs.isLocked || ours.isLocked,
		isPresenting: theirs.isPresenting || ours.isPresenting,
	};
}

/** What says nothing of the lock counts as damaged, and so as locked. */
function isWhole(content: Partial<PrivacyState>): boolean {
	return fields.every((field) => typeof content[field] === 'boolean');
}
