import { VaultError } from '../../vault/errors';
import type { KnownObject } from '../../vault/model';
import { use } from '../access/connect';
import type { App, Connection, KnownVault, Session, Target } from '../ports';
import { cancelled } from '../ports/ui';
import { ensureUnlocked } from '../access/privacy';
import { onObject, sessionOf } from '../access/session';
import { objectOf } from './target';
import { idsIn, linkOf, type LinkAddress, type LinkedIds } from './linkAddress';

/**
 * Copies a link that leads to an object in VS Code. There is nothing to hide in it: it has two ids, and whoever follows it
 * needs a key of their own.
 */
export async function copyLink(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	const object = await objectOf(app, target, 'Copy Link');
	if (!object) return;
	const { catalog } = session;
	if (catalog.environmentId === undefined && !(await lookUp(app, session, object))) return;
	const { environmentId = '' } = catalog;
	await app.clipboard.copy(linkOf(app.links.origin, { environmentId, id: object.id }));
	if (app.links.isElsewhere) {
		app.ui.say('Copied the link. It opens VS Code on the desktop.');
	} else {
		app.ui.announce(`Copied the link to “${object.name}”.`);
	}
}

/**
 * Follows a link that came from outside, whoever made it: selects the object that it leads to, where a catalog here knows
 * it. No vault is asked for anything that a link says, and no connection is used that the person did not choose.
 * @throws VaultError where there is nothing to follow
 */
export async function openLink(app: App, address: LinkAddress): Promise<void> {
	ensureFollowable(app);
	const ids = idsIn(address);
	if (!ids) throw new VaultError('linkBroken');
	const connection = await chooseConnection(app, ids);
	if (!connection) return;
	if (connection.id !== app.connections.session?.connection.id) await use(app, connection);
	ensureFollowable(app);
	const { session } = app.connections;
	// The person left it at that, or went elsewhere in the meantime.
	if (session?.connection.id !== connection.id) return;
	const object = session.catalog.get(ids.id);
	if (!object) throw new VaultError('linkUnknown');
	await app.view.show(object);
	await app.view.open(object);
}

/** Asks for an object's metadata, as the person waits: an environment is told nowhere else. False where they cancel. */
async function lookUp(app: App, session: Session, object: KnownObject): Promise<boolean> {
	const described = await app.ui.progress(`Looking up the environment of “${object.name}”`, (signal) =>
		onObject(session, object, () => session.api.describeObject(object.id, { signal })),
	);
	if (described === cancelled) return false;
	session.catalog.put(described);
	return true;
}

/** @throws VaultError `locked` or `linkWithheld`: who shares a screen has not chosen what a link brings up. */
function ensureFollowable(app: App): void {
	ensureUnlocked(app);
	if (app.privacy.isPresenting) throw new VaultError('linkWithheld');
}

/**
 * The connection whose catalog knows the object of a link: the one in use where it does, else one that the person picks.
 * @throws VaultError `notConnected`, `linkElsewhere` or `linkUnknown`
 */
async function chooseConnection(app: App, ids: LinkedIds): Promise<Connection | undefined> {
	const { connections, ui } = app;
	if (connections.list().length === 0) throw new VaultError('notConnected');
	const inUse = connections.session;
	if (inUse && leadsTo(inUse.catalog, ids)) return inUse.connection;
	const ofEnvironment: Connection[] = [];
	const knowing: Connection[] = [];
	for (const connection of connections.list()) {
		const known = connection.id === inUse?.connection.id ? inUse.catalog : await connections.known(connection);
		if (known?.environmentId === ids.environmentId) ofEnvironment.push(connection);
		if (known && leadsTo(known, ids)) knowing.push(connection);
	}
	if (knowing.length === 0) {
		const [first] = ofEnvironment;
		if (!first) throw new VaultError('linkElsewhere');
		const isInUse = ofEnvironment.some(({ id }) => id === inUse?.connection.id);
		throw new VaultError('linkUnknown', { name: isInUse ? undefined : first.name });
	}
	return ui.pick(
		'Open Link',
		'The link leads to another connection. Switch to it?',
		knowing.map((connection) => ({
			label: connection.name,
			description: connection.isProduction ? 'production' : undefined,
			icon: connection.isProduction ? 'shield' : 'lock',
			value: connection,
		})),
	);
}

/** An environment that no metadata has told yet is no obstacle: an object's id is that of no other object anywhere. */
function leadsTo(known: KnownVault, { environmentId, id }: LinkedIds): boolean {
	const isOther = known.environmentId !== undefined && known.environmentId !== environmentId;
	return !isOther && known.get(id) !== undefined;
}
