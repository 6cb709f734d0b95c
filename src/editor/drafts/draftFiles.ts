import * as vscode from 'vscode';
import { type Draft } from '../../vault/drafts/draft';
import { draftAddress, draftScheme, idOf } from '../addresses';
import { setContextKey } from '../contextKeys';

interface DraftFile {
	readonly uri: vscode.Uri;
	readonly draft: Draft;
	readonly created: number;
	modified: number;
	isWritable: boolean;
}

const utf8 = new TextEncoder();

/**
 * The file system that drafts are edited on: a save goes into memory, at once, and never fails (one failure would make
 * VS Code stop auto-saving and leave its plaintext backup on the disk). Publishing is a step of its own.
 * A file is read-only until `setWritable`.
 */
export class DraftFiles implements vscode.FileSystemProvider {
	readonly #files = new Map<string, DraftFile>();
	/** The time that `stat` gave last for an address without a draft. */
	#timeOfNothing = 0;
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

	readonly onDidChangeFile = this.#changed.event;

	/** The address of a draft's document, where it has one. */
	addressOf(draft: Draft): vscode.Uri | undefined {
		return [...this.#files.values()].find((file) => file.draft === draft)?.uri;
	}

	/** Makes a file of a draft in the folder of its organization, if it has one, at an address that never was there before: VS Code may still hold what was at an old one. */
	add(draft: Draft, organization?: string): vscode.Uri {
		const id = crypto.randomUUID();
		const uri = draftAddress(id, organization, draft.name);
		const now = Date.now();
		this.#files.set(id, { uri, draft, created: now, modified: now, isWritable: false });
		return uri;
	}

	draftAt(uri: vscode.Uri): Draft | undefined {
		return uri.scheme === draftScheme ? this.#files.get(idOf(uri))?.draft : undefined;
	}

	isWritable(uri: vscode.Uri): boolean {
		return this.#files.get(idOf(uri))?.isWritable ?? false;
	}

	/** Allows or forbids writing, and has VS Code look again. */
	setWritable(uri: vscode.Uri, isWritable: boolean): void {
		const file = this.#files.get(idOf(uri));
		if (!file) return;
		file.isWritable = isWritable;
		file.modified++;
		this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri: file.uri }]);
		this.#updateMenus();
	}

	/**
	 * Forgets a file. VS Code may hold its document for minutes, also that of a file which is gone already: it reads it again,
	 * and finds nothing.
	 */
	remove(uri: vscode.Uri): void {
		this.#files.delete(idOf(uri));
		this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
		this.#updateMenus();
	}

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => undefined);
	}

	/**
	 * An unknown address is one that VS Code restored from its backup, or whose draft is gone: it may be saved, into nothing,
	 * and let go. VS Code reads again only what has another time than before, and saves over nothing that is newer: each look
	 * finds an earlier one.
	 */
	stat(uri: vscode.Uri): vscode.FileStat {
		const file = this.#files.get(idOf(uri));
		if (!file) return { type: vscode.FileType.File, ctime: 0, mtime: --this.#timeOfNothing, size: 0 };
		const { draft, created, modified, isWritable } = file;
		return {
			type: vscode.FileType.File,
			ctime: created,
			mtime: modified,
			size: utf8.encode(draft.text).length,
			...(!isWritable && { permissions: vscode.FilePermission.Readonly }),
		};
	}

	readFile(uri: vscode.Uri): Uint8Array {
		return utf8.encode(this.#files.get(idOf(uri))?.draft.text ?? '');
	}

	writeFile(uri: vscode.Uri, content: Uint8Array): void {
		const file = this.#files.get(idOf(uri));
		if (!file) return;
		file.modified = Math.max(Date.now(), file.modified + 1);
		file.draft.write(new TextDecoder('utf-8', { ignoreBOM: true }).decode(content));
	}

	readDirectory(): [string, vscode.FileType][] {
		return [];
	}

	createDirectory(): void {
		// VS Code asks for the folder of an unknown address before it saves there.
	}

	delete(uri: vscode.Uri): never {
		throw vscode.FileSystemError.NoPermissions(uri);
	}

	rename(uri: vscode.Uri): never {
		throw vscode.FileSystemError.NoPermissions(uri);
	}

	/** Says which drafts have a button to publish: `activeEditorIsReadonly` of VS Code 1.105 stays what it was at first. */
	#updateMenus(): void {
		const writable = [...this.#files.values()].filter(({ isWritable }) => isWritable).map(({ uri }) => uri.toString());
		setContextKey('writableDrafts', writable);
	}
}
