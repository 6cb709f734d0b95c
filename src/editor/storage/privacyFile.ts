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
 * the same, and what nobody can read counts as a lock.
 */
export class PrivacyFile implements Disposable {
	readonly #file: SharedFile<PrivacyState>;
	readonly #changed = new Emitter<PrivacyState>();
	readonly #subscription: Disposable;
	/** What was asked for here and is not on the disk. */
	#owed: Partial<PrivacyState> = {};
	#isUnknown = false;
	/** What was told of last. */
	#told = open;

	/** Fires with the former state when it changed, here or in another window. */
	readonly onDidChange = this.#changed.event;

	constructor(folder: string) {
		this.#file = new SharedFile(folder, 'privacy.json', open);
		this.#subscription = this.#file.onDidChange(() => this.#tell());
	}

	get state(): PrivacyState {
		const { isLocked, isPresenting } = this.#file.content;
		return {
			isLocked: isLocked || this.#owed.isLocked === true || this.#isUnknown,
			isPresenting: isPresenting || this.#owed.isPresenting === true,
		};
	}

	/** Reads what the other windows, or an earlier one, left. */
	async open(): Promise<void> {
		try {
			await this.#file.open();
		} catch {
			this.#isUnknown = true;
		}
		this.#tell();
	}

	/**
	 * Changes the state in all windows. What gets stricter holds in this one at once.
	 * @throws when the others could not be told, and this window where it gets laxer
	 */
	async set(change: Partial<PrivacyState>): Promise<void> {
		const asked = { ...this.#owed };
		for (const field of fields) {
			if (change[field] === true) asked[field] = true;
		}
		this.#owed = asked;
		this.#tell();
		await this.#write(change);
	}

	/** Looks at the disk, which may have changed without a sign, and writes what it refused before. @throws when it can't */
	async look(): Promise<void> {
		if (Object.keys(this.#owed).length > 0) return this.#write(this.#owed);
		await this.#file.reload();
		this.#isUnknown = false;
		this.#tell();
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#file.dispose();
		this.#changed.dispose();
	}

	async #write(change: Partial<PrivacyState>): Promise<void> {
		try {
			await this.#file.update((state) => ({ ...state, ...change }), this.state);
		} catch (error) {
			if (!(await this.#isOnDisk(change))) throw error;
		}
		this.#owed = Object.fromEntries(Object.entries(this.#owed).filter(([field]) => !(field in change)));
		this.#isUnknown = false;
		this.#tell();
	}

	/** Whether there is nothing to write: the disk refused the change that this one takes back. */
	async #isOnDisk(change: Partial<PrivacyState>): Promise<boolean> {
		const isRead = await this.#file.reload().then(
			() => true,
			() => false,
		);
		return (
			isRead && fields.every((field) => (change[field] ?? this.#file.content[field]) === this.#file.content[field])
		);
	}

	#tell(): void {
		const before = this.#told;
		this.#told = this.state;
		const isSame = fields.every((field) => before[field] === this.#told[field]);
		if (!isSame) this.#changed.fire(before);
	}
}

const fields = ['isLocked', 'isPresenting'] as const;
