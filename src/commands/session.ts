import { hasCode, VaultError } from '../vault/errors';
import type { KnownObject } from '../vault/model';
import type { App, Session } from './ports';
import { ensureUnlocked } from './privacy';

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
