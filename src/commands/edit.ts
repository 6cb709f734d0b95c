import { Draft } from '../vault/draft';
import { withoutValue, type ObjectMetadata } from '../vault/model';
import { showCreated } from './create';
import type { App, Session, Target } from './ports';
import { read } from './reveal';
import { sessionOf } from './session';
import { objectOf } from './target';
import { askSource, askValue } from './value';

/** Opens an object's value for editing. A draft that waits is opened again instead. */
export async function editValue(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	const object = await objectOf(app, target, 'Edit Value');
	if (!object) return;
	const waiting = app.documents.draftOf(object.id);
	if (waiting) return app.documents.edit(waiting);
	const draft = await startDraft(app, session, object);
	if (draft) await app.documents.edit(draft);
}

/** Publishes the draft in the active editor as a new version. */
export async function publishDraft(app: App): Promise<void> {
	const draft = app.documents.activeDraft() ?? (await pickDraft(app, 'Publish Draft'));
	if (draft) await publish(app, draft);
}

/** Gives an object a new value from a file, the clipboard or another source, with no editor in between. */
export async function replaceValue(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	const title = 'Replace Value';
	const object = await objectOf(app, target, title);
	if (!object) return;
	const open = app.documents.draftOf(object.id);
	if (open?.isUnpublished) {
		void app.ui.warn(`“${object.name}” has an unpublished draft. Publish or discard it first.`);
		return app.documents.edit(open);
	}
	const source = await askSource(app, title);
	if (!source) return;
	if (source === 'draft') return editValue(app, { nodes: [session.outline.objectNode(object)] });
	const value = await askValue(app, title, source);
	if (value === undefined) return;
	const draft = await startDraft(app, session, object);
	if (!draft) return;
	if (open) await app.documents.discard(open);
	draft.write(value);
	try {
		await publish(app, draft);
	} finally {
		// A value that was not published stays within reach, as any draft does.
		if (draft.isUnpublished && !app.documents.draftOf(object.id)) await app.documents.edit(draft);
	}
}

/** Opens a draft whose editor was closed. */
export async function reopenDraft(app: App): Promise<void> {
	const draft = await pickDraft(app, 'Reopen Draft');
	if (draft) await app.documents.edit(draft);
}

/** Forgets a draft for good, after asking. */
export async function discardDraft(app: App): Promise<void> {
	const draft = app.documents.activeDraft() ?? (await pickDraft(app, 'Discard Draft'));
	if (!draft) return;
	const detail = 'What you wrote since the last publish is lost. The vault keeps its current version.';
	const isSure =
		!draft.isUnpublished || (await app.ui.confirm(`Discard the draft of “${draft.name}”?`, detail, 'Discard'));
	if (isSure) await app.documents.discard(draft);
}

/** Publishes a draft; on a conflict the person chooses, and the draft stays whatever happens. */
export async function publish(app: App, draft: Draft): Promise<void> {
	const session = sessionOf(app);
	if (draft.connectionId !== session.connection.id) {
		void app.ui.warn(`The draft of “${draft.name}” belongs to another connection. Switch to that one to publish it.`);
		return;
	}
	const isNew = draft.objectId === undefined;
	const result = await app.ui.progress(`Publishing “${draft.name}”`, (signal) =>
		draft.publish(session.api, { signal }),
	);
	if (!result) return;
	if (result.outcome === 'unchanged') {
		void app.ui.say(`Nothing to publish: the vault holds this value of “${draft.name}” already.`);
	} else if (result.outcome === 'conflict') {
		await settle(app, session, draft, result.theirs);
	} else if (isNew) {
		await showCreated(app, session, result.current);
	} else {
		session.catalog.put(result.current);
		await session.outline.refreshObject(result.current.id);
		void app.ui.say(`Published a new version of “${draft.name}”.`);
	}
}

/** The three ways out of a conflict. The message comes again after *Compare*: looking decides nothing. */
async function settle(app: App, session: Session, draft: Draft, theirs: ObjectMetadata): Promise<void> {
	session.catalog.put(theirs);
	const message = `Somebody published a newer version of “${draft.name}” while you edited it. Your draft is untouched.`;
	const choice = await app.ui.warn(message, 'Compare', 'Overwrite Theirs', 'Take Theirs');
	if (choice === undefined) return;
	if (choice === 'Overwrite Theirs') {
		draft.rebase(theirs.versionId);
		return publish(app, draft);
	}
	const current = await app.ui.progress(`Reading “${draft.name}”`, (signal) => read(session, theirs, signal));
	if (!current) return;
	if (choice === 'Compare') {
		await app.documents.compareWithDraft({ title: `${draft.name} (theirs)`, value: current.value }, draft);
		return settle(app, session, draft, withoutValue(current));
	}
	await app.documents.replaceText(draft, current.value);
	draft.acceptBase(current);
	void app.ui.say(`The editor holds their version of “${draft.name}” now. Undo brings your text back.`);
}

async function startDraft(app: App, session: Session, object: ObjectMetadata): Promise<Draft | undefined> {
	const current = await app.ui.progress(`Reading “${object.name}”`, (signal) => read(session, object, signal));
	return current && Draft.ofObject(session.connection.id, current);
}

async function pickDraft(app: App, title: string): Promise<Draft | undefined> {
	const drafts = app.documents.unpublished();
	const [only] = drafts;
	if (!only) {
		void app.ui.say('There is no unpublished draft. Choose “Edit Value” on an object to start one.');
		return undefined;
	}
	if (drafts.length === 1) return only;
	const choices = drafts.map((draft) => ({ label: draft.name, icon: 'edit', value: draft }));
	return app.ui.pick(title, 'Which draft?', choices);
}
