import {
	localEndpoint,
	type Clipboard,
	type Connection,
	type Connections,
	type KnownVault,
	type Privacy,
	type Session,
} from '../../src/commands/ports';
import type { Again, Documents, RevealedValue } from '../../src/commands/ports/documents';
import type { Drafts } from '../../src/commands/ports/drafts';
import type {
	Obstacle,
	OpenDocument,
	DocumentPosition,
	Replacement,
	Selections,
	TextEditor,
} from '../../src/commands/ports/textEditor';
import type { Snippet, Templates } from '../../src/commands/textEditor/templates';
import type { Draft } from '../../src/vault/drafts/draft';
import type { Layout } from '../../src/vault/ciphertext/envelope';
import { VaultError } from '../../src/vault/errors';
import type { KnownObject } from '../../src/vault/model';
import type { TextLines } from '../../src/vault/ciphertext/inText/base64Runs';
import type { TextRange } from '../../src/vault/ciphertext/inText/selection';
import type { TextPosition } from '../../src/vault/ciphertext/inText/search';
import { Emitter } from '../../src/vault/event';

/** Connections in memory, with the keys that were stored; each probe fails with the next of `refusals`. */
export class FakeConnections implements Connections {
	readonly kept: Connection[] = [];
	readonly keys = new Map<string, string>();
	readonly probes: { readonly endpoint: string; readonly apiKey: string }[] = [];
	readonly used: string[] = [];
	readonly refusals: Error[] = [];
	readonly #changed = new Emitter<void>();
	readonly onDidChangeSession = this.#changed.event;
	session: Session | undefined;
	/** What comes with connections other than the first, by their ids. */
	readonly others = new Map<string, Session>();

	/** Ends the session, as a lock and a sign-out do. */
	end(): void {
		this.session = undefined;
		this.#changed.fire();
	}

	list(): readonly Connection[] {
		return this.kept;
	}

	known({ id }: Connection): Promise<KnownVault | undefined> {
		return Promise.resolve(this.others.get(id)?.catalog);
	}

	probe(endpoint: string, apiKey: string): Promise<void> {
		this.probes.push({ endpoint, apiKey });
		const refusal = this.refusals.shift();
		return refusal === undefined ? Promise.resolve() : Promise.reject(refusal);
	}

	add(connection: Connection, apiKey: string): Promise<void> {
		this.kept.push(connection);
		this.keys.set(connection.id, apiKey);
		return this.use(connection);
	}

	replaceKey(connection: Connection, apiKey: string): Promise<void> {
		this.keys.set(connection.id, apiKey);
		return this.use(connection);
	}

	useLocalVault(): Promise<void> {
		const local = { id: 'local', name: 'Local Vault', endpoint: localEndpoint, isProduction: false };
		this.kept.push(local);
		return this.use(local);
	}

	use(connection: Connection): Promise<void> {
		const { id, endpoint } = connection;
		if (endpoint !== localEndpoint && !this.keys.has(id)) return Promise.reject(new VaultError('keyMissing'));
		this.used.push(id);
		const session = this.others.get(id) ?? this.session;
		if (session) this.session = { ...session, connection };
		return Promise.resolve();
	}

	strayKeys(): Promise<readonly string[]> {
		return Promise.resolve([...this.keys.keys()].filter((key) => !this.kept.some(({ id }) => id === key)));
	}

	removeStrayKeys(ids: readonly string[]): Promise<void> {
		for (const id of ids) this.keys.delete(id);
		return Promise.resolve();
	}

	setProduction({ id }: Connection, isProduction: boolean): Promise<void> {
		const index = this.kept.findIndex((connection) => connection.id === id);
		const kept = this.kept[index];
		if (kept) this.kept[index] = { ...kept, isProduction };
		return Promise.resolve();
	}

	remove({ id }: Connection): Promise<void> {
		this.kept.splice(
			this.kept.findIndex((connection) => connection.id === id),
			1,
		);
		this.keys.delete(id);
		return Promise.resolve();
	}
}

/** A lock and a presentation mode that nothing follows. */
export class FakePrivacy implements Privacy {
	isLocked = false;
	isPresenting = false;

	setLocked(isLocked: boolean): Promise<void> {
		this.isLocked = isLocked;
		return Promise.resolve();
	}

	setPresenting(isPresenting: boolean): Promise<void> {
		this.isPresenting = isPresenting;
		return Promise.resolve();
	}
}

type Shown = Pick<RevealedValue, 'title' | 'value'>;

/** What a person sees of a value. */
function shownOf({ title, value }: RevealedValue): Shown {
	return { title, value };
}

/** Documents that nobody sees. */
export class FakeDocuments implements Documents {
	readonly revealed: Shown[] = [];
	/** What each revealed value was. */
	readonly sources: RevealedValue['source'][] = [];
	/** Of what each revealed value was the current one. */
	readonly revealedOf: RevealedValue['of'][] = [];
	readonly isolated: Shown[] = [];
	readonly compared: [Shown, Shown][] = [];
	readonly comparedWithDraft: [Shown, Draft][] = [];
	hides = 0;
	/** Whether a value is in front, and how often something else was saved. */
	isValueInFront = true;
	saves = 0;

	saveInFront(): Promise<void> {
		this.saves++;
		return Promise.resolve();
	}

	saveUnlessValue(): Promise<boolean> {
		if (!this.isValueInFront) this.saves++;
		return Promise.resolve(!this.isValueInFront);
	}

	reveal(value: RevealedValue): Promise<void> {
		this.revealed.push(shownOf(value));
		this.revealedOf.push(value.of);
		this.sources.push(value.source);
		this.again.push(value.again);
		return Promise.resolve();
	}

	revealInIsolation(value: RevealedValue): Promise<void> {
		this.isolated.push(shownOf(value));
		this.again.push(value.again);
		return Promise.resolve();
	}

	compare(left: RevealedValue, right: RevealedValue): Promise<void> {
		this.compared.push([shownOf(left), shownOf(right)]);
		this.again.push(left.again);
		return Promise.resolve();
	}

	hideAll(): void {
		this.hides++;
	}

	/** How each value is shown once more that was shown. */
	readonly again: (Again | undefined)[] = [];

	againFor(): Again | undefined {
		return this.again.at(-1);
	}

	compareWithDraft(theirs: RevealedValue, draft: Draft): Promise<void> {
		this.comparedWithDraft.push([shownOf(theirs), draft]);
		this.again.push(theirs.again);
		return Promise.resolve();
	}
}

/** Drafts that no editor shows. */
export class FakeDrafts implements Drafts {
	readonly edited: Draft[] = [];
	readonly replaced: string[] = [];
	readonly closed: Draft[] = [];
	readonly discarded: Draft[] = [];
	readonly held: Draft[] = [];
	/** Names of objects whose values no editor can hold. */
	readonly inexact = new Set<string>();
	/** The one in the active editor. */
	active: Draft | undefined;
	inFront: Draft | undefined;

	edit(draft: Draft): Promise<boolean> {
		this.edited.push(draft);
		if (!this.held.includes(draft)) this.held.push(draft);
		return Promise.resolve(!this.inexact.has(draft.name));
	}

	readonly refused: Draft[] = [];

	isKept(draft: Draft): boolean {
		return !this.refused.includes(draft);
	}

	holds(draft: Draft): boolean {
		return this.held.includes(draft);
	}

	isGone(draft: Draft): boolean {
		return this.discarded.includes(draft);
	}

	/** What was typed last, and did not come through yet. */
	lastKeys = '';

	catchUp(draft: Draft): void {
		draft.write(draft.text + this.lastKeys);
		this.lastKeys = '';
	}

	draftOf(objectId: string): Promise<Draft | undefined> {
		return Promise.resolve(this.held.find((draft) => draft.objectId === objectId));
	}

	unpublished(): Promise<readonly Draft[]> {
		return Promise.resolve(this.held.filter(({ isUnpublished }) => isUnpublished));
	}

	/** What this window published, the last one last. */
	readonly published: KnownObject[] = [];

	rememberPublished(published: KnownObject): void {
		this.published.push(published);
	}

	replaceText(draft: Draft, text: string): Promise<void> {
		this.replaced.push(text);
		draft.write(text);
		return Promise.resolve();
	}

	close(draft: Draft): Promise<boolean> {
		if (draft.isUnpublished) return Promise.resolve(false);
		this.closed.push(draft);
		this.held.splice(this.held.indexOf(draft), 1);
		return Promise.resolve(true);
	}

	discard(draft: Draft): Promise<void> {
		this.discarded.push(draft);
		this.held.splice(this.held.indexOf(draft), 1);
		return Promise.resolve();
	}
}

/** A clipboard that remembers what it was given. */
export class FakeClipboard implements Clipboard {
	content = '';
	readonly secrets: string[] = [];

	copy(text: string): Promise<void> {
		this.content = text;
		return Promise.resolve();
	}

	copySecret(text: string): Promise<number> {
		this.secrets.push(text);
		return Promise.resolve(30);
	}

	clearSecret(): Promise<void> {
		this.secrets.length = 0;
		return Promise.resolve();
	}

	read(): Promise<string> {
		return Promise.resolve(this.content);
	}
}

/** A document of these lines, with what was replaced in it. */
export class FakeDocument implements OpenDocument {
	readonly uri = 'file:///a';
	readonly lines: TextLines;
	languageId = 'plaintext';
	selected: readonly TextRange[] = [];
	position: TextPosition = { line: 0, offset: 0 };
	/** What comes in the way of writing. */
	inTheWay: Obstacle | undefined;
	/** How the next replacement ends. */
	outcome: 'done' | 'declined' | 'changed' = 'done';
	readonly previews: (string | undefined)[] = [];
	/** How often it was written. */
	edits = 0;
	#text: string;

	constructor(text: string) {
		this.#text = text;
		const lines = text.split('\n');
		this.lines = { lineCount: lines.length, lineAt: (line) => lines[line] ?? '' };
	}

	/** The text with all replacements. */
	get text(): string {
		return this.#text;
	}

	/** Selects every place of each text. */
	select(...texts: string[]): this {
		this.selected = texts.map((text) => {
			const start = this.#text.indexOf(text);
			return { start: this.#positionAt(start), end: this.#positionAt(start + text.length) };
		});
		return this;
	}

	/** Puts the cursor into a text, behind its first character. */
	goTo(text: string): this {
		this.position = this.#positionAt(this.#text.indexOf(text) + 1);
		return this;
	}

	obstacle(): Promise<Obstacle | undefined> {
		return Promise.resolve(this.inTheWay);
	}

	replace(replacements: readonly Replacement[], preview?: string): Promise<'done' | 'declined' | 'changed'> {
		this.previews.push(preview);
		if (this.outcome !== 'done') return Promise.resolve(this.outcome);
		this.edits++;
		const lines = this.#text.split('\n');
		const offsetOf = ({ line, offset }: TextPosition) => [...lines.slice(0, line), ''].join('\n').length + offset;
		for (const { start, end, text } of replacements.toReversed()) {
			this.#text = this.#text.slice(0, offsetOf(start)) + text + this.#text.slice(offsetOf(end));
		}
		return Promise.resolve('done');
	}

	#positionAt(index: number): TextPosition {
		const before = this.#text.slice(0, index).split('\n');
		return { line: before.length - 1, offset: before.at(-1)?.length ?? 0 };
	}
}

/** An editor with one line; `selected` are the selected texts. */
export class FakeTextEditor implements TextEditor {
	line: string | undefined;
	selected: string[] = [];
	languageId = 'plaintext';
	/** What stands before each selected text in its line, and the quotes around each. */
	before: string[] = [];
	quotes: string[] = [];
	readonly insertions: string[] = [];
	/** False when the document changed in the meantime. */
	isReplaceable = true;
	/** What the texts were replaced by, and with which snippets. */
	readonly replacements: (readonly string[])[] = [];
	readonly snippets: (readonly Snippet[])[] = [];
	/** The file that the editor shows. */
	shownFile: { readonly name: string; readonly text: string } | undefined;

	file(): { readonly name: string; readonly text: string } | undefined {
		return this.shownFile;
	}

	/** What stands before the cursors. */
	beforeInsertion: readonly string[] = [''];
	/** Texts that are not saved, by their addresses. */
	readonly unsavedTexts = new Map<string, string>();

	unsaved(address: string): string | undefined {
		return this.unsavedTexts.get(address);
	}

	/** What is open in it, or at any place. */
	opened: FakeDocument | undefined;
	readonly places: (DocumentPosition | undefined)[] = [];

	document(place?: DocumentPosition): OpenDocument | undefined {
		this.places.push(place);
		return this.opened;
	}

	selections(): Selections | undefined {
		if (this.line === undefined) return undefined;
		const { selected: texts, languageId, quotes } = this;
		const before = texts.map((_, index) => this.before[index] || (quotes[index] ?? ''));
		return {
			texts,
			languageId,
			before,
			quotes,
			beforeInsertion: this.beforeInsertion,
			replace: (snippets) =>
				this.#keep(() => {
					this.snippets.push(snippets);
					this.replacements.push(snippets.map(({ text }) => text));
				}),
			insert: (text) => this.#keep(() => this.insertions.push(text)),
		};
	}

	#keep(change: () => void): Promise<boolean> {
		if (this.isReplaceable) change();
		return Promise.resolve(this.isReplaceable);
	}
}

/** Templates of all languages alike. */
export class FakeTemplates implements Templates {
	ciphertext = '${ciphertext}';
	name = 'read(${name})';
	usedLayout: Layout = 'node';
	usedLanguages: readonly string[] = ['python', 'go'];

	encrypt(): string {
		return this.ciphertext;
	}

	reference(): string {
		return this.name;
	}

	languages(): readonly string[] {
		return this.usedLanguages;
	}

	layout(): Layout {
		return this.usedLayout;
	}
}
