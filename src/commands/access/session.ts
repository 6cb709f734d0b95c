import { isLater } from '../../vault/catalog/changeTimes';
import { describeCurrent } from '../../vault/drafts/currentVersion';
import { hasCode, VaultError } from '../../vault/errors';
import type { KnownObject } from '../../vault/model';
import type { App, Session } from '../ports';
import { ensureShowable, ensureUnlocked } from './privacy';

/**
 * The connection in use.
 * @throws VaultError `notConnected` or `locked`
 */
export function sessionOf(app: App): Session {
	ensureUnlocked(app);
	const { session } = app.connections;
	if (!session) throw new VaultError('notConnected');
	return session;
}

/**
 * The connection in use, where a value of it may be shown or copied.
 * @throws VaultError `notConnected`, `locked` or `presenting`
 */
export function showableSession(app: App): Session {
	const session = sessionOf(app);
	ensureShowable(app);
	return session;
}

/** Runs a call about one object, and takes it out of the tree when the vault says that it is gone. */
export async function onObject<T>(session: Session, { id, name }: KnownObject, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		if (!hasCode(error, 'notFound')) throw error;
		session.catalog.remove(id);
		throw new VaultError('notFound', { ...error.details, name });
	}
}

/**
 * Changes an object under the check that it still has the version that the tree shows; where it has not, the tree shows the
 * new one. Events and lists don't tell versions: then the current one is taken, if it is not later than what is shown.
 * @throws VaultError `conflict` with the object's name
 */
export async function onVersionShown<T>(
	session: Session,
	object: KnownObject,
	signal: AbortSignal,
	change: (version: string | undefined) => Promise<T>,
): Promise<T> {
	try {
		return await change(object.versionId ?? (await findVersion(session, object, signal)));
	} catch (error) {
		if (!hasCode(error, 'conflict')) throw error;
		await session.outline.refreshObject(object.id);
		throw new VaultError('conflict', { ...error.details, name: object.name });
	}
}

async function findVersion(session: Session, object: KnownObject, signal: AbortSignal): Promise<string | undefined> {
	const current = await describeCurrent(session.api, object.id, { signal });
	if (isLater(current.updatedAt, object.updatedAt)) throw new VaultError('conflict');
	return current.versionId;
}
