import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keyLength } from './store/keys/crypto';
import { CannotStart } from './store/refusal';

/** What a disk without hard links says, such as a memory card or some network drives. */
const hasNoLinks: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** @throws {CannotStart} when the text is not the base64 of 32 bytes; `source` says where it came from */
export function rootKeyFromBase64(text: string, source: string): Buffer {
	const key = Buffer.from(text.trim(), 'base64');
	if (key.length !== keyLength || key.toString('base64') !== text.trim()) {
		throw new CannotStart(`The root key from ${source} is not ${keyLength} bytes in base64.`);
	}
	return key;
}

/**
 * The root key in the file beside a database (`FILE.key`, readable by its owner only; on Windows, by whom its folder says), created for a new database.
 * @throws {CannotStart} when the database is there and the key is not
 */
export function rootKeyBeside(dataFile: string): Buffer {
	const file = `${dataFile}.key`;
	// Looked at before the key: another process that creates both at this moment makes the key first.
	const isNew = !statSync(dataFile, { throwIfNoEntry: false })?.size;
	const text = readText(file);
	if (text === undefined && !isNew) {
		throw new CannotStart(`The root key of ${dataFile} is not in ${file}. Hand it over in LOCAL_VAULT_ROOT_KEY.`);
	}
	return rootKeyFromBase64(text ?? createKeyFile(file), file);
}

// Written beside and linked: a process that starts at the same moment sees no file or all of it, and the first one wins.
function createKeyFile(file: string): string {
	const text = randomBytes(keyLength).toString('base64');
	const draft = `${file}.${process.pid}`;
	try {
		mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
		writeFileSync(draft, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
		putInPlace(draft, file, `${text}\n`);
		return text;
	} catch (error) {
		const kept = readText(file);
		if (kept !== undefined) return kept;
		throw new CannotStart(`The root key can't be kept in ${file} (${messageOf(error)}).`);
	} finally {
		rmSync(draft, { force: true });
	}
}

/** @throws when there is such a file */
function putInPlace(draft: string, file: string, text: string): void {
	try {
		linkSync(draft, file);
	} catch (error) {
		if (!hasNoLinks.includes((error as NodeJS.ErrnoException).code)) throw error;
		writeFileSync(file, text, { mode: 0o600, flag: 'wx', flush: true });
	}
}

function readText(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw new CannotStart(`The root key in ${file} can't be read (${messageOf(error)}).`);
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
