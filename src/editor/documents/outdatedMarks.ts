import * as vscode from 'vscode';
import type { Connections } from '../../commands/ports';
import { isLater } from '../../vault/catalog/changeTimes';
import type { Disposable } from '../../vault/event';
import type { KnownObject } from '../../vault/model';
import { setContextKey } from '../contextKeys';
import type { EditorDrafts } from '../drafts/drafts';
import type { IsolatedEditors } from '../isolatedEditor/isolation';
import { keepInStep } from '../tree/keepInStep';
import { changeSince, isDraft, type Change, type Content } from './outdated';
import type { Reveals } from './reveals';
import type { TextDrafts } from '../drafts/textDrafts';
import { plain } from '../visibleText';

/** Where values are shown, and what the button of the message does. */
interface Parts {
	readonly connections: Connections;
	readonly drafts: EditorDrafts;
	readonly reveals: Reveals;
	readonly text: TextDrafts;
	readonly isolated: IsolatedEditors;
	readonly revealCurrent: (object: KnownObject, isIsolated: boolean) => Promise<void>;
	/** Lets work go on that nobody waits for; a failure of it is shown. */
	readonly inBackground: (work: Promise<unknown>) => void;
}

/**
 * Says in an open document that its object changed meanwhile, as far as the catalog knows, and has the catalog look
 * while such a document is open. For a revealed value in front a message says it too, once for each change.
 */
export class OutdatedMarks implements vscode.Disposable {
	readonly #mark = vscode.window.createTextEditorDecorationType({
		isWholeLine: true,
		borderWidth: '1px 0',
		borderStyle: 'dashed',
		borderColor: new vscode.ThemeColor('editorWarning.foreground'),
		overviewRulerColor: new vscode.ThemeColor('editorWarning.foreground'),
	});
	/** The change of each revealed object that a message was shown of. */
	readonly #shown = new Map<string, Date>();
	readonly #step: ReturnType<typeof keepInStep>;
	readonly #subscriptions: vscode.Disposable;
	#catalogSubscription: Disposable | undefined;

	constructor(private readonly parts: Parts) {
		const { connections, drafts, reveals, isolated, inBackground } = parts;
		this.#step = keepInStep(connections, () => this.#isShowing, inBackground);
		const onFront = () => {
			this.#update();
			if (this.#front) this.#step.syncIfDue();
		};
		const update = () => this.#update();
		this.#subscriptions = vscode.Disposable.from(
			this.#mark,
			this.#step,
			connections.onDidChangeSession(() => this.#subscribeToCatalog()),
			drafts.onDidChangeDrafts(update),
			reveals.onDidChange(update),
			isolated.onDidChangeShown(onFront),
			vscode.window.onDidChangeActiveTextEditor(onFront),
			vscode.window.onDidChangeVisibleTextEditors(update),
		);
		this.#subscribeToCatalog();
	}

	dispose(): void {
		this.#catalogSubscription?.dispose();
		this.#subscriptions.dispose();
	}

	get #isShowing(): boolean {
		const { reveals, text, isolated } = this.parts;
		return reveals.isShowing || text.isShowing || isolated.shown().length > 0;
	}

	/** What the document in front has. */
	get #front(): { readonly content: Content; readonly isIsolated: boolean } | undefined {
		const page = this.parts.isolated.shown().find(({ panel }) => panel.isActive);
		if (page) return { content: page.content, isIsolated: true };
		const document = vscode.window.activeTextEditor?.document;
		const content = document && this.#contentOf(document.uri);
		return content && { content, isIsolated: false };
	}

	#subscribeToCatalog(): void {
		this.#catalogSubscription?.dispose();
		this.#catalogSubscription = this.parts.connections.session?.catalog.onDidChange(() => this.#update());
		this.#update();
	}

	#update(): void {
		const outdated: string[] = [];
		for (const editor of vscode.window.visibleTextEditors) {
			const content = this.#contentOf(editor.document.uri);
			const change = content && this.#changeSince(content);
			editor.setDecorations(this.#mark, change ? [decoration(editor.document, change)] : []);
			if (change) outdated.push(editor.document.uri.toString());
		}
		for (const { panel, content } of this.parts.isolated.shown()) {
			panel.notice = this.#changeSince(content)?.sentence ?? '';
		}
		setContextKey('outdatedValues', outdated);
		setContextKey('offersAgain', this.parts.isolated.offersAgain);
		const front = this.#front;
		const change = front && this.#changeSince(front.content);
		if (change) this.#showMessage(front.content, change, front.isIsolated);
	}

	#contentOf(uri: vscode.Uri): Content | undefined {
		return this.parts.reveals.shownAt(uri) ?? this.parts.text.draftAt(uri);
	}

	#changeSince(content: Content): Change | undefined {
		const { session } = this.parts.connections;
		if (!session || content.objectId === undefined) return undefined;
		// Another connection may go to another vault.
		if (isDraft(content) && content.connectionId !== session.connection.id) return undefined;
		const object = session.catalog.get(content.objectId);
		return changeSince(content, object, this.parts.drafts.publishedAt(content.objectId));
	}

	/** A screen reader reads a message, and no decoration. A draft needs none: saving it asks. */
	#showMessage(content: Content, { object, sentence }: Change, isIsolated: boolean): void {
		if (isDraft(content)) return;
		const before = this.#shown.get(object.id);
		if (before && !isLater(object.updatedAt, before)) return;
		this.#shown.set(object.id, object.updatedAt);
		const { revealCurrent, inBackground } = this.parts;
		const message = plain(`“${object.name}” has changed. ${sentence}`);
		const answer = Promise.resolve(vscode.window.showInformationMessage(message, 'Reveal Again'));
		inBackground(answer.then((pressed) => pressed && revealCurrent(object, isIsolated)));
	}
}

/** A mark behind the first line, in a frame that sets it off without colour, with the sentence in the line's hover. */
function decoration(document: vscode.TextDocument, { sentence }: Change): vscode.DecorationOptions {
	return {
		range: document.lineAt(0).range,
		// Who published may have any name. `appendText` would let no line of it break.
		hoverMessage: new vscode.MarkdownString(sentence.replace(/[!-/:-@[-`{-~]/g, '\\$&')),
		renderOptions: {
			after: {
				contentText: ' ⚠ changed ',
				color: new vscode.ThemeColor('editor.foreground'),
				backgroundColor: new vscode.ThemeColor('editorWidget.background'),
				border: '1px solid currentColor',
				fontStyle: 'italic',
				margin: '0 0 0 2ch',
			},
		},
	};
}
