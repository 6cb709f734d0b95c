import * as vscode from 'vscode';
import type { CommandId } from '../../commands';
import type { Clipboard } from '../../commands/ports';
import { clearCopied, fingerprintOf } from './copiedText';
import { settings } from '../settings';

const mayStillBeThere =
	'The clipboard could not be read, so the copied value may still be on it. Copy something else to replace it.';

/** A copied value: known again by its fingerprint, and cleared when its time is up. */
interface Copied {
	readonly fingerprint: string;
	readonly until: number;
}

/** VS Code's clipboard. A copied value is cleared after a while, with a countdown, if it is still there. */
export class EditorClipboard implements Clipboard, vscode.Disposable {
	readonly #item = vscode.window.createStatusBarItem('workosVault.clipboard', vscode.StatusBarAlignment.Left);
	#copied: Copied | undefined;
	#timer: NodeJS.Timeout | undefined;
	#focus: vscode.Disposable | undefined;

	constructor() {
		this.#item.name = 'WorkOS Vault Clipboard';
		this.#item.command = 'workosVault.clearClipboard' satisfies CommandId;
		this.#item.tooltip = 'A copied value is on the clipboard. Choose to clear it now.';
	}

	async copy(text: string): Promise<void> {
		await vscode.env.clipboard.writeText(text);
	}

	async copySecret(text: string): Promise<number> {
		const seconds = settings.clearClipboardAfter();
		const fingerprint = await fingerprintOf(text);
		await vscode.env.clipboard.writeText(text);
		this.#forget();
		this.#copied = { fingerprint, until: Date.now() + seconds * 1000 };
		this.#timer = setInterval(() => this.#count(), 1000);
		this.#count();
		return seconds;
	}

	/** Clears what was copied, where it still is on the clipboard; with the next focus where that can't be done now. */
	async clearSecret(): Promise<void> {
		const copied = this.#copied;
		if (!copied) return;
		clearInterval(this.#timer);
		const { clipboard, uiKind } = vscode.env;
		const end = await clearCopied(copied.fingerprint, {
			readText: () => clipboard.readText(),
			writeText: (text) => clipboard.writeText(text),
			needsFocus: uiKind === vscode.UIKind.Web,
			isFocused: vscode.window.state.focused,
		});
		// Another value was copied meanwhile.
		if (this.#copied !== copied) return;
		if (end !== 'later') {
			this.#forget();
			if (end === 'impossible') void vscode.window.showWarningMessage(mayStillBeThere);
			return;
		}
		this.#item.text = '$(clippy) Clipboard: cleared when you are back';
		this.#item.accessibilityInformation = { label: 'Copied value: cleared from the clipboard when you are back' };
		this.#focus ??= vscode.window.onDidChangeWindowState(({ focused }) => void (focused && this.clearSecret()));
	}

	async read(): Promise<string> {
		return vscode.env.clipboard.readText();
	}

	dispose(): void {
		this.#forget();
		this.#item.dispose();
	}

	#count(): void {
		const left = Math.ceil(((this.#copied?.until ?? 0) - Date.now()) / 1000);
		if (left <= 0) {
			void this.clearSecret();
			return;
		}
		this.#item.text = `$(clippy) Clipboard: ${left} s`;
		this.#item.accessibilityInformation = {
			label: `Copied value: cleared from the clipboard in ${left} seconds. Clear…`,
		};
		this.#item.show();
	}

	#forget(): void {
		this.#copied = undefined;
		clearInterval(this.#timer);
		this.#focus?.dispose();
		this.#focus = undefined;
		this.#item.hide();
	}
}
