import type { webcrypto } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { removeTemporaries, replaceFile } from './storage/replaceFile';
import { storedKey } from './storage/storedKey';
import { ifThere, whileBusy } from './storage/whileBusy';

const keyName = 'workosVault.storageKey';
const ending = '.sealed';
const nonceSize = 12;
const fingerprintLength = 12;

/**
 * Texts in files of the extension's own storage, encrypted with AES-256-GCM under a random key in SecretStorage. A file
 * is bound to its name, and is written whole or not at all. No key stays in memory between two calls.
 */
export class SealedFiles {
	readonly #folder: string;

	/** @param kind the folder of the storage that they are in: drafts are what nothing else can bring back */
	constructor(
		private readonly storage: string,
		kind: 'drafts' | 'catalogs',
		private readonly secrets: SecretStorage,
	) {
		this.#folder = path.join(storage, kind);
	}

	/** Whether the secret storage has the key. Settles as soon as that answers. */
	async hasKey(): Promise<boolean> {
		return (await this.secrets.get(keyName)) !== undefined;
	}

	/** What the key is known by in a file's name; makes it where there is none yet. @throws as `prepare` */
	async keyFingerprint(): Promise<string> {
		const digest = await crypto.subtle.digest('SHA-256', Buffer.from(await this.#key(), 'base64'));
		return Buffer.from(digest).toString('hex').slice(0, fingerprintLength);
	}

	/** Makes the key where there is none yet. @throws MissingKey where drafts are encrypted with one that is gone */
	async prepare(): Promise<void> {
		await this.#key();
	}

	/** The names of the files that there are. @throws when nobody can tell */
	async names(): Promise<string[]> {
		return namesIn(this.#folder);
	}

	/** A file's text; undefined where there is none, or none that today's key opens. @throws when it can't be read */
	async read(name: string): Promise<string | undefined> {
		const kept = await this.secrets.get(keyName);
		if (kept === undefined) return undefined;
		const sealed = await ifThere(() => readFile(this.#path(name)));
		if (!sealed) return undefined;
		try {
			const [nonce, body] = [sealed.subarray(0, nonceSize), sealed.subarray(nonceSize)];
			return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
				await crypto.subtle.decrypt(cipher(nonce, name), await importKey(kept), body),
			);
		} catch {
			return undefined;
		}
	}

	/**
	 * @param ensure called right before the file is changed: throws where this window may not change it any more
	 * @throws what `ensure` throws, or when the file can't be written
	 */
	async write(name: string, text: string, ensure?: () => void): Promise<void> {
		const nonce = crypto.getRandomValues(new Uint8Array(nonceSize));
		const key = await importKey(await this.#key());
		const body = await crypto.subtle.encrypt(cipher(nonce, name), key, new TextEncoder().encode(text));
		await mkdir(this.#folder, { recursive: true });
		await replaceFile(this.#path(name), Buffer.concat([nonce, Buffer.from(body)]), ensure, 0o600);
	}

	/** Changes with every write of a file; undefined where there is none. */
	async stamp(name: string): Promise<string | undefined> {
		const written = await stat(this.#path(name)).catch(() => undefined);
		return written && `${written.ino} ${written.mtimeMs}`;
	}

	/**
	 * @param ensure called right before the file is removed: throws where this window may not remove it any more
	 * @throws what `ensure` throws, or when the file can't be removed
	 */
	async remove(name: string, ensure?: () => void): Promise<void> {
		await whileBusy(() => {
			ensure?.();
			rmSync(this.#path(name), { force: true });
		});
	}

	/** Removes what a write left that was broken off, or that still goes on in a window which may not write any more. */
	async removeUnfinished(name: string): Promise<void> {
		await removeTemporaries(this.#path(name));
	}

	#path(name: string): string {
		return path.join(this.#folder, name + ending);
	}

	#key(): Promise<string> {
		const isUsed = async () => (await namesIn(path.join(this.storage, 'drafts'))).length > 0;
		return storedKey(this.secrets, keyName, this.storage, isUsed);
	}
}

async function namesIn(folder: string): Promise<string[]> {
	const files = (await ifThere(() => readdir(folder))) ?? [];
	return files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
}

function cipher(nonce: Uint8Array<ArrayBuffer>, name: string): webcrypto.AesGcmParams {
	return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(name) };
}

function importKey(base64: string): Promise<webcrypto.CryptoKey> {
	return crypto.subtle.importKey('raw', Buffer.from(base64, 'base64'), 'AES-GCM', false, ['encrypt', 'decrypt']);
}
