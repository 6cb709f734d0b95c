import * as vscode from 'vscode';
import { ensureShowable } from '../../commands/access/privacy';
import type { Connections, Privacy } from '../../commands/ports';
import type { Again, Documents, RevealedValue } from '../../commands/ports/documents';
import type { Draft } from '../../vault/drafts/draft';
import { revealScheme } from '../addresses';
import { tabsOf } from '../tabs';
import { openDiff } from './diff';
import type { TabNames } from './tabNames';
import type { EditorDrafts } from '../drafts/drafts';
import type { TextDrafts } from '../drafts/textDrafts';
import type { IsolatedEditors } from '../isolatedEditor/isolation';
import { areValuesIsolated } from '../isolatedEditor/whichEditor';
import type { ObjectPages } from '../objectPage/pages';
import type { Reveals } from './reveals';

/** Where values are shown. */
interface Parts {
	readonly reveals: Reveals;
	readonly pages: ObjectPages;
	readonly text: TextDrafts;
	readonly isolated: IsolatedEditors;
	readonly drafts: EditorDrafts;
	readonly names: TabNames;
	readonly connections: Connections;
	readonly privacy: Privacy;
}

/**
 * Shows values: in documents of VS Code's own editor, or in the isolated one where the connection is a production one or
 * the person wants it.
 */
export class EditorDocuments implements Documents {
	constructor(private readonly parts: Parts) {}

	async reveal(value: RevealedValue): Promise<void> {
		ensureShowable(this.parts);
		const { reveals, isolated, connections } = this.parts;
		await (areValuesIsolated(connections) ? isolated : reveals).show(value);
	}

	async revealInIsolation(value: RevealedValue): Promise<void> {
		ensureShowable(this.parts);
		await this.parts.isolated.show(value);
	}

	async compare(left: RevealedValue, right: RevealedValue): Promise<void> {
		ensureShowable(this.parts);
		const { reveals, isolated, names, connections } = this.parts;
		if (areValuesIsolated(connections)) return isolated.compare(left, right);
		// Opened first: a document's language says which settings it has.
		const documents = await Promise.all([reveals.open(left), reveals.open(right)]);
		await openDiff(documents, [left, right], (title) => names.nameFor(title, 'value'));
		await reveals.closeHidden(left.again);
	}

	async compareWithDraft(theirs: RevealedValue, draft: Draft): Promise<void> {
		const { drafts, reveals, isolated, text, names } = this.parts;
		drafts.hold(draft);
		ensureShowable(this.parts);
		if (drafts.editorOf(draft) === isolated) return isolated.compareWithDraft(theirs, draft);
		await text.show(draft, async (document) => {
			const left = await reveals.open(theirs, document.uri);
			const mine = { title: 'your draft', value: draft.text };
			await openDiff([left, document], [theirs, mine], (title) => names.nameFor(title, 'value', draft));
		});
		await reveals.closeHidden(theirs.again);
	}

	hideAll(): void {
		this.parts.reveals.hideAll();
		this.parts.isolated.hideAll();
		this.parts.pages.hideAll();
	}

	async saveInFront(): Promise<void> {
		await vscode.commands.executeCommand('workbench.action.files.save');
	}

	async saveUnlessValue(): Promise<boolean> {
		// VS Code does not say which group of a floating window has the focus, nor which side of a comparison.
		if (tabsOf(revealScheme).some(({ tab }) => tab.isActive)) return false;
		await this.saveInFront();
		return true;
	}

	againFor(address: string | undefined): Again | undefined {
		const { reveals, isolated } = this.parts;
		const given = address === undefined ? undefined : reveals.againAt(vscode.Uri.parse(address, true));
		const active = vscode.window.activeTextEditor?.document.uri;
		return given ?? isolated.again() ?? (active && reveals.againAt(active));
	}

	/** Closes everything that shows a value, or what does of one connection. Pages of objects stay, without their values. */
	async closeAll(connectionId?: string): Promise<void> {
		const { reveals, isolated, pages } = this.parts;
		isolated.closeValues(connectionId);
		pages.hideAll();
		await reveals.closeAll(connectionId);
	}
}
