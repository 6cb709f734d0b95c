import { readCurrent } from '../../vault/drafts/currentVersion';
import { VaultError } from '../../vault/errors';
import { isSameKeyContext } from '../../vault/keyContext';
import { withoutValue, type KnownObject, type VaultObject } from '../../vault/model';
import type { App, Session, Target } from '../ports';
import type { Again, RevealedValue, Source } from '../ports/documents';
import { ensureShowable } from '../access/privacy';
import { onObject, sessionOf } from '../access/session';
import { objectOf, versionOf } from './target';

/** Opens the current value of an object, read-only. One read call, which the vault logs. */
export async function revealValue(app: App, target: Target): Promise<void> {
	if (target.nodes[0]?.kind === 'version') return revealVersion(app, target);
	const revealed = await readForShowing(app, target, 'Reveal Value', revealValue);
	if (revealed) await app.documents.reveal(revealed);
}

/** Opens the current value of an object where no other extension can read it. One read call, which the vault logs. */
export async function revealInIsolation(app: App, target: Target): Promise<void> {
	const revealed = await readForShowing(app, target, 'Reveal in Isolation', revealInIsolation);
	if (revealed) await app.documents.revealInIsolation(revealed);
}

/**
 * Opens once more what a document shows, or showed before it was hidden, as it was opened the first time. Where there is no
 * such document, it is *Reveal Value*.
 */
export async function revealAgain(app: App, { file }: Target): Promise<void> {
	const again = app.documents.againFor(file?.address);
	await (again ? again.run() : revealValue(app, { nodes: [] }));
}

/** An object's current value, for its page. One read call, which the vault logs. Undefined where nothing is to be shown. */
export async function readForPage(app: App, object: KnownObject): Promise<RevealedValue | undefined> {
	const target = { nodes: [sessionOf(app).outline.objectNode(object)] };
	const revealed = await readForShowing(app, target, 'Reveal Value', revealValue);
	// The wish to see it may be over with the lock that came meanwhile.
	ensureShowable(app);
	return revealed;
}

/** Opens the current value of an object that changed since it was revealed, in the same kind of editor. */
export function revealCurrent(app: App, object: KnownObject, isIsolated: boolean): Promise<void> {
	const target = { nodes: [sessionOf(app).outline.objectNode(object)] };
	return isIsolated ? revealInIsolation(app, target) : revealValue(app, target);
}

/** Opens the value of an older version, where the vault still has it. */
export async function revealVersion(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	ensureShowable(app);
	const row = await versionOf(app, target, 'Reveal Version');
	if (!row) return;
	if (row.version.isCurrent) return revealValue(app, { nodes: [session.outline.objectNode(row.object)] });
	const { object, number } = row;
	const value = await app.ui.progress(`Revealing version ${number} of “${object.name}”`, (signal) =>
		onObject(session, object, () =>
			session.activity.noteRead(object.id, () => session.api.readVersion(object.id, number, { signal })),
		),
	);
	if (value === undefined) return;
	const again = againOf(app, `${object.id}/${number}`, () => revealVersion(app, { nodes: [row] }));
	await app.documents.reveal({ title: `${object.name} (version ${number})`, value, source: 'version', again });
}

/** A way to do `run` once more, on the connection in use now. */
export function againOf(app: App, id: string, run: () => Promise<void>): Again {
	const { connection } = sessionOf(app);
	const runHere = async () => {
		if (sessionOf(app).connection.id === connection.id) return run();
		void app.ui.warn(`This value is of “${connection.name}”. Switch to that connection, then reveal it again.`);
	};
	return { id, run: runHere };
}

/** Blanks every revealed value. */
export function hideValues(app: App): Promise<void> {
	app.documents.hideAll();
	app.ui.announce('Revealed values are hidden. Drafts stay open.');
	return Promise.resolve();
}

/** Says why nothing is saved where a person saves a revealed value: VS Code would ask for a file to write it to. */
export function explainUnsaved(app: App): Promise<void> {
	void app.ui.say(
		'A revealed value is not saved to a file: it would stay on this disk for everybody who reads it. To change the value of an object, choose “Edit Value”.',
	);
	return Promise.resolve();
}

async function readForShowing(
	app: App,
	target: Target,
	title: string,
	flow: (app: App, target: Target) => Promise<void>,
): Promise<RevealedValue | undefined> {
	const session = sessionOf(app);
	ensureShowable(app);
	const object = await objectOf(app, target, title);
	if (!object) return undefined;
	const current = await app.ui.progress(`Revealing “${object.name}”`, (signal) => read(session, object, signal));
	if (!current) return undefined;
	const again = againOf(app, object.id, () => flow(app, { nodes: [sessionOf(app).outline.objectNode(object)] }));
	return { ...ofCurrent(current, object.name, 'object'), again };
}

/** An object's current value, for a document that is marked once the object changes. */
export function ofCurrent({ id, updatedAt, value }: VaultObject, title: string, source: Source): RevealedValue {
	return { title, value, source, of: { objectId: id, updatedAt } };
}

/**
 * Reads an object for a person.
 * @throws VaultError `contextChanged` when it is not the object that the tree shows under this name
 */
export function read(session: Session, object: KnownObject, signal?: AbortSignal): Promise<VaultObject> {
	return readAs(session, object, () => session.api.readObject(object.id, { signal }));
}

/**
 * Reads an object for a person who goes on from what it holds: its version is known then.
 * @throws VaultError as `read` and `readCurrent` do
 */
export function readToChange(session: Session, object: KnownObject, signal?: AbortSignal): Promise<VaultObject> {
	return readAs(session, object, () => readCurrent(session.api, object.id, { signal }));
}

async function readAs(session: Session, object: KnownObject, call: () => Promise<VaultObject>): Promise<VaultObject> {
	const current = await onObject(session, object, () => session.activity.noteRead(object.id, call));
	if (!isSameKeyContext(current.keyContext, object.keyContext)) {
		// An event may have told what is not so: the tree shows from now on what the vault itself says of the object.
		session.catalog.put(withoutValue(current));
		throw new VaultError('contextChanged', { name: object.name });
	}
	session.catalog.open(withoutValue(current));
	return current;
}
