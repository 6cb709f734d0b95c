import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { ConnectionList } from '../../src/editor/connection/connectionList';
import { DraftStore } from '../../src/editor/draftStore';
import { PrivacyFile } from '../../src/editor/storage/privacyFile';
import { Draft } from '../../src/vault/draft';
import { breakDisk, type Operation } from './faultyDisk';
import { seededRandom } from './seededRandom';

const steps = 25;
/** What a disk refuses for a moment, and what it refuses until somebody does something. */
const busyCodes = ['EPERM', 'EACCES', 'EBUSY'];
const codes = [...busyCodes, 'ENOSPC', 'EIO', 'EMFILE'];

/** A window over a folder and a secret storage that it shares with the other one. */
class Window {
	readonly privacy: PrivacyFile;
	readonly list: ConnectionList;
	readonly drafts: DraftStore;
	/** The draft that is written here. */
	draft = Draft.ofNewObject('one', 'token', {});
	/** A lock that was asked for here and could not be written. */
	isLockOwed = false;

	constructor(folder: string, secrets: vscode.SecretStorage) {
		this.privacy = new PrivacyFile(folder);
		// What can't be put back now is put back at the next look.
		this.list = new ConnectionList(folder, secrets, (work) => void work.catch(() => undefined));
		this.drafts = new DraftStore({ globalStorageUri: { fsPath: folder }, secrets } as vscode.ExtensionContext);
	}

	async open(): Promise<void> {
		await Promise.all([this.privacy.open(), this.list.open()]);
	}

	dispose(): void {
		for (const part of [this.privacy, this.list, this.drafts]) part.dispose();
	}
}

/** Two windows that lock, sign in and out and write drafts, over a disk that fails at random; and what must be so in the end. */
export class WindowsRun {
	readonly log: string[] = [];
	readonly #random: () => number;
	readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'windowsRun-'));
	readonly #keys = new Map<string, string>();
	readonly #windows: Window[] = [];
	/** The keys that connections must have, by id. */
	readonly #signedIn = new Map<string, string>();
	#isLockOnDisk = false;
	#isBroken = false;

	constructor(
		seed: number,
		private readonly counts: Map<string, number>,
	) {
		this.#random = seededRandom(seed);
	}

	async run(): Promise<void> {
		for (let count = 0; count < 2; count++) this.#windows.push(new Window(this.#folder, this.#secrets()));
		for (const window of this.#windows) await window.open();
		const mend = breakDisk((operation, file) => this.#fault(operation, file));
		try {
			for (let step = 0; step < steps; step++) {
				this.#isBroken = this.#random() < 0.6;
				const [one, other] = [this.#pick(this.#windows), this.#pick(this.#windows)];
				// Locks, sign-ins and drafts are each one after the other, beside the other two.
				await Promise.all([this.#lock(one), this.#signIn(other), ...this.#windows.map((each) => this.#write(each))]);
				if (this.#random() < 0.2) await this.#look(this.#pick(this.#windows));
				if (this.#random() < 0.1) await this.#cutOff();
			}
		} finally {
			mend();
		}
		for (const window of [...this.#windows, ...this.#windows]) await this.#look(window);
		await this.#judge();
	}

	dispose(): void {
		for (const window of this.#windows) window.dispose();
		rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
	}

	async #lock(window: Window): Promise<void> {
		if (this.#random() < 0.5) return;
		if (this.#random() < 0.3) return this.#lockInHaste(window);
		const isLocked = this.#random() < 0.5;
		const isDone = await this.#attempt(`lock ${isLocked}`, window, () => window.privacy.set({ isLocked }));
		if (isDone) [this.#isLockOnDisk, window.isLockOwed] = [isLocked, false];
		else if (isLocked) window.isLockOwed = true;
		// What the disk never took is taken back without it.
		if (isDone && !isLocked) assert.equal(window.privacy.state.isLocked, false, 'unlocked');
		if (isLocked) assert.equal(window.privacy.state.isLocked, true, 'a lock holds in its window');
	}

	/** Unlocks, and locks before that is done. */
	async #lockInHaste(window: Window): Promise<void> {
		const unlocking = this.#attempt('lock false', window, () => window.privacy.set({ isLocked: false }));
		const locking = this.#attempt('lock true', window, () => window.privacy.set({ isLocked: true }));
		if (await unlocking) [this.#isLockOnDisk, window.isLockOwed] = [false, false];
		if (await locking) [this.#isLockOnDisk, window.isLockOwed] = [true, false];
		else window.isLockOwed = true;
		assert.equal(window.privacy.state.isLocked, true, 'the lock that came last holds');
	}

	async #signIn(window: Window): Promise<void> {
		const id = this.#pick(['a', 'b', 'c']);
		const connection = { id, name: id, endpoint: 'https://vault.example.com', isProduction: false };
		const key = `sk_test_${Math.floor(this.#random() * 1e9)}`;
		if (!this.#signedIn.has(id)) {
			if (await this.#attempt(`sign in ${id}`, window, () => window.list.add(connection, key)))
				this.#signedIn.set(id, key);
			return;
		}
		if (this.#random() < 0.5) {
			if (await this.#attempt(`replace ${id}`, window, () => window.list.replaceKey(connection, key)))
				this.#signedIn.set(id, key);
			return;
		}
		// A person whose sign-out failed tries again: the key is gone already.
		while (!(await this.#attempt(`sign out ${id}`, window, () => window.list.remove(connection))))
			this.#isBroken = false;
		this.#signedIn.delete(id);
	}

	async #write(window: Window): Promise<void> {
		const text = `text ${Math.floor(this.#random() * 1e9)}`;
		window.draft.write(text);
		await this.#attempt('write', window, () => window.drafts.keep(window.draft));
	}

	/** A window is taken for ended by the other one, which takes its draft over; the first begins another draft. */
	async #cutOff(): Promise<void> {
		const former = this.#pick(this.#windows);
		const heir = this.#windows.find((window) => window !== former);
		assert.ok(heir);
		this.#isBroken = false;
		const { draft } = former;
		await Promise.all(this.#windows.map(({ drafts }) => drafts.flush()));
		const kept = draft.text;
		const giveBack = this.#forgetLife(draft);
		// While the first one goes on writing, which it may or may not be in time for.
		const late = `late ${Math.floor(this.#random() * 1e9)}`;
		draft.write(late);
		const adopting = heir.drafts.adopt((id) => id === heir.draft.id);
		for (let turns = Math.floor(this.#random() * 60); turns > 0; turns--)
			await new Promise((resolve) => setImmediate(resolve));
		const isInTime = await this.#attempt('write late', former, () => former.drafts.keep(draft));
		const { drafts } = await adopting;
		this.#count(isInTime ? 'cut off, but in time' : 'cut off');
		const adopted = drafts.find(({ id }) => id === draft.id);
		if (adopted) {
			assert.ok(adopted.text === late || (adopted.text === kept && !isInTime), 'the last kept text');
			await heir.drafts.forget(heir.draft);
			heir.draft = adopted;
			heir.draft.write('taken over');
			await heir.drafts.keep(heir.draft);
			await assert.rejects(former.drafts.keep(draft), /Another window has taken over/);
		} else {
			// It was in time, and owns it still.
			await former.drafts.forget(draft);
		}
		giveBack();
		former.draft = Draft.ofNewObject('one', 'token', {});
	}

	/** Removes the sign of life of the window that owns a draft. Returns what gives it back, as its next beat would. */
	#forgetLife({ id }: Draft): () => void {
		const drafts = path.join(this.#folder, 'drafts');
		const owner = path.join(drafts, `${id}.owner`);
		if (!existsSync(owner)) return () => undefined;
		const life = path.join(drafts, `${readFileSync(owner, 'utf8')}.window`);
		const content = readFileSync(life);
		rmSync(life);
		return () => writeFileSync(life, content);
	}

	async #look(window: Window): Promise<void> {
		const isWritten = await this.#attempt('look', window, async () => {
			await window.privacy.look();
		});
		if (isWritten && window.isLockOwed) [this.#isLockOnDisk, window.isLockOwed] = [true, false];
		await this.#attempt('reload', window, () => window.list.reload());
	}

	/** After the disk was mended, and each window has looked at it twice. */
	async #judge(): Promise<void> {
		for (const window of this.#windows) {
			assert.equal(window.privacy.state.isLocked, this.#isLockOnDisk, 'the lock');
			assert.deepEqual(window.list.all.map(({ id }) => id).sort(), [...this.#signedIn.keys()].sort(), 'the list');
			assert.ok(!(await window.drafts.flush()).has(window.draft.id), 'a draft that is refused');
		}
		const keys = [...this.#signedIn].map(([id, key]) => [`workosVault.apiKey.${id}`, key] as const);
		const stored = [...this.#keys].filter(([name]) => name.startsWith('workosVault.apiKey.'));
		assert.deepEqual(stored.sort(), keys.sort(), 'the keys');
		const texts = this.#windows.map(({ draft }) => draft.text).filter((text) => text !== '');
		for (const window of this.#windows) {
			this.#forgetLife(window.draft);
			window.dispose();
		}
		const last = new Window(this.#folder, this.#secrets());
		this.#windows.push(last);
		await last.open();
		const { drafts, unreadable } = await last.drafts.adopt(() => false);
		assert.deepEqual(drafts.map(({ text }) => text).sort(), texts.sort(), 'the drafts');
		assert.equal(unreadable, 0);
		for (const folder of [this.#folder, path.join(this.#folder, 'drafts')]) {
			const left = readdirSync(folder).filter((file) => /\.[\da-f-]{36}$/.test(file));
			assert.deepEqual(left, [], 'left behind');
		}
	}

	async #attempt(what: string, window: Window, work: () => Promise<unknown>): Promise<boolean> {
		const who = this.#windows.indexOf(window) + 1;
		try {
			await work();
			this.log.push(`${who} ${what}`);
			this.#count('done');
			return true;
		} catch (error) {
			this.log.push(`${who} ${what}: ${String(error)}`);
			this.#count('refused');
			return false;
		}
	}

	#fault(operation: Operation, file: string): string | undefined {
		if (!file.startsWith(this.#folder)) return undefined;
		// A reader in the middle of another window's renaming finds nothing for a moment.
		if (operation === 'readFile' && file.endsWith('.json') && this.#random() < 0.05) return 'ENOENT';
		if (!this.#isBroken || this.#random() > 0.08) return undefined;
		// What is in the way of a removal goes by.
		return this.#pick(operation.startsWith('rm') ? busyCodes : codes);
	}

	#secrets(): vscode.SecretStorage {
		const later = async <T>(answer: () => T): Promise<T> => {
			await new Promise((resolve) => setImmediate(resolve));
			return answer();
		};
		const keys = this.#keys;
		const secrets: Partial<vscode.SecretStorage> = {
			get: (name) => later(() => keys.get(name)),
			store: (name, value) => later(() => void keys.set(name, value)),
			delete: (name) => later(() => void keys.delete(name)),
		};
		return secrets as vscode.SecretStorage;
	}

	#count(what: string): void {
		this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
	}

	#pick<T>(choices: readonly T[]): T {
		const choice = choices[Math.floor(this.#random() * choices.length)];
		assert.ok(choice !== undefined);
		return choice;
	}
}
