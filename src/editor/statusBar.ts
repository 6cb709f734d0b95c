import * as vscode from 'vscode';
import type { Connections } from '../commands/ports';

/** The connection in use, production apart by colour and word; and the countdown while the vault makes everybody wait. */
export class StatusBar implements vscode.Disposable {
	readonly #connection = vscode.window.createStatusBarItem('workosVault.connection', vscode.StatusBarAlignment.Left);
	readonly #waiting = vscode.window.createStatusBarItem('workosVault.waiting', vscode.StatusBarAlignment.Left);
	readonly #subscription: vscode.Disposable;
	#countdown: NodeJS.Timeout | undefined;

	constructor(connections: Connections) {
		this.#connection.name = 'WorkOS Vault Connection';
		this.#connection.command = 'workosVault.switchConnection';
		this.#waiting.name = 'WorkOS Vault Waiting';
		this.#waiting.command = 'workosVault.showLog';
		const update = () => this.#showConnection(connections);
		this.#subscription = connections.onDidChangeSession(update);
		update();
	}

	/** Counts down to `until`; undefined ends it. */
	showPause(until: Date | undefined): void {
		clearInterval(this.#countdown);
		if (!until) {
			this.#waiting.hide();
			return;
		}
		const show = () => {
			const seconds = Math.max(0, Math.ceil((until.getTime() - Date.now()) / 1000));
			this.#waiting.text = `$(watch) Vault: waiting ${seconds} s`;
			this.#waiting.tooltip = 'The vault asked for a pause. Requests go on by themselves.';
			this.#waiting.show();
		};
		show();
		this.#countdown = setInterval(show, 1000);
	}

	dispose(): void {
		clearInterval(this.#countdown);
		this.#subscription.dispose();
		this.#connection.dispose();
		this.#waiting.dispose();
	}

	#showConnection({ session }: Connections): void {
		if (!session) {
			this.#connection.hide();
			return;
		}
		const { name, isProduction } = session.connection;
		this.#connection.text = isProduction ? `$(shield) ${name} (production)` : `$(lock) ${name}`;
		this.#connection.tooltip = 'The vault in use. Choose to switch to another one.';
		this.#connection.accessibilityInformation = {
			label: `WorkOS Vault connection ${name}${isProduction ? ', production' : ''}`,
		};
		this.#connection.backgroundColor = isProduction
			? new vscode.ThemeColor('statusBarItem.errorBackground')
			: undefined;
		this.#connection.show();
	}
}
