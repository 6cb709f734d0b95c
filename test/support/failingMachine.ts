import assert from 'node:assert/strict';
import fs, { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { ConnectionList } from '../../src/editor/connection/connectionList';
import { DraftStore } from '../../src/editor/drafts/kept/draftStore';
import { PrivacyFile } from '../../src/editor/storage/privacyFile';
import { Draft } from '../../src/vault/drafts/draft';
import { breakDisk, type Operation } from './faultyDisk';
import { removeFolder } from './removeFolder';

/** What a disk refuses for a moment, and what it refuses until somebody does something. */
const busyCodes = ['EPERM', 'EACCES', 'EBUSY', 'ESTALE'];
const codes = [...busyCodes, 'ENOSPC', 'EIO', 'EMFILE', 'EROFS'];
/** What finds nothing for a moment where another window has just a file in its hands. */
const looks: readonly Operation[] = ['readFile', 'readFileSync', 'stat', 'readdir'];
/** The disk as it is, whatever it says. */
const { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } = fs;

/** A window over a folder and a secret storage that it shares with others. */
export class Window {
	readonly privacy: PrivacyFile;
	readonly list: ConnectionList;
	readonly drafts: DraftStore;
	/** The draft that is written here. */
	draft = Draft.ofNewObject('one', 'token', {});
	/** A lock that was asked for here and could not be written. */
	isLockOwed = false;

	constructor({ folder, secrets }: FailingMachine) {
		this.privacy = new PrivacyFile(folder);
		// What can't be put back now is put back at the next look.
		this.list = new ConnectionList(folder, secrets, (work) => void work.catch(() => undefined));
		this.drafts = new DraftStore({ globalStorageUri: { fsPath: folder }, secrets } as vscode.ExtensionContext);
	}

	/** What can't be read now is read at the next look. */
	async open(): Promise<void> {
		await Promise.all([this.privacy.open(), this.list.open().catch(() => undefined)]);
	}

	dispose(): void {
		for (const part of [this.privacy, this.list, this.drafts]) part.dispose();
	}
}

/** A machine whose disk fails at random, whose clock is set, and whose secret storage answers nothing for a moment. */
export class FailingMachine {
	readonly folder = mkdtempSync(path.join(os.tmpdir(), 'machine-'));
	/** What is in the secret storage. */
	readonly keys = new Map<string, string>();
	readonly secrets = this.#secrets() as vscode.SecretStorage;
	isKeyAway = false;
	#isBroken = false;
	#clockIsOffByMs = 0;

	constructor(private readonly random: () => number) {}

	/** Has it fail from now on. Returns what ends that. */
	begin(tellsOfChanges: boolean): () => void {
		const { watch } = fs;
		if (!tellsOfChanges) fs.watch = () => watch(os.devNull);
		const { now } = Date;
		Date.now = () => now() + this.#clockIsOffByMs;
		const mend = breakDisk((operation, file) => this.#fault(operation, file));
		return () => {
			mend();
			this.heal();
			Date.now = now;
			fs.watch = watch;
		};
	}

	/** How it is in the next step. */
	shake(): void {
		this.#isBroken = this.random() < 0.6;
		this.isKeyAway = this.random() < 0.2;
		if (this.random() < 0.2) this.#clockIsOffByMs = this.pick([0, 3_600_000, -3_600_000]);
	}

	/** Nothing fails any more, but for what is not seen for a moment. */
	heal(): void {
		[this.#isBroken, this.isKeyAway] = [false, false];
	}

	/** Does work on the healed machine, and again where something was not seen for a moment. */
	async surely<T>(work: () => Promise<T>): Promise<T> {
		this.heal();
		for (let turn = 1; ; turn++) {
			try {
				return await work();
			} catch (error) {
				if (turn === 10) throw error;
			}
		}
	}

	/** Removes the sign of life of the window that owns a draft. Returns what gives it back, as its next beat would. */
	forgetLife({ id }: Draft): () => void {
		const drafts = path.join(this.folder, 'drafts');
		const owner = path.join(drafts, `${id}.owner`);
		if (!existsSync(owner)) return () => undefined;
		const life = path.join(drafts, `${readFileSync(owner, 'utf8')}.window`);
		if (!existsSync(life)) return () => undefined;
		const content = readFileSync(life);
		rmSync(life);
		return () => writeFileSync(life, content);
	}

	remove(file: string): void {
		rmSync(path.join(this.folder, file), { force: true });
	}

	/** What writes that were broken off left. */
	temporaries(): string[] {
		const folders = [this.folder, path.join(this.folder, 'drafts')].filter((folder) => existsSync(folder));
		return folders.flatMap((folder) => readdirSync(folder)).filter((file) => /\.[\da-f-]{36}$/.test(file));
	}

	pick<T>(choices: readonly T[]): T {
		const choice = choices[Math.floor(this.random() * choices.length)];
		assert.ok(choice !== undefined);
		return choice;
	}

	dispose(): void {
		removeFolder(this.folder);
	}

	#fault(operation: Operation, file: string): string | undefined {
		if (!file.startsWith(this.folder)) return undefined;
		// A reader in the middle of another window's renaming finds nothing for a moment.
		if (looks.includes(operation) && this.random() < 0.02) return 'ENOENT';
		if (!this.#isBroken || this.random() > 0.08) return undefined;
		// What is in the way of a removal goes by.
		return this.pick(operation.startsWith('rm') ? busyCodes : codes);
	}

	#secrets(): Partial<vscode.SecretStorage> {
		const later = async <T>(answer: () => T): Promise<T> => {
			await new Promise((resolve) => setImmediate(resolve));
			return answer();
		};
		return {
			get: (name) => later(() => (this.isKeyAway && this.random() < 0.3 ? undefined : this.keys.get(name))),
			store: (name, value) => later(() => void this.keys.set(name, value)),
			delete: (name) => later(() => void this.keys.delete(name)),
			keys: () => later(() => [...this.keys.keys()]),
		};
	}
}
