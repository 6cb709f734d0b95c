import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Privacy } from '../commands/ports';
import { settings } from './settings';
import { SharedFile } from './sharedFile';

const checkEvery = 15_000;

/** What all windows share about showing values. */
export interface PrivacyState {
	readonly isLocked: boolean;
	readonly isPresenting: boolean;
}

/** Lock and presentation mode, which hold in every window and after a restart; and the lock that comes by itself. */
export class EditorPrivacy implements Privacy, vscode.Disposable {
	readonly #file: SharedFile<PrivacyState>;
	/** Touched by every window that is used: the lock waits until none is. */
	readonly #activity: string;
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #subscriptions: vscode.Disposable;
	#lastCheck = Date.now();

	/** Fires before what has to follow a change is done. */
	readonly onDidChange = this.#changed.event;

	constructor(
		{ globalStorageUri: { fsPath: folder } }: vscode.ExtensionContext,
		/** Does in this window what a change means; is told what was before. */
		private readonly follow: (before: PrivacyState) => Promise<void>,
		/** True where there is something to lock. */
		isInUse: () => boolean,
		/** Tells of a failure of what nobody waits for. */
		report: (work: Promise<unknown>) => void,
	) {
		this.#file = new SharedFile(folder, 'privacy.json', { isLocked: false, isPresenting: false });
		this.#activity = path.join(folder, 'activity');
		const timer = setInterval(() => report(this.#lockWhenIdle(isInUse())), checkEvery);
		this.#subscriptions = vscode.Disposable.from(
			this.#file,
			this.#file.onDidChange((before) => report(this.#tell(before))),
			this.#changed,
			{ dispose: () => clearInterval(timer) },
		);
	}

	get isLocked(): boolean {
		return this.#file.content.isLocked;
	}

	get isPresenting(): boolean {
		return this.#file.content.isPresenting;
	}

	/** Reads what the other windows, or an earlier one, left. */
	async open(): Promise<void> {
		try {
			await this.#file.open();
		} catch {
			// Nobody knows what it said: locked is safe, and unlocking writes it anew.
			this.#file.assume({ isLocked: true, isPresenting: false });
		}
		await this.#tell(this.#file.content);
	}

	async setLocked(isLocked: boolean): Promise<void> {
		await this.#set({ isLocked });
	}

	async setPresenting(isPresenting: boolean): Promise<void> {
		await this.#set({ isPresenting });
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	async #set(change: Partial<PrivacyState>): Promise<void> {
		const before = this.#file.content;
		try {
			await this.#write(change);
		} catch (error) {
			// A disk that refuses must not keep this window from locking.
			this.#file.assume({ ...before, ...change });
			throw error;
		} finally {
			await this.#tell(before);
		}
	}

	async #write(change: Partial<PrivacyState>): Promise<void> {
		try {
			await this.#file.update((state) => ({ ...state, ...change }));
		} catch {
			// What is there can't be read: it is replaced, unless the disk refuses that, too.
			await this.#file.replace({ ...this.#file.content, ...change });
		}
	}

	async #tell(before: PrivacyState): Promise<void> {
		const { isLocked, isPresenting } = this;
		void vscode.commands.executeCommand('setContext', 'workosVault.isLocked', isLocked);
		void vscode.commands.executeCommand('setContext', 'workosVault.isPresenting', isPresenting);
		this.#changed.fire();
		await this.follow(before);
	}

	async #lockWhenIdle(isInUse: boolean): Promise<void> {
		const minutes = settings.lockAfter();
		const now = Date.now();
		const wasAsleep = now - this.#lastCheck >= Math.max(2 * checkEvery, minutes * 60_000);
		this.#lastCheck = now;
		if (this.isLocked || !isInUse) return;
		if (minutes > 0 && wasAsleep) return this.setLocked(true);
		const lastUse = vscode.window.state.active ? undefined : await stat(this.#activity).catch(() => undefined);
		if (!lastUse) {
			await mkdir(path.dirname(this.#activity), { recursive: true });
			await writeFile(this.#activity, '');
		} else if (minutes > 0 && now - lastUse.mtimeMs >= minutes * 60_000) {
			await this.setLocked(true);
		}
	}
}
