import * as vscode from 'vscode';
import type { Clipboard } from '../commands/ports';
import { settings } from './settings';

/** VS Code's clipboard. Of a copied value only a hash is kept, to know it again. */
export class EditorClipboard implements Clipboard, vscode.Disposable {
	#timer: NodeJS.Timeout | undefined;
	#focus: vscode.Disposable | undefined;

	async copy(text: string): Promise<void> {
		await vscode.env.clipboard.writeText(text);
	}

	async copySecret(text: string): Promise<number> {
		const seconds = settings.clearClipboardAfter();
		const hash = await hashOf(text);
		await vscode.env.clipboard.writeText(text);
		this.dispose();
		this.#timer = setTimeout(() => this.#clearWhenFocused(hash), seconds * 1000);
		return seconds;
	}

	async read(): Promise<string> {
		return vscode.env.clipboard.readText();
	}

	/** Gives up clearing. */
	dispose(): void {
		clearTimeout(this.#timer);
		this.#focus?.dispose();
	}

	/** A clipboard can be read only while the window has the focus. */
	#clearWhenFocused(hash: string): void {
		if (vscode.window.state.focused) {
			void clearIf(hash);
			return;
		}
		this.#focus = vscode.window.onDidChangeWindowState(({ focused }) => {
			if (!focused) return;
			this.#focus?.dispose();
			void clearIf(hash);
		});
	}
}

async function clearIf(hash: string): Promise<void> {
	try {
		const current = await vscode.env.clipboard.readText();
		if ((await hashOf(current)) === hash) await vscode.env.clipboard.writeText('');
	} catch {
		void vscode.window.showWarningMessage(
			'The clipboard could not be read, so the copied value may still be on it. Copy something else to replace it.',
		);
	}
}

async function hashOf(text: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return Buffer.from(digest).toString('base64');
}
