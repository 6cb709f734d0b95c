import { readCurrent } from '../../vault/drafts/currentVersion';
import { VaultError } from '../../vault/errors';
import { isSameKeyContext } from '../../vault/keyContext';
import { withoutValue, type KnownObject, type VaultObject } from '../../vault/model';
import type { VersionNode } from '../../vault/outline/nodes';
import type { App, Session, Target } from '../ports';
import type { Again, RevealedValue, Source } from '../ports/documents';
import { cancelled } from '../ports/ui';
import { ensureShowable } from '../access/privacy';
import { onObject, showableSession } from '../access/session';
import { objectOf, versionOf } from './target';

/** Opens the current value of an object, read-only. One read call, which the vault logs. */
export async function revealValue(app: App, target: Target): Promise<void> {
	if (target.nodes[0]?.kind === 'version') return revealVersion(app, target);
	const session = showableSession(app);
	const object = await objectOf(app, target, 'Reveal Value');
	if (object) await revealObject(app, session, object, false);
}

/** Opens the current value of an object where no other extension can read it. One read call, which the vault logs. */
export async function revealInIsolation(app: App, target: Target): Promise<void> {
	const session = showableSession(app);
	const object = await objectOf(app, target, 'Reveal in Isolation');
	if (object) await revealObject(app, session, object, true);
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
	const revealed = await readForShowing(app, showableSession(app), object, false);
	// The wish to see it may be over with the lock that came meanwhile.
	ensureShowable(app);
	return revealed;
}

/** Opens the current value of an object that changed since it was revealed, in the same kind of editor. */
export async function revealCurrent(app: App, object: KnownObject, isIsolated: boolean): Promise<void> {
	return revealObject(app, showableSession(app), object, isIsolated);
}

async function revealObject(app: App, session: Session, object: KnownObject, isIsolated: boolean): Promise<void> {
	const revealed = await readForShowing(app, session, object, isIsolated);
	if (!revealed) return;
	await (isIsolated ? app.documents.revealInIsolation(revealed) : app.documents.reveal(revealed));
}

/** Opens the value of an older version, where the vault still has it. */
export async function revealVersion(app: App, target: Target): Promise<void> {
	const session = showableSession(app);
	const row = await versionOf(app, target, 'Reveal Version');
	if (row) await revealVersionOf(app, session, row);
}

async function revealVersionOf(app: App, session: Session, row: VersionNode): Promise<void> {
	const { object, number, version } = row;
	if (version.isCurrent) return revealObject(app, session, object, false);
	const value = await app.ui.progress(`Revealing version ${number} of “${object.name}”`, (signal) =>
		readOld(session, row, signal),
	);
	if (value === cancelled) return;
	const again = againOf(app, session, `${object.id}/${number}`, (session) => revealVersionOf(app, session, row));
	await app.documents.reveal({ title: `${object.name} (version ${number})`, value, source: 'version', again });
}

/** A way to do `run` once more, on the same connection. */
export function againOf(
	app: App,
	{ connection }: Session,
	id: string,
	run: (session: Session) => void | Promise<void>,
): Again {
	const runHere = async () => {
		const session = showableSession(app);
		if (session.connection.id === connection.id) return run(session);
		app.ui.warn(`This value is of “${connection.name}”. Switch to that connection, then reveal it again.`);
	};
	return { id, run: runHere };
}

/** Blanks every revealed value. */
export function hideValues(app: App): void {
	app.documents.hideAll();
	app.ui.announce('Revealed values are hidden. Drafts stay open.');
}

/** Says why nothing is saved where a person saves a revealed value: VS Code would ask for a file to write it to. */
export async function explainUnsaved(app: App): Promise<void> {
	// VS Code may have taken the key for this while another document came to the front.
	if (await app.documents.saveUnlessValue()) return;
	app.ui.say(
		'A revealed value is not saved to a file: it would stay on this disk for everybody who reads it. To change the value of an object, choose “Edit Value”.',
	);
}

async function readForShowing(
	app: App,
	session: Session,
	object: KnownObject,
	isIsolated: boolean,
): Promise<RevealedValue | undefined> {
	const current = await app.ui.progress(`Revealing “${object.name}”`, (signal) => read(session, object, signal));
	if (current === cancelled) return undefined;
	const again = againOf(app, session, object.id, (session) => revealObject(app, session, object, isIsolated));
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

/** Reads the value of an older version for a person. */
export function readOld(session: Session, { object, number }: VersionNode, signal: AbortSignal): Promise<string> {
	return onObject(session, object, () =>
		session.activity.noteRead(object.id, () => session.api.readVersion(object.id, number, { signal })),
	);
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
