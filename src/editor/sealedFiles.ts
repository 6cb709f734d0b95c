import type { webcrypto } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { storedKey } from './storage/storedKey';

const keyName = 'workosVault.storageKey';
const ending = '.sealed';
const nonceSize = 12;

/**
 * Texts in files of the extension's own storage, encrypted with AES-256-GCM under a random key in SecretStorage. A file
 * is bound to its name, and is written whole or not at all. No key stays in memory between two calls.
 */
export class SealedFiles {
	constructor(
		private readonly folder: string,
		private readonly secrets: SecretStorage,
	) {}

	/** Settles as soon as the secret storage answers. */
	async askForKey(): Promise<void> {
		await this.secrets.get(keyName);
	}

	/** Makes the key where there is none yet. */
	async prepare(): Promise<void> {
		await this.#key();
	}

	/** The names of the files that there are. */
	async names(): Promise<string[]> {
		const files = await readdir(this.folder).catch(() => []);
		return files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
	}

	/** A file's text; undefined where there is none, or none that today's key opens. */
	async read(name: string): Promise<string | undefined> {
		const kept = await this.secrets.get(keyName);
		if (kept === undefined) return undefined;
		try {
			const sealed = await readFile(this.#path(name));
			const [nonce, body] = [sealed.subarray(0, nonceSize), sealed.subarray(nonceSize)];
			return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
				await crypto.subtle.decrypt(cipher(nonce, name), await importKey(kept), body),
			);
		} catch {
			return undefined;
		}
	}

	/** @throws when the file can't be written */
	async write(name: string, text: string): Promise<void> {
		const nonce = crypto.getRandomValues(new Uint8Array(nonceSize));
		const key = await importKey(await this.#key());
		const body = await crypto.subtle.encrypt(cipher(nonce, name), key, new TextEncoder().encode(text));
		await mkdir(this.folder, { recursive: true });
		const temporary = `${this.#path(name)}.${crypto.randomUUID()}`;
		await writeFile(temporary, Buffer.concat([nonce, Buffer.from(body)]), { mode: 0o600 });
		await rename(temporary, this.#path(name));
	}

	/** Changes with every write of a file; undefined where there is none. */
	async stamp(name: string): Promise<string | undefined> {
		const written = await stat(this.#path(name)).catch(() => undefined);
		return written && `${written.ino} ${written.mtimeMs}`;
	}

	async remove(name: string): Promise<void> {
		await rm(this.#path(name), { force: true });
	}

	#path(name: string): string {
		return path.join(this.folder, name + ending);
	}

	#key(): Promise<string> {
		return storedKey(this.secrets, keyName, path.dirname(this.folder));
	}
}

function cipher(nonce: Uint8Array<ArrayBuffer>, name: string): webcrypto.AesGcmParams {
	return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(name) };
}

function importKey(base64: string): Promise<webcrypto.CryptoKey> {
	return crypto.subtle.importKey('raw', Buffer.from(base64, 'base64'), 'AES-GCM', false, ['encrypt', 'decrypt']);
}
