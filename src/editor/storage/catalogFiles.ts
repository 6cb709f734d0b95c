import type * as vscode from 'vscode';
import type { KnownVault } from '../../commands/ports';
import type { Catalog } from '../../vault/catalog/catalog';
import { snapshotIn } from '../../vault/catalog/snapshotText';
import { isSnapshot, keptFromInSteps } from '../../vault/catalog/snapshot';
import type { CatalogState } from '../../vault/catalog/state';
import { SealedFiles } from './sealedFiles';

/** Between two writes, in ms; more where a write takes long, so that it keeps the window busy a twentieth of the time. */
const leastPauseMs = 2_000;
const pausePerWrite = 20;
/** What a crash may lose: on a busy machine, a write mostly waits. */
const longestPauseMs = 15_000;

/** What is there for longer was left by a window that was killed. */
const longestWriteMs = 60_000;

/** Whose catalog it is: that of a connection while it has one key. Another key may open another environment. */
export interface CatalogOwner {
	readonly id: string;
	readonly keyRevision: string;
}

/**
 * What the catalogs know, one encrypted file for each connection, API key and client: names and key contexts are a team's business.
 * What is damaged, or has the form of another version, counts as nothing. All windows write to the same files, and take
 * in what the others wrote.
 */
export class CatalogFiles {
	readonly #files: SealedFiles;

	constructor({ globalStorageUri, secrets }: vscode.ExtensionContext) {
		this.#files = new SealedFiles(globalStorageUri.fsPath, 'catalogs', secrets);
	}

	/** What is kept of a connection's catalog; undefined where nothing is, or nothing that can be used. */
	async read(owner: CatalogOwner): Promise<CatalogState | undefined> {
		try {
			const text = await this.#files.read(await this.#nameOf(owner));
			const snapshot = text === undefined ? undefined : await snapshotIn(text);
			return isSnapshot(snapshot) ? await keptFromInSteps(snapshot) : undefined;
		} catch {
			return undefined;
		}
	}

	/** The same, to look an object up in. */
	async known(owner: CatalogOwner): Promise<KnownVault | undefined> {
		const kept = await this.read(owner);
		return kept && { environmentId: kept.known.environmentId, get: (id) => kept.known.objects.get(id) };
	}

	/** Keeps a catalog up to date on the disk. The answer ends that, and resolves when all that was learnt is written. */
	keep(owner: CatalogOwner, catalog: Catalog): () => Promise<void> {
		let timer: NodeJS.Timeout | undefined;
		let writing: Promise<void> = Promise.resolve();
		let isChanged = false;
		let pause = leastPauseMs;
		let known: string | undefined;
		const write = async () => {
			timer = undefined;
			if (!isChanged) return;
			isChanged = false;
			const started = Date.now();
			const name = await this.#nameOf(owner);
			const stamp = await this.#files.stamp(name);
			if (stamp !== undefined && stamp !== known) {
				const theirs = await this.read(owner);
				if (theirs) await catalog.merge(theirs);
				isChanged = false;
			}
			known = await this.#files.write(name, await catalog.toText());
			await this.#files.removeUnfinished(name, longestWriteMs);
			pause = Math.min(Math.max(leastPauseMs, (Date.now() - started) * pausePerWrite), longestPauseMs);
		};
		// What can't be kept is learnt anew: the disk may be full, and nobody has to do anything about it.
		const inTurn = () => (writing = writing.then(write).catch(() => undefined));
		const subscription = catalog.onDidChange(() => {
			isChanged = true;
			timer ??= setTimeout(() => void inTurn(), pause);
		});
		return () => {
			subscription.dispose();
			clearTimeout(timer);
			return inTurn();
		};
	}

	/** Forgets what is kept of a connection's catalog, under whichever key. */
	async forget(connectionId: string): Promise<void> {
		await this.#remove((name) => name.startsWith(`${connectionId}.`));
	}

	/** Forgets all but these, as far as the disk lets it: a window may have ended before it could. */
	async retain(owners: readonly CatalogOwner[]): Promise<void> {
		const beginnings = owners.map(beginningOf);
		const isOld = (name: string) => !beginnings.some((beginning) => name.startsWith(beginning));
		await this.#remove(isOld).catch(() => undefined);
	}

	/** Where the extension runs for several clients, each has keys of its own, and can't open what another one keeps. */
	async #nameOf(owner: CatalogOwner): Promise<string> {
		return beginningOf(owner) + (await this.#files.keyFingerprint());
	}

	async #remove(isMeant: (name: string) => boolean): Promise<void> {
		const names = new Set([...(await this.#files.names()), ...(await this.#files.unfinished())]);
		await Promise.all([...names].filter(isMeant).map((name) => this.#files.remove(name)));
	}
}

const beginningOf = ({ id, keyRevision }: CatalogOwner): string => `${id}.${keyRevision}.`;
