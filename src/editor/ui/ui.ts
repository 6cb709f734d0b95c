import * as vscode from 'vscode';
import {
	cancelled,
	type CheckedChoice,
	type Choice,
	type Question,
	type Search,
	type Ui,
} from '../../commands/ports/ui';
import { tooLargeWords } from '../../commands/prompts/value';
import { maxValueBytes } from '../../vault/limits';
import type { Log } from '../log';
import { listQuestion } from './listQuestion';
import { toRow } from './rows';
import { showSearch } from './search';
import { plain } from '../visibleText';

/** How long something may run before a notification with a cancel button appears, in ms. */
const patienceMs = 500;
/** How long an announcement is shown, in ms: long enough to be read. */
const announcedForMs = 3_000;

/** What flows say and ask, over VS Code's quick input, notifications and dialogs. */
export class EditorUi implements Ui {
	#endAnnouncement: (() => void) | undefined;

	constructor(private readonly log: Log) {}

	input({ title, prompt, placeholder, value, isMasked, validate }: Question): Promise<string | undefined> {
		const box = vscode.window.createInputBox();
		Object.assign(box, {
			title: plain(title),
			prompt: plain(prompt),
			placeholder: placeholder && plain(placeholder),
			value: value ?? '',
			password: isMasked,
			ignoreFocusOut: true,
		});
		const problemOf = async (text: string) => {
			const problem = await validate?.(text);
			return problem && plain(problem);
		};
		// Nothing is wrong yet with a box that nobody typed into.
		box.onDidChangeValue(async (text) => {
			const problem = await problemOf(text);
			if (box.value === text) box.validationMessage = problem;
		});
		return new Promise((resolve) => {
			box.onDidAccept(async () => {
				const text = box.value;
				box.validationMessage = await problemOf(text);
				if (box.validationMessage !== undefined || box.value !== text) return;
				resolve(text);
				box.hide();
			});
			box.onDidHide(() => {
				resolve(undefined);
				box.dispose();
			});
			box.show();
		});
	}

	async pick<T>(
		title: string,
		placeholder: string,
		choices: readonly Choice<T>[],
		note?: string,
	): Promise<T | undefined> {
		return (await vscode.window.showQuickPick(choices.map(toRow), listOptions(title, placeholder, note)))?.value;
	}

	async pickMany<T>(
		title: string,
		placeholder: string,
		choices: readonly CheckedChoice<T>[],
		note?: string,
	): Promise<T[] | undefined> {
		const rows = choices.map((choice) => ({ ...toRow(choice), picked: choice.isChecked }));
		const options = { ...listOptions(title, placeholder, note), canPickMany: true } as const;
		const picked = await vscode.window.showQuickPick(rows, options);
		return picked?.map(({ value }) => value);
	}

	search<T extends { readonly id: string }>(search: Search<T>): Promise<T | undefined> {
		return showSearch(search, this.log);
	}

	async confirm(message: string, detail: string, action: string): Promise<boolean> {
		return (
			(await vscode.window.showWarningMessage(plain(message), { modal: true, detail: plain(detail) }, action)) ===
			action
		);
	}

	announce(message: string): void {
		// What was told before may not be true any more.
		this.#endAnnouncement?.();
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#endAnnouncement = resolve;
		setTimeout(resolve, announcedForMs);
		// VS Code has no other message that a screen reader tells and that goes by itself.
		const options = { title: plain(message), location: vscode.ProgressLocation.Notification };
		void vscode.window.withProgress(options, (progress) => {
			// It is over: the bar does not run.
			progress.report({ increment: 100 });
			return promise;
		});
	}

	say(message: string): void {
		void vscode.window.showInformationMessage(plain(message));
	}

	warn(message: string): void {
		void vscode.window.showWarningMessage(plain(message));
	}

	async ask<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined> {
		return vscode.window.showInformationMessage(plain(message), ...buttons);
	}

	async warnAndAsk<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined> {
		return vscode.window.showWarningMessage(plain(message), ...buttons);
	}

	async progress<T>(
		title: string,
		run: (signal: AbortSignal, showHowFar: (howFar: string) => void) => Promise<T>,
	): Promise<T | typeof cancelled> {
		const controller = new AbortController();
		let message = '';
		let show: ((howFar: string) => void) | undefined;
		const work = run(controller.signal, (howFar) => {
			message = plain(howFar);
			show?.(message);
		});
		const settled = work.then(
			() => true,
			() => true,
		);
		const slow = new Promise<false>((resolve) => setTimeout(() => resolve(false), patienceMs));
		if (!(await Promise.race([settled, slow]))) {
			const options = { title: plain(title), location: vscode.ProgressLocation.Notification, cancellable: true };
			await vscode.window.withProgress(options, async (progress, token) => {
				show = (howFar) => progress.report({ message: howFar });
				if (message !== '') show(message);
				token.onCancellationRequested(() => controller.abort());
				await settled;
			});
		}
		try {
			return await work;
		} catch (error) {
			if (controller.signal.aborted) return cancelled;
			throw error;
		}
	}

	async openFile(title: string, button: string): Promise<Uint8Array | undefined> {
		const [uri] = (await vscode.window.showOpenDialog({ title: plain(title), openLabel: button })) ?? [];
		return uri && this.#read(uri);
	}

	readFile(address: string): Promise<Uint8Array | undefined> {
		return this.#read(vscode.Uri.parse(address, true));
	}

	async #read(uri: vscode.Uri): Promise<Uint8Array | undefined> {
		const { size } = await vscode.workspace.fs.stat(uri);
		if (size <= maxValueBytes) return vscode.workspace.fs.readFile(uri);
		this.warn(tooLargeWords('file'));
		return undefined;
	}

	async openUrl(url: string): Promise<void> {
		await vscode.env.openExternal(vscode.Uri.parse(url));
	}

	showLog(): void {
		this.log.show();
	}
}

function listOptions(title: string, placeholder: string, note: string | undefined): vscode.QuickPickOptions {
	const question = listQuestion(vscode.version, placeholder, note);
	return { title: plain(title), ...question, matchOnDescription: true, ignoreFocusOut: true };
}
