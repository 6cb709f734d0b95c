import { VaultError } from '../../vault/errors';
import { isSameKeyContext } from '../../vault/keyContext';
import type { KnownObject } from '../../vault/model';
import type { VersionNode } from '../../vault/outline/nodes';
import { formatTime } from '../prompts/age';
import { pickObject } from '../find/find';
import type { App, Target } from '../ports';
import { sessionOf } from '../access/session';

/**
 * The objects that a command was called on; from the palette, the person picks one.
 * @throws VaultError `noObjectInRow` where it was called on other rows
 */
export async function objectsOf(app: App, target: Target, title: string): Promise<readonly KnownObject[]> {
	const { catalog } = sessionOf(app);
	const objects = target.nodes
		.flatMap((node) => (node.kind === 'object' ? [node.object] : []))
		.map((drawn) => {
			// A row may have been drawn before the object changed.
			const known = catalog.get(drawn.id);
			return known && isSameKeyContext(known.keyContext, drawn.keyContext) ? known : drawn;
		});
	if (objects.length > 0) return objects;
	if (target.nodes.length > 0) throw new VaultError('noObjectInRow');
	const object = await pickObject(app, title);
	return object ? [object] : [];
}

/**
 * The object that a command was called on; from the palette, the person picks one.
 * @throws VaultError `noObjectInRow`, and `severalRows` where more than one is meant
 */
export async function objectOf(app: App, target: Target, title: string): Promise<KnownObject | undefined> {
	if (target.isOfAllRows && target.nodes.length > 1) throw new VaultError('severalRows');
	const [object] = await objectsOf(app, target, title);
	return object;
}

/**
 * The version that a command was called on; without any, the person picks an object and one of its older versions.
 * @throws VaultError as `objectOf` does
 */
export async function versionOf(app: App, target: Target, title: string): Promise<VersionNode | undefined> {
	if (target.isOfAllRows && target.nodes.length > 1) throw new VaultError('severalRows');
	const called = target.nodes.find((node) => node.kind === 'version');
	if (called) return called;
	const { outline } = sessionOf(app);
	const object = await objectOf(app, target, title);
	if (!object) return undefined;
	const rows = await outline.children(outline.objectNode(object));
	const failed = rows.find((row) => row.kind === 'failure');
	if (failed) throw failed.failure;
	const older = rows.filter((row) => row.kind === 'version').filter(({ version }) => !version.isCurrent);
	if (older.length === 0) {
		app.ui.say(`“${object.name}” has no older versions yet.`);
		return undefined;
	}
	const choices = older.map((row) => ({
		label: `Version ${row.number}`,
		description: formatTime(row.version.createdAt),
		value: row,
	}));
	return app.ui.pick(title, `Which version of “${object.name}”?`, choices);
}
