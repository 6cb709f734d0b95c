import * as vscode from 'vscode';
import type { CommandId } from '../../commands';
import type { Allowances, Connection, Connections } from '../../commands/ports';
import { setContextKey } from '../contextKeys';
import type { EditorPrivacy } from './privacy';
import { plain } from '../visibleText';

const error = new vscode.ThemeColor('statusBarItem.errorBackground');
const warning = new vscode.ThemeColor('statusBarItem.warningBackground');

/**
 * What a person has to know at any time: the connection in use, production apart by colour and word and with what is
 * left of an allowance; the lock; presentation mode; and the countdown while the vault makes everybody wait.
 */
export class StatusBar implements vscode.Disposable {
	readonly #connection = makeItem('connection', 'Connection');
	readonly #lock = makeItem('lock', 'Lock');
	readonly #presentation = makeItem('presentation', 'Presentation Mode');
	readonly #waiting = makeItem('waiting', 'Waiting');
	readonly #subscriptions: vscode.Disposable;
	#countdown: NodeJS.Timeout | undefined;

	constructor(
		private readonly connections: Connections,
		private readonly privacy: EditorPrivacy,
		private readonly allowances: Allowances,
	) {
		this.#connection.command = 'workosVault.switchConnection' satisfies CommandId;
		this.#connection.tooltip = 'The vault in use. Choose to switch to another one.';
		this.#waiting.command = 'workosVault.showLog' satisfies CommandId;
		this.#presentation.command = 'workosVault.stopPresentation' satisfies CommandId;
		this.#presentation.text = '$(eye-closed) Vault: values withheld';
		this.#presentation.accessibilityInformation = { label: 'Vault: values withheld in presentation mode. Stop…' };
		this.#presentation.tooltip = 'Presentation mode: no value is shown or copied. Choose to stop it.';
		this.#presentation.backgroundColor = warning;
		const update = () => this.#update();
		const everySecond = setInterval(() => this.#isAllowed() && update(), 1000);
		this.#subscriptions = vscode.Disposable.from(
			this.#connection,
			this.#lock,
			this.#presentation,
			this.#waiting,
			connections.onDidChangeSession(update),
			privacy.onDidChange(update),
			allowances.onDidChange(update),
			{ dispose: () => clearInterval(everySecond) },
		);
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
			this.#waiting.text = `$(watch) Vault: waiting ${secondsTo(until)} s`;
			const label = `Vault: waiting ${secondsTo(until)} seconds, as it asked. Show log…`;
			this.#waiting.accessibilityInformation = { label };
			this.#waiting.tooltip = 'The vault asked for a pause. Requests go on by themselves.';
			this.#waiting.show();
		};
		show();
		this.#countdown = setInterval(show, 1000);
	}

	dispose(): void {
		clearInterval(this.#countdown);
		this.#subscriptions.dispose();
	}

	#update(): void {
		const { isLocked, isPresenting } = this.privacy;
		const connection = this.connections.session?.connection;
		if (connection) this.#showConnection(connection);
		else this.#connection.hide();
		this.#lock.text = isLocked ? '$(lock) Vault locked' : '$(unlock)';
		this.#lock.tooltip = isLocked ? 'WorkOS Vault is locked. Choose to unlock it.' : 'Lock WorkOS Vault now';
		this.#lock.accessibilityInformation = { label: isLocked ? 'Vault locked. Unlock…' : 'Vault unlocked. Lock…' };
		this.#lock.command = (isLocked ? 'workosVault.unlock' : 'workosVault.lockNow') satisfies CommandId;
		setVisible(this.#lock, isLocked || connection !== undefined);
		setVisible(this.#presentation, isPresenting);
		const onProduction = this.allowances.until(connection?.id ?? '') ? 'allowed' : 'readOnly';
		const changes = connection?.isProduction ? onProduction : 'free';
		setContextKey('changes', changes);
	}

	#showConnection({ id, isProduction, ...connection }: Connection): void {
		const name = plain(connection.name);
		const until = this.allowances.until(id);
		const rights = until ? `changes allowed for ${clock(secondsTo(until))}` : 'read-only';
		this.#connection.text = isProduction ? `$(shield) ${name} (production, ${rights})` : `$(vm-connect) ${name}`;
		this.#connection.accessibilityInformation = {
			label: `Vault connected: ${name}${isProduction ? `, production, ${rights}` : ''}. Switch…`,
		};
		this.#connection.backgroundColor = isProduction ? error : undefined;
		this.#connection.show();
	}

	/** True while an allowance runs, and for the one look that takes it off the status bar. */
	#isAllowed(): boolean {
		return this.#connection.text.includes('changes allowed');
	}
}

function makeItem(id: string, name: string): vscode.StatusBarItem {
	const item = vscode.window.createStatusBarItem(`workosVault.${id}`, vscode.StatusBarAlignment.Left);
	item.name = `WorkOS Vault ${name}`;
	return item;
}

function setVisible(item: vscode.StatusBarItem, isVisible: boolean): void {
	if (isVisible) item.show();
	else item.hide();
}

function secondsTo(time: Date): number {
	return Math.max(0, Math.ceil((time.getTime() - Date.now()) / 1000));
}

function clock(seconds: number): string {
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
