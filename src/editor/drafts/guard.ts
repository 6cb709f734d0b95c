import * as vscode from 'vscode';
import { idOf, isSameDocument, secretLanguage } from '../addresses';
import type { DraftFiles } from './draftFiles';
import { dangerIn, type SettingsDanger } from './draftSettings';
import { type OnSave, tryOnSave } from './changesOnSave';
import { saveWhole } from './saving';

const attempts = 40;
const pauseMs = 150;

/** Why a draft is read-only, and the command that shows the settings which help. */
interface Danger {
	readonly sentence: string;
	readonly command: string;
	readonly argument: unknown;
}

const editorSetting = { command: 'workbench.action.openSettings', argument: 'workosVault.editor' };

const dangersOnSave: Readonly<Record<OnSave, Danger | undefined>> = {
	kept: undefined,
	changed: {
		sentence:
			'The draft is read-only: another extension changes documents while they are saved, and so would change what you type. Disable that extension, or set “Editor” to “isolated” and open the draft again.',
		...editorSetting,
	},
	unknown: {
		sentence:
			'The draft is read-only: saving takes VS Code so long here that nobody can tell whether another extension changes what you type. Reload the window to try again, or set “Editor” to “isolated” and open the draft again.',
		...editorSetting,
	},
};

/**
 * Keeps plaintext off the disk, and its bytes as they are typed, while a draft is edited. A draft is read-only until its
 * document was seen to have our language with its settings, such as an auto-save that beats VS Code's backup, and again as
 * soon as that changes: the guard fails closed.
 */
export class Guard implements vscode.Disposable {
	readonly #subscriptions: vscode.Disposable;
	/** Ids of documents whose text was seen to be the value exactly; all others stay read-only. */
	readonly #exact = new Set<string>();
	/** Ids of documents whose lock the person was shown a reason for. */
	readonly #explained = new Set<string>();
	readonly #saving = new Set<string>();
	#onSave: OnSave = 'kept';

	constructor(
		private readonly files: DraftFiles,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		inBackground: (work: Promise<unknown>) => void,
	) {
		this.#subscriptions = vscode.Disposable.from(
			vscode.workspace.onDidOpenTextDocument((document) => inBackground(this.check(document))),
			vscode.workspace.onDidChangeConfiguration((change) => {
				if (!['files', 'editor'].some((section) => change.affectsConfiguration(section))) return;
				inBackground(this.#checkAll(vscode.workspace.textDocuments));
			}),
			vscode.extensions.onDidChange(() => inBackground(this.#checkAll(vscode.workspace.textDocuments))),
		);
	}

	/** Allows a document to be unlocked: its text is the value, byte for byte. */
	async admit(document: vscode.TextDocument): Promise<void> {
		this.#exact.add(idOf(document.uri));
		await this.check(document);
	}

	/** True where a document's text was seen to be the value, byte for byte. */
	isAdmitted(uri: vscode.Uri): boolean {
		return this.#exact.has(idOf(uri));
	}

	/** Unlocks a draft's document where that is safe, and locks it where it is not. */
	async check(document: vscode.TextDocument): Promise<void> {
		await this.#checkAll([document]);
	}

	/** True while the guard itself saves a document, which is no wish to publish. */
	isSaving(uri: vscode.Uri): boolean {
		return this.#saving.has(idOf(uri));
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	/** Saves a document that holds keys which auto-save has not taken yet; it must not go away before. */
	async settle(uri: vscode.Uri): Promise<void> {
		const key = idOf(uri);
		const document = vscode.workspace.textDocuments.find((open) => isSameDocument(open.uri, uri));
		if (!document?.isDirty) return;
		this.files.setWritable(uri, true);
		this.#saving.add(key);
		try {
			await saveWhole(document);
		} catch (error) {
			// Closed in this very moment: VS Code has let go of it.
			if (!document.isClosed) throw error;
		} finally {
			this.#saving.delete(key);
		}
	}

	async #checkAll(documents: readonly vscode.TextDocument[]): Promise<void> {
		// VS Code keeps the documents of closed tabs for minutes, when their drafts are gone.
		const open = documents.filter(({ isClosed, uri }) => {
			return !isClosed && this.#exact.has(idOf(uri)) && this.files.draftAt(uri);
		});
		let trial: Promise<OnSave> | undefined;
		const tried = () => (trial ??= tryOnSave(this.files));
		const dangers = await Promise.all(open.map((document) => this.#unlockOrLock(document, tried)));
		// One sentence for all drafts: of many messages at once VS Code shows none.
		const unexplained = new Map(dangers.flatMap((danger) => (danger ? [[danger.sentence, danger] as const] : [])));
		for (const danger of unexplained.values()) void explainLock(danger);
	}

	/** Returns why a document is locked, unless that was shown before. */
	async #unlockOrLock(document: vscode.TextDocument, tried: () => Promise<OnSave>): Promise<Danger | undefined> {
		const { uri } = document;
		// A setting that lets plaintext reach the disk locks at once.
		if (findDanger(document) === undefined) this.#onSave = await tried();
		const danger = this.#dangerFor(document);
		if (danger === undefined) {
			this.#explained.delete(idOf(uri));
			if (!this.files.isWritable(uri)) this.files.setWritable(uri, true);
			return undefined;
		}
		await this.#lock(document);
		if (this.#explained.has(idOf(uri))) return undefined;
		this.#explained.add(idOf(uri));
		return danger;
	}

	#dangerFor(document: vscode.TextDocument): Danger | undefined {
		const danger = findDanger(document);
		if (danger === undefined) return dangersOnSave[this.#onSave];
		const sentence = `The draft is read-only: ${danger.words}. Undo that setting to go on.`;
		return { sentence, ...fileOf(danger) };
	}

	/** Nobody else saves the document now, and a dirty one takes no new state: it is saved and locked until that took. */
	async #lock(document: vscode.TextDocument): Promise<void> {
		for (let attempt = 0; attempt < attempts; attempt++) {
			if (document.isClosed || this.#dangerFor(document) === undefined) return;
			await this.settle(document.uri);
			this.files.setWritable(document.uri, false);
			await new Promise((resolve) => setTimeout(resolve, pauseMs));
			if (attempt > 4 && !document.isDirty) return;
		}
	}
}

/** VS Code shows a message with a button whole, and one without in its first line. */
async function explainLock({ sentence, command, argument }: Danger): Promise<void> {
	const pressed = await vscode.window.showWarningMessage(sentence, 'Show Settings');
	if (pressed) await vscode.commands.executeCommand(command, argument);
}

/** How the file is opened that a setting for the language of secrets stands in: the settings editor shows too many others. */
function fileOf({ scope }: SettingsDanger): Pick<Danger, 'command' | 'argument'> {
	const argument = { revealSetting: { key: `[${secretLanguage}]` } };
	if (scope === 'the workspace’s settings') return { command: 'workbench.action.openWorkspaceSettingsFile', argument };
	if (scope === 'the folder’s settings') return { command: 'workbench.action.openFolderSettingsFile', argument };
	return { command: 'workbench.action.openSettingsJson', argument };
}

/** Why a document may not be typed in, in words that name the setting; undefined when nothing is in the way. */
function findDanger({ uri, languageId }: vscode.TextDocument): SettingsDanger | undefined {
	if (languageId !== secretLanguage) {
		const words =
			'with another language mode than “WorkOS Vault Secret”, VS Code would write what you type to the disk';
		return { words, scope: undefined };
	}
	const settings = vscode.workspace.getConfiguration(undefined, { uri, languageId });
	return dangerIn((name) => {
		const set = settings.inspect(name);
		return {
			value: settings.get(name),
			setFor: {
				'your settings': set?.globalLanguageValue,
				'the workspace’s settings': set?.workspaceLanguageValue,
				'the folder’s settings': set?.workspaceFolderLanguageValue,
			},
		};
	});
}
