import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { DraftStore } from '../../src/editor/drafts/kept/draftStore';
import { removeFolder } from './removeFolder';

/** Windows over one folder, and what each of them has in its secret storage: the same if not given. */
export class DraftWindows {
	readonly folder = mkdtempSync(path.join(os.tmpdir(), 'drafts-'));
	readonly drafts = path.join(this.folder, 'drafts');
	readonly #windows: DraftStore[] = [];

	constructor(private readonly secrets: Map<string, string>) {}

	open(secrets: Pick<vscode.SecretStorage, 'get' | 'store'> = secretsOver(this.secrets)): DraftStore {
		const context = { globalStorageUri: { fsPath: this.folder }, secrets } as vscode.ExtensionContext;
		const window = new DraftStore(context);
		this.#windows.push(window);
		return window;
	}

	/** The drafts' files that end so. */
	ending(ending: string): string[] {
		return readdirSync(this.drafts).filter((file) => file.endsWith(ending));
	}

	path(file: string): string {
		return path.join(this.drafts, file);
	}

	/** Takes the signs of life of all windows away, as if they had ended. Returns what gives them back. */
	endLives(): () => void {
		const lives = this.ending('.window').map((file) => [this.path(file), readFileSync(this.path(file))] as const);
		for (const [file] of lives) rmSync(file);
		return () => lives.forEach(([file, content]) => writeFileSync(file, content));
	}

	dispose(): void {
		for (const window of this.#windows) window.dispose();
		removeFolder(this.folder);
	}
}

export function secretsOver(secrets: Map<string, string>): Pick<vscode.SecretStorage, 'get' | 'store'> {
	return {
		get: (name) => Promise.resolve(secrets.get(name)),
		store: (name, value) => Promise.resolve(void secrets.set(name, value)),
	};
}

/** The texts of the drafts that a window has, or takes over. */
export async function textsOf(window: DraftStore): Promise<string[]> {
	return (await window.adopt(() => false)).drafts.map(({ text }) => text).sort();
}
