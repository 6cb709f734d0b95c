import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { settings } from '../settings';
import { MissingKey, storedKey } from '../storage/storedKey';
import { TellableError } from '../errorMessages';

const rootKeyName = 'workosVault.localRootKey';
/** The databases of all root keys that there ever were. */
const databaseName = /^localVault-[0-9a-f]{12}\.sqlite$/;
const startTimeoutMs = 20_000;
/** The exit code that Local Vault has for an editor without Node's SQLite. */
const noSqlite = 3;

/** Where a running Local Vault answers. */
export interface LocalAddress {
	readonly url: string;
	readonly apiKey: string;
}

/**
 * Local Vault as a child process over a database in the extension's own storage. Its root key is in SecretStorage and
 * goes over by stdin; the process ends when that closes.
 */
export class LocalVault implements vscode.Disposable {
	#child: ChildProcess | undefined;
	#starting: Promise<LocalAddress> | undefined;

	constructor(private readonly context: vscode.ExtensionContext) {}

	/**
	 * The address of the running server; starts it where there is none.
	 * @throws TellableError when it can't be started, with the reason
	 */
	start(): Promise<LocalAddress> {
		if (this.#starting) return this.#starting;
		const starting: Promise<LocalAddress> = this.#start(() => this.#starting === starting).catch((error: unknown) => {
			if (this.#starting === starting) this.dispose();
			throw error;
		});
		this.#starting = starting;
		return starting;
	}

	/** Makes a new root key where this machine has lost the one that there was, and so an empty vault at the next start. */
	async makeNewKey(): Promise<void> {
		await this.#rootKey(() => Promise.resolve(false));
	}

	/** Ends the server. What it holds stays on this machine. */
	dispose(): void {
		this.#starting = undefined;
		this.#child?.stdin?.end();
		this.#child?.kill();
		this.#child = undefined;
	}

	async #rootKey(isUsed: () => Promise<boolean>): Promise<string> {
		const { secrets, globalStorageUri } = this.context;
		try {
			return await storedKey(secrets, rootKeyName, globalStorageUri.fsPath, isUsed);
		} catch (error) {
			if (!(error instanceof MissingKey)) throw error;
			throw new TellableError({
				sentence:
					'What you kept in Local Vault can’t be opened: its key is missing from the secret storage of this machine. If its keyring is locked, unlock it and try again.',
				button: { title: 'Start an Empty One…', command: 'workosVault.startEmptyLocalVault' },
			});
		}
	}

	async #start(isWanted: () => boolean): Promise<LocalAddress> {
		const folder = this.context.globalStorageUri.fsPath;
		await mkdir(folder, { recursive: true });
		const program = path.join(this.context.extensionPath, 'dist', 'localVault.js');
		const rootKey = await this.#rootKey(async () => (await readdir(folder)).some((file) => databaseName.test(file)));
		// Locked or signed out of meanwhile.
		if (!isWanted()) throw new DOMException('Local Vault was ended', 'AbortError');
		// A new root key gets a vault of its own beside the unreadable one.
		const fingerprint = createHash('sha256').update(rootKey).digest('hex').slice(0, 12);
		const data = path.join(folder, `localVault-${fingerprint}.sqlite`);
		const options = [
			'--data',
			data,
			'--seed',
			'demo',
			'--purge-after',
			String(settings.purgeAfter()),
			'--root-key-stdin',
		];
		const child = spawn(process.execPath, [program, ...options], {
			// In the desktop's extension host the executable is Electron; this makes it behave as Node.
			// What a person has Node do elsewhere is not for this one.
			env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: undefined, WORKOS_API_KEY: undefined },
			windowsHide: true,
			stdio: ['pipe', 'pipe', 'pipe'],
		});
		this.#child = child;
		child.once('exit', () => {
			if (this.#child === child) this.dispose();
		});
		child.stdin.on('error', () => undefined);
		child.stdin.write(`${rootKey}\n`);
		return firstLine(child);
	}
}

function firstLine(child: ChildProcess): Promise<LocalAddress> {
	return new Promise((resolve, reject) => {
		let output = '';
		let complaint = '';
		const timer = setTimeout(() => reject(notStarted('it did not answer in time.')), startTimeoutMs);
		child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
		child.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			const end = output.indexOf('\n');
			if (end < 0) return;
			clearTimeout(timer);
			try {
				resolve(JSON.parse(output.slice(0, end)) as LocalAddress);
			} catch {
				reject(notStarted('it said something else than its address.'));
			}
		});
		child.once('error', () => {
			clearTimeout(timer);
			reject(notStarted('its process could not be started.'));
		});
		child.once('exit', (code) => {
			clearTimeout(timer);
			const reason =
				code === noSqlite
					? 'this editor’s Node has no SQLite. A newer VS Code has it.'
					: complaint.trim().split('\n').at(-1) || 'it ended at once.';
			reject(notStarted(reason));
		});
	});
}

function notStarted(reason: string): TellableError {
	return new TellableError({
		sentence: `Local Vault could not be started: ${reason}`,
		button: { title: 'Show Log', command: 'workosVault.showLog' },
	});
}
