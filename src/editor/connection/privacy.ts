import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { afterIdling, checkEveryMs, hasSlept } from '../../commands/access/idleness';
import type { Privacy } from '../../commands/ports';
import { pause } from '../../vault/pause';
import { confirmContextKey, setContextKey } from '../contextKeys';
import { settings } from '../settings';
import { wordsOfDiskFault } from '../storage/diskFaults';
import { PrivacyFile, type PrivacyState } from '../storage/privacyFile';
import { touch } from '../storage/touch';
import { TellableError } from '../errorMessages';

/** A window whose client is there, and a disk that works, answer sooner. */
const answerWithinMs = 5_000;

/** Lock and presentation mode, which hold in every window and after a restart; and the lock that comes by itself. */
export class EditorPrivacy implements Privacy, vscode.Disposable {
	readonly #file: PrivacyFile;
	/** Touched by every window that is used: the lock waits until none is. */
	readonly #activity: string;
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #subscriptions: vscode.Disposable[];
	#lastLook = Date.now();
	#isChecking = false;
	/** When this window was last used, as far as it knows, in ms: the disk may refuse to keep it. */
	#lastUse = Date.now();
	/** What the file of the last use in any window was known by at the last look. */
	#lastMark: number | undefined;
	#applied: Promise<unknown> = Promise.resolve();

	/** Fires before what a change means is done. */
	readonly onDidChange = this.#changed.event;

	constructor(
		{ globalStorageUri: { fsPath: folder } }: vscode.ExtensionContext,
		/** Does in this window what a change means; is told what was before. */
		private readonly applyPrivacy: (before: PrivacyState) => Promise<void>,
		/** True where there is something to lock. */
		isInUse: () => boolean,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		private readonly inBackground: (work: Promise<unknown>) => void,
	) {
		this.#file = new PrivacyFile(folder);
		this.#activity = path.join(folder, 'activity');
		const timer = setInterval(() => {
			if (!this.#isChecking) inBackground(this.#check(isInUse));
		}, checkEveryMs);
		this.#subscriptions = [
			this.#file,
			this.#changed,
			vscode.window.onDidChangeWindowState(({ focused }) => void (focused && this.#checkFile())),
			{ dispose: () => clearInterval(timer) },
		];
	}

	get isLocked(): boolean {
		return this.#file.state.isLocked;
	}

	get isPresenting(): boolean {
		return this.#file.state.isPresenting;
	}

	/** Reads what the other windows, or an earlier one, left. */
	async open(): Promise<void> {
		await this.#file.open();
		this.#subscriptions.push(this.#file.onDidChange((before) => this.#onChanged(before)));
		this.#onChanged(this.#file.state);
		await this.#applied;
	}

	async setLocked(isLocked: boolean): Promise<void> {
		await this.#set({ isLocked }, isLocked ? 'This window is locked' : 'WorkOS Vault stays locked');
	}

	async setPresenting(isPresenting: boolean): Promise<void> {
		await this.#set(
			{ isPresenting },
			isPresenting ? 'Presentation mode is on in this window' : 'Presentation mode stays on',
		);
	}

	dispose(): void {
		vscode.Disposable.from(...this.#subscriptions).dispose();
	}

	async #set(change: Partial<PrivacyState>, whatHolds: string): Promise<void> {
		try {
			await this.#file.set(change);
		} catch (error) {
			throw new TellableError({
				sentence: `${whatHolds}. The other windows could not be told: ${wordsOfDiskFault(error)}. ${adviceFor(change)}`,
			});
		} finally {
			await this.#applied;
		}
	}

	#onChanged(before: PrivacyState): void {
		const { isLocked, isPresenting } = this;
		setContextKey('lock', isLocked ? 'locked' : 'unlocked');
		setContextKey('presentation', isPresenting ? 'on' : 'off');
		this.#changed.fire();
		const applying = this.applyPrivacy(before);
		this.inBackground(applying);
		this.#applied = applying.catch(() => undefined);
	}

	/** Where nothing can be read or written, what holds goes on holding, and it is tried again. */
	async #checkFile(): Promise<void> {
		await this.#file.check().catch(() => undefined);
	}

	async #check(isInUse: () => boolean): Promise<void> {
		this.#isChecking = true;
		try {
			// Some disks tell of no change. One that does not answer must not keep this window from locking.
			await answerOr(undefined, this.#checkFile());
			await this.#lockWhenIdle(isInUse());
		} finally {
			this.#isChecking = false;
		}
	}

	async #lockWhenIdle(isInUse: boolean): Promise<void> {
		const now = Date.now();
		const limitMs = settings.lockAfter() * 60_000;
		const lastLook = this.#lastLook;
		this.#lastLook = now;
		if (this.isLocked || !isInUse) return;
		if (hasSlept({ now, lastLook, limitMs })) return this.setLocked(true);
		if (vscode.window.state.active && (await isClientThere())) return answerOr(undefined, this.#markUse(now));
		const lastUse = await answerOr(this.#lastUse, this.#lastUseAnywhere(now));
		const next = afterIdling({ now, lastUse, limitMs });
		if (next === 'countAnew') await answerOr(undefined, this.#markUse(now));
		else if (next === 'lock') await this.setLocked(true);
	}

	async #markUse(now: number): Promise<void> {
		this.#lastUse = now;
		await touch(this.#activity, '').catch(() => undefined);
		this.#lastMark = await this.#mark();
	}

	/** A mark that has changed since the last look was set by a use, whatever the clock says of whoever set it. */
	async #lastUseAnywhere(now: number): Promise<number> {
		const mark = await this.#mark();
		if (mark !== undefined && mark !== this.#lastMark) [this.#lastMark, this.#lastUse] = [mark, now];
		return this.#lastUse;
	}

	async #mark(): Promise<number | undefined> {
		return (await stat(this.#activity).catch(() => undefined))?.mtimeMs;
	}
}

/**
 * Whether the window's client answers: a server goes on for hours after its client has vanished, and takes the window for
 * active all the time.
 */
async function isClientThere(): Promise<boolean> {
	// Nothing changes by it: a locked window is not asked.
	const answered = confirmContextKey('lock', 'unlocked').then(
		() => true,
		() => false,
	);
	return answerOr(false, answered);
}

/** What work ends with, or something else where it takes too long. */
function answerOr<T>(otherwise: T, work: Promise<T>): Promise<T> {
	return Promise.race([work, pause(answerWithinMs).then(() => otherwise)]);
}

function adviceFor(change: Partial<PrivacyState>): string {
	const isStricter = Object.values(change).includes(true);
	return isStricter ? 'It is tried again every 15 seconds.' : 'Try again when that has changed.';
}
