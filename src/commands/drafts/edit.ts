import { Draft } from '../../vault/drafts/draft';
import { flawOf, type Flaw } from '../../vault/drafts/textFlaws';
import type { KnownObject } from '../../vault/model';
import { mayChange } from '../access/allowances';
import type { App, Session, Target } from '../ports';
import { cancelled } from '../ports/ui';
import { ensureShowable } from '../access/privacy';
import { publish, publishOrKeep } from './publish';
import { readToChange } from '../objects/reveal';
import { sessionOf, showableSession } from '../access/session';
import { objectOf } from '../objects/target';
import { askSource, askValue } from '../prompts/value';

const flaws: Record<Flaw, string> = {
	mixedLineEnds: 'mixes two kinds of line ends',
	loneCarriageReturn: 'has a carriage return that ends no line',
	loneSurrogate: 'has half a character, which has no bytes in UTF-8',
};

/** Opens an object's value for editing. A draft that waits is opened again instead. */
export async function editValue(app: App, target: Target): Promise<void> {
	const session = showableSession(app);
	const object = await objectOf(app, target, 'Edit Value');
	if (object) await editObject(app, session, object);
}

async function editObject(app: App, session: Session, object: KnownObject): Promise<void> {
	if (!(await mayChange(app, session))) return;
	const waiting = await app.drafts.draftOf(object.id);
	if (waiting) return open(app, waiting);
	const draft = await startDraft(app, session, object);
	// A second click may have opened one while this one was read.
	if (draft) await open(app, (await app.drafts.draftOf(object.id)) ?? draft);
}

/** Publishes a draft as a new version, to the last key: the one whose editor asks, else the one in the active editor. */
export async function publishDraft(app: App, target: Target): Promise<void> {
	const draft = target.draft ?? app.drafts.active ?? (await pickDraft(app, 'Publish Draft', true));
	if (!draft) return;
	app.drafts.catchUp(draft);
	await publish(app, draft);
}

/**
 * Publishes the draft that is in front, where the save key is pressed outside the editors: VS Code's own Save does nothing
 * with a draft that it is just saving by itself.
 */
export async function publishInFront(app: App): Promise<void> {
	const draft = app.drafts.inFront;
	if (draft) return publishDraft(app, { nodes: [], draft });
	// VS Code may have taken the key for this while another document came to the front.
	await app.documents.saveInFront();
}

/** Gives an object a new value from a file, the clipboard or another source, with no editor in between. */
export async function replaceValue(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	const object = await objectOf(app, target, 'Replace Value');
	if (object) await replaceValueOf(app, session, object);
}

async function replaceValueOf(app: App, session: Session, object: KnownObject): Promise<void> {
	if (!(await mayChange(app, session))) return;
	const title = 'Replace Value';
	const opened = await app.drafts.draftOf(object.id);
	if (opened?.isUnpublished) return refuseOver(app, opened);
	const source = await askSource(app, title);
	if (!source) return;
	if (source === 'draft') return editObject(app, showableSession(app), object);
	const value = await askValue(app, title, source);
	if (value === undefined) return;
	const draft = await startDraft(app, session, object);
	if (!draft) return;
	// The questions leave the editor free: one may have been opened, and typed into, over them.
	const meanwhile = await app.drafts.draftOf(object.id);
	if (meanwhile && (meanwhile.isUnpublished || !(await app.drafts.close(meanwhile)))) return refuseOver(app, meanwhile);
	draft.write(value);
	await publishOrKeep(app, draft);
}

/** Nothing replaces what somebody wrote and did not publish. */
function refuseOver(app: App, draft: Draft): Promise<void> {
	app.ui.warn(`“${draft.name}” has an unpublished draft, so it was not replaced. Publish or discard the draft first.`);
	return open(app, draft);
}

/** Opens a draft whose editor was closed. */
export async function reopenDraft(app: App): Promise<void> {
	ensureShowable(app);
	const draft = await pickDraft(app, 'Reopen Draft');
	if (draft) await open(app, draft);
}

/** Forgets a draft for good, after asking. */
export async function discardDraft(app: App): Promise<void> {
	const draft = app.drafts.active ?? (await pickDraft(app, 'Discard Draft'));
	if (!draft) return;
	app.drafts.catchUp(draft);
	const detail = 'What you wrote since the last publish is lost. The vault keeps its current version.';
	const isSure =
		!draft.isUnpublished || (await app.ui.confirm(`Discard the draft of “${draft.name}”?`, detail, 'Discard'));
	if (isSure) await app.drafts.discard(draft);
}

/** Opens a draft's editor, and says so where the editor can't hold its text exactly. */
async function open(app: App, draft: Draft): Promise<void> {
	if (await app.drafts.edit(draft)) return;
	const flaw = flawOf(draft.text);
	const reason = flaw ? `it ${flaws[flaw]}` : 'it holds characters that are not text';
	const message = `The editor can’t hold the value of “${draft.name}” exactly: ${reason}. It opened read-only, so that nothing is changed silently.`;
	const button = await app.ui.warnAndAsk(message, 'Replace Value…');
	if (!button || draft.objectId === undefined) return;
	// The message may have stood there over a lock or a switch.
	const session = sessionOf(app);
	const object = session.catalog.get(draft.objectId);
	if (object) await replaceValueOf(app, session, object);
}

async function startDraft(app: App, session: Session, object: KnownObject): Promise<Draft | undefined> {
	const current = await app.ui.progress(`Reading “${object.name}”`, (signal) => readToChange(session, object, signal));
	return current === cancelled ? undefined : Draft.ofObject(session.connection.id, current);
}

/** @param isAsked whether the person is asked even where there is one draft only: it is not the one in front */
async function pickDraft(app: App, title: string, isAsked = false): Promise<Draft | undefined> {
	const drafts = await app.drafts.unpublished();
	const [only] = drafts;
	if (!only) {
		app.ui.say('There is no unpublished draft. Choose “Edit Value” on an object to start one.');
		return undefined;
	}
	if (drafts.length === 1 && !isAsked) return only;
	const choices = drafts.map((draft) => ({ label: draft.name, icon: 'edit', value: draft }));
	return app.ui.pick(title, 'Which draft?', choices);
}
