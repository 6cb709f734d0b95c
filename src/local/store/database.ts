import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { CannotStart } from './refusal';

/** `PRAGMA application_id` of our files ("LVLT"), so that a stranger's database is never written to. */
const APPLICATION_ID = 0x4c564c54;
const SCHEMA_VERSION = 1;
const BUSY_TIMEOUT_MS = 10_000;

// `position` is the order of creation. Paging goes by it because, unlike updated_at, it never changes: a row that is
// updated while somebody pages would otherwise be seen twice or not at all.
const SCHEMA = `
	CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
	CREATE TABLE organizations (
		position INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		name TEXT NOT NULL,
		folded_name TEXT NOT NULL,
		external_id TEXT UNIQUE,
		metadata TEXT NOT NULL,
		domains TEXT NOT NULL,
		allow_profiles_outside_organization INTEGER NOT NULL,
		created_at INTEGER NOT NULL,
		updated_at INTEGER NOT NULL
	) STRICT;
	CREATE TABLE key_encryption_keys (
		id TEXT PRIMARY KEY,
		item TEXT NOT NULL UNIQUE,
		sealed BLOB NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE TABLE objects (
		position INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		name TEXT NOT NULL,
		folded_name TEXT NOT NULL,
		context TEXT NOT NULL,
		key_id TEXT NOT NULL,
		version INTEGER NOT NULL,
		version_id TEXT NOT NULL,
		updated_at INTEGER NOT NULL,
		deleted_at INTEGER
	) STRICT;
	CREATE UNIQUE INDEX live_object_names ON objects (name) WHERE deleted_at IS NULL;
	CREATE INDEX deleted_object_names ON objects (name, deleted_at) WHERE deleted_at IS NOT NULL;
	CREATE TABLE versions (
		object INTEGER NOT NULL REFERENCES objects (position) ON DELETE CASCADE,
		number INTEGER NOT NULL,
		id TEXT NOT NULL UNIQUE,
		created_at INTEGER NOT NULL,
		size INTEGER NOT NULL,
		etag TEXT NOT NULL,
		sealed_data_key BLOB NOT NULL,
		sealed_value BLOB NOT NULL,
		PRIMARY KEY (object, number)
	) STRICT;
	PRAGMA application_id = ${APPLICATION_ID};
	PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** One SQLite database of Local Vault. What {@link write} has returned from survives a killed process and a power cut. */
export class Database {
	readonly #connection: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();
	#isWriting = false;

	/**
	 * Opens a file, or a database in memory that leaves nothing behind when there is no file.
	 * @throws {CannotStart} when the file can't be opened or is not ours.
	 */
	constructor(file?: string) {
		this.#connection = connect(file);
		try {
			this.#prepare(file);
		} catch (error) {
			this.#connection.close();
			throw error;
		}
	}

	/** The first row, or undefined. `Row` has to name the columns that the statement selects. */
	one<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
		return this.#statement(sql).get(...values) as Row | undefined;
	}

	/** All rows. `Row` has to name the columns that the statement selects. */
	all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
		return this.#statement(sql).all(...values) as Row[];
	}

	/** Runs a statement; answers the rowid of the row that it inserted, if it did. */
	run(sql: string, ...values: SQLInputValue[]): number {
		return Number(this.#statement(sql).run(...values).lastInsertRowid);
	}

	/** All of `work` or nothing, alone among the writers of every process. A write inside a write joins it. */
	write<T>(work: () => T): T {
		if (this.#isWriting) return work();
		this.#connection.exec('BEGIN IMMEDIATE');
		this.#isWriting = true;
		try {
			const result = work();
			this.#connection.exec('COMMIT');
			return result;
		} catch (error) {
			this.#rollBack();
			throw error;
		} finally {
			this.#isWriting = false;
		}
	}

	/** A setting of this vault; what `choose` answers is kept where there is none yet. */
	setting(name: string, choose: () => Uint8Array): Uint8Array {
		const find = () => this.one<{ value: Uint8Array }>('SELECT value FROM settings WHERE name = ?', name)?.value;
		return (
			find() ??
			this.write(() => {
				const kept = find();
				if (kept) return kept;
				const chosen = choose();
				this.run('INSERT INTO settings (name, value) VALUES (?, ?)', name, chosen);
				return chosen;
			})
		);
	}

	close(): void {
		this.#statements.clear();
		this.#connection.close();
	}

	#rollBack(): void {
		try {
			this.#connection.exec('ROLLBACK');
		} catch {
			// After some failures (a full disk) SQLite has rolled back by itself; the failure is what has to be told.
		}
	}

	#statement(sql: string): StatementSync {
		const known = this.#statements.get(sql);
		if (known) return known;
		const statement = this.#connection.prepare(sql);
		this.#statements.set(sql, statement);
		return statement;
	}

	#pragma(name: string): number {
		return Number(Object.values(this.#connection.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
	}

	#prepare(file: string | undefined): void {
		// A fresh file is told by its content, and nothing is written before we know that the file is ours.
		this.#connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
		if (!this.#isOurs(file)) {
			this.write(() => {
				if (!this.#isOurs(file)) this.#connection.exec(SCHEMA);
			});
		}
		this.#connection.exec(
			'PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON',
		);
	}

	#isOurs(file: string | undefined): boolean {
		let version: number;
		let isFresh: boolean;
		try {
			version = this.#pragma('user_version');
			isFresh = version === 0 && this.#pragma('schema_version') === 0;
		} catch (error) {
			throw isBusy(error) ? error : new CannotStart(`${file} is not a database of Local Vault.`);
		}
		if (isFresh) return false;
		if (this.#pragma('application_id') !== APPLICATION_ID) {
			throw new CannotStart(`${file} is a database, but not one of Local Vault.`);
		}
		if (version > SCHEMA_VERSION) {
			throw new CannotStart(`${file} was written by a newer Local Vault. Update this one, or use another file.`);
		}
		return true;
	}
}

/** Whether SQLite gave up waiting for another process. */
export function isBusy(error: unknown): boolean {
	return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}

function connect(file: string | undefined): DatabaseSync {
	if (file === undefined) return new DatabaseSync(':memory:');
	try {
		// Created here because SQLite would make it readable for everybody; its WAL takes over the mode of the file.
		mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
		closeSync(openSync(file, 'a', 0o600));
		return new DatabaseSync(file);
	} catch (error) {
		throw new CannotStart(`${file} can't be opened (${error instanceof Error ? error.message : String(error)}).`);
	}
}
