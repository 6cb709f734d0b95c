import type { webcrypto } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, open, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { Silence } from './holder';
import { ifListed } from './ifListed';
import { removeTemporaries, replaceFile, temporariesIn } from './replaceFile';
import { MissingKey, storedKey } from './storedKey';
import { whileBusy } from './whileBusy';

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
	/** What writes have left, or have in their hands. */
	readonly #seen = new Silence();

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

	/** The names of files that a write was broken off of, or is just going on. @throws when nobody can tell */
	async unfinished(): Promise<string[]> {
		const files = temporariesIn(await filesIn(this.#folder)).map(({ of }) => of);
		return [...new Set(files.filter((file) => file.endsWith(ending)).map(nameOf))];
	}

	/**
	 * A file's text; undefined where there is none, or none that today's key opens.
	 * @throws MissingKey where there is a file, and no key; any other error when it can't be read
	 */
	async read(name: string): Promise<string | undefined> {
		const sealed = await ifListed(this.#path(name), () => readFile(this.#path(name)));
		if (!sealed) return undefined;
		const kept = await this.secrets.get(keyName);
		if (kept === undefined) throw new MissingKey();
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
	 * Returns the file's stamp.
	 * @param ensure called right before the file is changed: throws where this window may not change it any more
	 * @throws what `ensure` throws, or when the file can't be written
	 */
	async write(name: string, text: string, ensure?: () => void): Promise<string> {
		for (;;) {
			const kept = await this.#key();
			const nonce = crypto.getRandomValues(new Uint8Array(nonceSize));
			const body = await crypto.subtle.encrypt(
				cipher(nonce, name),
				await importKey(kept),
				new TextEncoder().encode(text),
			);
			await mkdir(this.#folder, { recursive: true });
			await replaceFile(this.#path(name), Buffer.concat([nonce, Buffer.from(body)]), ensure, 0o600);
			// A window that saw no key for a moment, and no file yet, may have made another one meanwhile.
			const now = await this.secrets.get(keyName);
			if (now === kept) return stampOf(nonce);
			if (now === undefined) throw new MissingKey();
		}
	}

	/** Changes with every write of a file; undefined where there is none. @throws when it can't be read */
	async stamp(name: string): Promise<string | undefined> {
		const handle = await ifListed(this.#path(name), () => open(this.#path(name)));
		if (!handle) return undefined;
		try {
			const { buffer } = await handle.read(new Uint8Array(nonceSize), 0, nonceSize, 0);
			return stampOf(buffer);
		} finally {
			await handle.close();
		}
	}

	/**
	 * Removes a file, and what a write of it left that was broken off.
	 * @param ensure called right before the file is removed: throws where this window may not remove it any more
	 * @throws what `ensure` throws, or when the file can't be removed
	 */
	async remove(name: string, ensure?: () => void): Promise<void> {
		await whileBusy(() => {
			ensure?.();
			rmSync(this.#path(name), { force: true });
		});
		await this.removeUnfinished(name).catch(() => undefined);
	}

	/**
	 * Removes what a write left that was broken off, or that still goes on in a window which may not write any more.
	 * @param seenForMs how long it must have been there while this process looked
	 */
	async removeUnfinished(name: string, seenForMs = 0): Promise<void> {
		await removeTemporaries(this.#path(name), (temporary) => this.#seen.of(temporary, '') >= seenForMs);
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
	return (await filesIn(folder)).filter((file) => file.endsWith(ending)).map(nameOf);
}

async function filesIn(folder: string): Promise<string[]> {
	return (await ifListed(folder, () => readdir(folder))) ?? [];
}

function nameOf(file: string): string {
	return file.slice(0, -ending.length);
}

/** Each write has a nonce of its own, and no two windows ever have the same. */
function stampOf(nonce: Uint8Array): string {
	return Buffer.from(nonce).toString('hex');
}

function cipher(nonce: Uint8Array<ArrayBuffer>, name: string): webcrypto.AesGcmParams {
	return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(name) };
}

function importKey(base64: string): Promise<webcrypto.CryptoKey> {
	return crypto.subtle.importKey('raw', Buffer.from(base64, 'base64'), 'AES-GCM', false, ['encrypt', 'decrypt']);
}
