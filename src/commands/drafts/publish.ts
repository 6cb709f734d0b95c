import type { Draft } from '../../vault/drafts/draft';
import { withoutValue, type KnownObject, type VaultObject } from '../../vault/model';
import { mayChange } from '../access/allowances';
import type { App, Session } from '../ports';
import { cancelled } from '../ports/ui';
import { ensureShowable } from '../access/privacy';
import { halfCharacterProblem } from '../prompts/wholeCharacters';
import { againOf, ofCurrent, readToChange } from '../objects/reveal';
import { sessionOf } from '../access/session';

/** What stands in the way of a publish: somebody else's version. */
interface Conflict {
	readonly session: Session;
	readonly theirs: KnownObject;
}

/** Publishes a draft; on a conflict the person chooses, and the draft stays whatever happens. */
export async function publish(app: App, draft: Draft): Promise<void> {
	let conflict = await publishOnce(app, draft);
	while (conflict) conflict = await settle(app, draft, conflict);
}

/** Publishes a draft where nothing speaks against it. Returns the conflict that kept it from being published. */
async function publishOnce(app: App, draft: Draft): Promise<Conflict | undefined> {
	const session = sessionOf(app);
	if (!(await mayPublish(app, session, draft))) return undefined;
	const isNew = draft.objectId === undefined;
	const result = await app.ui.progress(`Publishing “${draft.name}”`, (signal) =>
		draft.publish(session.api, { signal }),
	);
	if (result === cancelled) return undefined;
	if (result.outcome === 'conflict') return { session, theirs: result.theirs };
	if (result.outcome === 'unchanged') {
		app.ui.say(`Nothing to publish: you have not changed “${draft.name}” since you opened or published it.`);
	} else if (isNew) {
		await showCreated(app, session, result.current);
	} else {
		app.drafts.rememberPublished(result.current);
		session.outline.applyPublished(result.current);
		app.ui.say(`Published a new version of “${draft.name}”.`);
	}
	return undefined;
}

/** Whether a draft can be published here, and the person means and is allowed to. What is in the way is said. */
async function mayPublish(app: App, session: Session, draft: Draft): Promise<boolean> {
	if (app.drafts.isGone(draft) || !(await belongsHere(app, session, draft))) return false;
	if (draft.objectId === undefined && draft.text === '') {
		app.ui.say(`Write the value of “${draft.name}” first. Saving then creates the object.`);
		return false;
	}
	const problem = halfCharacterProblem(draft.text);
	if (problem !== undefined) {
		app.ui.warn(problem);
		return false;
	}
	if (draft.text === '' && draft.isUnpublished && !(await meansEmpty(app, draft))) return false;
	// The person may have discarded it over the questions.
	return (await mayChange(app, session)) && !app.drafts.isGone(draft);
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
		app.ui.warn(`The draft of “${draft.name}” belongs to another connection. Switch to that one to publish it.`);
		return false;
	}
	const message = `The draft of “${draft.name}” was made on a connection that you signed out of.`;
	const button = `Publish with ${connection.name}`;
	if ((await app.ui.warnAndAsk(message, button)) !== button) return false;
	draft.moveTo(connection.id);
	return true;
}

/**
 * Asks for one of three ways out of a conflict, and goes it. Returns what is in the way after that: *Compare* decides
 * nothing, and over theirs there may be a still newer version by now.
 */
async function settle(app: App, draft: Draft, { session, theirs }: Conflict): Promise<Conflict | undefined> {
	session.catalog.put(theirs);
	const message = `Somebody published a newer version of “${draft.name}” while you edited it. Your draft is untouched.`;
	const choice = await app.ui.warnAndAsk(message, 'Compare', 'Overwrite Theirs', 'Take Theirs');
	if (choice === undefined || app.drafts.isGone(draft)) return undefined;
	if (choice === 'Overwrite Theirs') {
		draft.rebase(theirs.versionId, theirs.updatedAt);
		return publishOnce(app, draft);
	}
	const current = await readTheirs(app, session, draft, theirs);
	if (!current) return undefined;
	if (choice === 'Compare') {
		await showBeside(app, session, draft, current);
		return { session, theirs: withoutValue(current) };
	}
	await app.drafts.replaceText(draft, current.value);
	draft.acceptBase(current);
	app.ui.say(
		`The editor holds their version of “${draft.name}” now. Undo brings your text back, in two steps where its line ends are others.`,
	);
	return undefined;
}

/** Reads what the vault holds now; undefined when the person cancelled or discarded the draft meanwhile. */
async function readTheirs(app: App, session: Session, draft: Draft, theirs: KnownObject) {
	ensureShowable(app);
	const current = await app.ui.progress(`Reading “${draft.name}”`, (signal) => readToChange(session, theirs, signal));
	return current === cancelled || app.drafts.isGone(draft) ? undefined : current;
}

function showBeside(app: App, session: Session, draft: Draft, theirs: VaultObject): Promise<void> {
	// What shows it again may hold no value.
	const known = withoutValue(theirs);
	const again = againOf(app, session, `${draft.id}/theirs`, (session) => showBesideAgain(app, session, draft, known));
	return app.documents.compareWithDraft({ ...ofCurrent(theirs, `${draft.name} (theirs)`, 'conflict'), again }, draft);
}

/** The conflict may be settled by now: what the vault holds is shown beside what the draft has become. */
async function showBesideAgain(app: App, session: Session, draft: Draft, theirs: KnownObject): Promise<void> {
	if (!app.drafts.holds(draft)) {
		app.ui.warn(`The draft of “${draft.name}” is closed. “Reveal Value” on the object shows what is published.`);
		return;
	}
	const current = await readTheirs(app, session, draft, theirs);
	if (current) await showBeside(app, session, draft, current);
}

/** Publishes a value that no editor holds. Where it is not published, a draft opens with it, so that it is not lost. */
export async function publishOrKeep(app: App, draft: Draft): Promise<void> {
	try {
		await publish(app, draft);
	} finally {
		if (draft.isUnpublished && !app.drafts.holds(draft)) await app.drafts.edit(draft);
	}
}

async function showCreated(app: App, session: Session, created: KnownObject): Promise<void> {
	session.catalog.put(created);
	await app.view.show(created);
	app.ui.say(`Created “${created.name}”.`);
}
