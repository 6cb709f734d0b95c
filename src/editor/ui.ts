import * as vscode from 'vscode';
import type { CheckedChoice, Choice, Question, Search, Ui } from '../commands/ports';
import type { Log } from './log';
import { plain } from './words';

/** How long something may run before a notification with a cancel button appears, in ms. */
const patience = 500;
/** How long an announcement is shown, in ms: long enough to be read. */
const announcedForMs = 3_000;
const typingPause = 250;
/** How long a list waits for more before it is drawn anew, in ms. */
const learningPause = 300;
const maxFileSize = 1024 * 1024;

interface Row<T> extends vscode.QuickPickItem {
	readonly value: T;
}

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

	async pick<T>(title: string, placeholder: string, choices: readonly Choice<T>[]): Promise<T | undefined> {
		const options = {
			title: plain(title),
			placeHolder: plain(placeholder),
			matchOnDescription: true,
			ignoreFocusOut: true,
		};
		return (await vscode.window.showQuickPick(choices.map(toRow), options))?.value;
	}

	async pickMany<T>(
		title: string,
		placeholder: string,
		choices: readonly CheckedChoice<T>[],
	): Promise<T[] | undefined> {
		const rows = choices.map((choice) => ({ ...toRow(choice), picked: choice.isChecked }));
		const options = { title: plain(title), placeHolder: plain(placeholder), ignoreFocusOut: true };
		const picked = await vscode.window.showQuickPick(rows, { ...options, matchOnDescription: true, canPickMany: true });
		return picked?.map(({ value }) => value);
	}

	search<T extends { readonly id: string }>({ title, placeholder, ...search }: Search<T>): Promise<T | undefined> {
		const list = vscode.window.createQuickPick<Row<T>>();
		// `sortByLabel` is missing in VS Code's types: without it, the list would put its own order in the place of ours.
		Object.assign(list, { title: plain(title), placeholder: plain(placeholder), sortByLabel: false });
		let running = new AbortController();
		let typing: NodeJS.Timeout | undefined;
		let learning: NodeJS.Timeout | undefined;
		let found: readonly Row<T>[] = [];
		const draw = () => {
			const known = search.known(list.value.trim()).map(toShownRow);
			const ids = new Set(known.map(({ value }) => value.id));
			list.items = [...known, ...found.filter(({ value }) => !ids.has(value.id))];
		};
		const drawMore = () => {
			const activeId = list.activeItems[0]?.value.id;
			list.keepScrollPosition = true;
			draw();
			const active = list.items.find(({ value }) => value.id === activeId);
			if (active) list.activeItems = [active];
			list.keepScrollPosition = false;
		};
		return new Promise((resolve, reject) => {
			const look = async (text: string) => {
				running = new AbortController();
				const { signal } = running;
				list.busy = true;
				try {
					const rows = (await search.find(text, signal)).map(toShownRow);
					if (signal.aborted) return;
					found = rows;
					drawMore();
					list.title = plain(title);
				} catch (error) {
					if (signal.aborted) return;
					if (list.items.length === 0) {
						reject(error instanceof Error ? error : new Error());
						return list.hide();
					}
					// What is known can be picked all the same.
					this.log.failure('search', error);
					list.title = plain(`${title} (the vault did not answer: only what is known)`);
				}
				list.busy = false;
			};
			list.onDidChangeValue((text) => {
				clearTimeout(typing);
				running.abort();
				list.busy = false;
				found = [];
				draw();
				if (text.trim() !== '') typing = setTimeout(() => void look(text.trim()), typingPause);
			});
			list.onDidAccept(() => {
				const [row] = list.selectedItems;
				if (!row) return;
				resolve(row.value);
				list.hide();
			});
			const subscription = search.onDidLearn(() => {
				learning ??= setTimeout(() => {
					learning = undefined;
					drawMore();
				}, learningPause);
			});
			list.onDidHide(() => {
				clearTimeout(typing);
				clearTimeout(learning);
				subscription.dispose();
				running.abort();
				resolve(undefined);
				list.dispose();
			});
			draw();
			list.show();
		});
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

	async focusTree(): Promise<void> {
		await vscode.commands.executeCommand('workosVault.objects.focus');
	}

	async say<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined> {
		return vscode.window.showInformationMessage(plain(message), ...buttons);
	}

	async warn<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined> {
		return vscode.window.showWarningMessage(plain(message), ...buttons);
	}

	async progress<T>(
		title: string,
		run: (signal: AbortSignal, tell: (howFar: string) => void) => Promise<T>,
	): Promise<T | undefined> {
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
		const slow = new Promise<false>((resolve) => setTimeout(() => resolve(false), patience));
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
			if (controller.signal.aborted) return undefined;
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
		if (size <= maxFileSize) return vscode.workspace.fs.readFile(uri);
		void this.warn('The file is larger than 1 MiB. The vault keeps values of up to 1 MiB.');
		return undefined;
	}

	async openUrl(url: string): Promise<void> {
		await vscode.env.openExternal(vscode.Uri.parse(url));
	}

	showLog(): void {
		this.log.show();
	}
}

function toRow<T>({ label, value, description, detail, icon }: Choice<T>): Row<T> {
	return {
		label: plain(label),
		value,
		...(description !== undefined && { description: plain(description) }),
		...(detail !== undefined && { detail: plain(detail) }),
		...(icon !== undefined && { iconPath: new vscode.ThemeIcon(icon) }),
	};
}

/** A row that is shown whatever is typed: those who made it matched it already. */
function toShownRow<T>(choice: Choice<T>): Row<T> {
	return { ...toRow(choice), alwaysShow: true };
}
