import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { CannotStart } from './refusal';
import { schemaSteps } from './steps';

/** `PRAGMA application_id` of our files ("LVLT"), so that a stranger's database is never written to. */
const applicationId = 0x4c564c54;
const busyTimeoutMs = 10_000;

type Synchronous = 'FULL' | 'NORMAL';

/** One SQLite database of Local Vault. What {@link write} has returned from survives a killed process and a power cut. */
export class Database {
	/** Whether there was no vault in it when it was opened. */
	readonly wasEmpty: boolean;
	readonly #connection: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();
	#isWriting = false;
	#synchronous: Synchronous = 'FULL';

	/**
	 * Opens a file, or a database in memory that leaves nothing behind when there is no file. To look into a file that is
	 * there changes nothing in it, its write-ahead log included.
	 * @throws {CannotStart} when the file can't be opened or is not ours.
	 */
	constructor(file?: string, mode: 'write' | 'look' = 'write') {
		this.#connection = connect(file, mode);
		try {
			this.#connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
			// Nothing is written before we know that the file is ours.
			this.wasEmpty = this.#stepsBehind(file) === 0;
			if (mode === 'write') this.#prepare(file);
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
		return this.#transaction('FULL', work);
	}

	/**
	 * A {@link write} of what only tells of a read: it survives a killed process, but a power cut may take the last ones.
	 * Waiting for the disk would make reading as slow as writing.
	 */
	audit<T>(work: () => T): T {
		return this.#transaction('NORMAL', work);
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

	#transaction<T>(synchronous: Synchronous, work: () => T): T {
		if (this.#isWriting) return work();
		if (synchronous !== this.#synchronous) {
			this.#connection.exec(`PRAGMA synchronous = ${synchronous}`);
			this.#synchronous = synchronous;
		}
		this.#statement('BEGIN IMMEDIATE').run();
		this.#isWriting = true;
		try {
			const result = work();
			this.#statement('COMMIT').run();
			return result;
		} catch (error) {
			this.#rollBack();
			throw error;
		} finally {
			this.#isWriting = false;
		}
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
		if (this.#stepsBehind(file) < schemaSteps.length) {
			this.write(() => {
				for (const step of schemaSteps.slice(this.#stepsBehind(file))) this.#connection.exec(step);
				this.#connection.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaSteps.length}`);
			});
		}
		this.#connection.exec('PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
		// SQLite goes on without where the disk can't share memory between processes, as some network drives.
		const { journal_mode: mode } = this.#connection.prepare('PRAGMA journal_mode = WAL').get() ?? {};
		if (file !== undefined && mode !== 'wal') {
			throw new CannotStart(
				`${file} can't have a write-ahead log (its mode is ${String(mode)}). Keep it on a disk of this machine.`,
			);
		}
	}

	// A fresh file is told by its content.
	#stepsBehind(file: string | undefined): number {
		let version: number;
		let isFresh: boolean;
		try {
			version = this.#pragma('user_version');
			isFresh = version === 0 && this.#pragma('schema_version') === 0;
		} catch (error) {
			throw isBusy(error) ? error : new CannotStart(`${file} is not a database of Local Vault.`);
		}
		if (isFresh) return 0;
		if (this.#pragma('application_id') !== applicationId) {
			throw new CannotStart(`${file} is a database, but not one of Local Vault.`);
		}
		if (version > schemaSteps.length) {
			throw new CannotStart(`${file} was written by a newer Local Vault. Update this one, or use another file.`);
		}
		return version;
	}
}

/** Whether SQLite gave up waiting for another process. */
export function isBusy(error: unknown): boolean {
	return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}

/** Whether SQLite had no room to write. */
export function isFull(error: unknown): boolean {
	return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 13;
}

function connect(file: string | undefined, mode: 'write' | 'look'): DatabaseSync {
	if (file === undefined) return new DatabaseSync(':memory:');
	try {
		// Resolved, because SQLite takes some names (":memory:", "file:…") for something else.
		const resolved = path.resolve(file);
		// A log that a killed process has left is carried over by whoever may write. Where there is none, a reader makes one.
		if (mode === 'look') return new DatabaseSync(resolved, { readOnly: existsSync(`${resolved}-wal`) });
		// Created here because SQLite would make it readable for everybody; its WAL takes over the mode of the file.
		mkdirSync(path.dirname(resolved), { recursive: true, mode: 0o700 });
		closeSync(openSync(resolved, 'a', 0o600));
		return new DatabaseSync(resolved);
	} catch (error) {
		throw new CannotStart(`${file} can't be opened (${error instanceof Error ? error.message : String(error)}).`);
	}
}
