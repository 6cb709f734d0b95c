import type { Draft } from '../../vault/drafts/draft';
import { withoutValue, type KnownObject, type VaultObject } from '../../vault/model';
import { mayChange } from '../access/allowances';
import type { App, Session } from '../ports';
import { ensureShowable } from '../access/privacy';
import { halfCharacterProblem } from '../prompts/wholeCharacters';
import { againOf, ofCurrent, readToChange } from '../objects/reveal';
import { sessionOf } from '../access/session';

/** Publishes a draft; on a conflict the person chooses, and the draft stays whatever happens. */
export async function publish(app: App, draft: Draft): Promise<void> {
	const session = sessionOf(app);
	if (app.documents.isGone(draft) || !(await belongsHere(app, session, draft))) return;
	const isNew = draft.objectId === undefined;
	if (isNew && draft.text === '') {
		void app.ui.say(`Write the value of “${draft.name}” first. Saving then creates the object.`);
		return;
	}
	const problem = halfCharacterProblem(draft.text);
	if (problem !== undefined) {
		void app.ui.warn(problem);
		return;
	}
	if (draft.text === '' && draft.isUnpublished && !(await meansEmpty(app, draft))) return;
	// The person may have discarded it over the questions.
	if (!(await mayChange(app, session)) || app.documents.isGone(draft)) return;
	const result = await app.ui.progress(`Publishing “${draft.name}”`, (signal) =>
		draft.publish(session.api, { signal }),
	);
	if (!result) return;
	if (result.outcome === 'unchanged') {
		void app.ui.say(`Nothing to publish: you have not changed “${draft.name}” since you opened or published it.`);
	} else if (result.outcome === 'conflict') {
		await settle(app, session, draft, result.theirs);
	} else if (isNew) {
		await showCreated(app, session, result.current);
	} else {
		app.documents.takeInPublished(result.current);
		session.outline.applyPublished(result.current);
		void app.ui.say(`Published a new version of “${draft.name}”.`);
	}
}

/** All text gone is seldom meant, and every reader of the object gets what is published. */
function meansEmpty(app: App, { name }: Draft): Promise<boolean> {
	const detail = 'The draft has no text any more. Whoever reads the object gets an empty value from then on.';
	return app.ui.confirm(`Publish an empty value of “${name}”?`, detail, 'Publish Empty Value');
}

/** A draft goes to its own connection only. Where that one was signed out of, the person may take it to this one. */
async function belongsHere(app: App, { connection }: Session, draft: Draft): Promise<boolean> {
	if (draft.connectionId === connection.id) return true;
	if (app.connections.list().some(({ id }) => id === draft.connectionId)) {
		void app.ui.warn(`The draft of “${draft.name}” belongs to another connection. Switch to that one to publish it.`);
		return false;
	}
	const message = `The draft of “${draft.name}” was made on a connection that you signed out of.`;
	const button = `Publish with ${connection.name}`;
	if ((await app.ui.warn(message, button)) !== button) return false;
	draft.moveTo(connection.id);
	return true;
}

/** The three ways out of a conflict. The message comes again after *Compare*: looking decides nothing. */
async function settle(app: App, session: Session, draft: Draft, theirs: KnownObject): Promise<void> {
	session.catalog.put(theirs);
	const message = `Somebody published a newer version of “${draft.name}” while you edited it. Your draft is untouched.`;
	const choice = await app.ui.warn(message, 'Compare', 'Overwrite Theirs', 'Take Theirs');
	if (choice === undefined || app.documents.isGone(draft)) return;
	if (choice === 'Overwrite Theirs') {
		draft.rebase(theirs.versionId, theirs.updatedAt);
		return publish(app, draft);
	}
	const current = await readTheirs(app, session, draft, theirs);
	if (!current) return;
	if (choice === 'Compare') {
		await showBeside(app, draft, current);
		return settle(app, session, draft, withoutValue(current));
	}
	await app.documents.replaceText(draft, current.value);
	draft.acceptBase(current);
	void app.ui.say(
		`The editor holds their version of “${draft.name}” now. Undo brings your text back, in two steps where its line ends are others.`,
	);
}

/** Reads what the vault holds now; undefined when the person cancelled or discarded the draft meanwhile. */
async function readTheirs(app: App, session: Session, draft: Draft, theirs: KnownObject) {
	ensureShowable(app);
	const current = await app.ui.progress(`Reading “${draft.name}”`, (signal) => readToChange(session, theirs, signal));
	return app.documents.isGone(draft) ? undefined : current;
}

function showBeside(app: App, draft: Draft, theirs: VaultObject): Promise<void> {
	// What shows it again may hold no value.
	const known = withoutValue(theirs);
	const again = againOf(app, `${draft.id}/theirs`, () => showBesideAgain(app, draft, known));
	return app.documents.compareWithDraft({ ...ofCurrent(theirs, `${draft.name} (theirs)`, 'conflict'), again }, draft);
}

/** The conflict may be settled by now: what the vault holds is shown beside what the draft has become. */
async function showBesideAgain(app: App, draft: Draft, theirs: KnownObject): Promise<void> {
	const session = sessionOf(app);
	if (!app.documents.holds(draft)) {
		void app.ui.warn(`The draft of “${draft.name}” is closed. “Reveal Value” on the object shows what is published.`);
		return;
	}
	const current = await readTheirs(app, session, draft, theirs);
	if (current) await showBeside(app, draft, current);
}

/** Publishes a value that no editor holds. Where it is not published, a draft opens with it, so that it is not lost. */
export async function publishOrKeep(app: App, draft: Draft): Promise<void> {
	try {
		await publish(app, draft);
	} finally {
		if (draft.isUnpublished && !app.documents.holds(draft)) await app.documents.edit(draft);
	}
}

async function showCreated(app: App, session: Session, created: KnownObject): Promise<void> {
	session.catalog.put(created);
	await app.view.show(created);
	void app.ui.say(`Created “${created.name}”.`);
}
