import type { OutlineNode } from '../../vault/outline/nodes';
import type { App, Target } from '../ports';
import { cancelled } from '../ports/ui';
import { ensureShowable } from '../access/privacy';
import { read } from './reveal';
import { showableSession } from '../access/session';
import { objectOf, objectsOf } from './target';

/** Puts an object's value on the clipboard, for a while. One read call, which the vault logs. */
export async function copyValue(app: App, target: Target): Promise<void> {
	const session = showableSession(app);
	const object = await objectOf(app, target, 'Copy Value');
	if (!object) return;
	const current = await app.ui.progress(`Reading “${object.name}”`, (signal) => read(session, object, signal));
	if (current === cancelled) return;
	ensureShowable(app);
	const seconds = await app.clipboard.copySecret(current.value);
	app.ui.say(copiedWords(`the value of “${object.name}”`, seconds));
}

/** What is said when a secret was put on the clipboard. */
export function copiedWords(what: string, seconds: number): string {
	return `Copied ${what}. The clipboard is cleared in ${seconds} seconds if the value is still there; a clipboard history may keep it longer.`;
}

/** Clears a copied value from the clipboard, if it is still there. */
export async function clearClipboard(app: App): Promise<void> {
	await app.clipboard.clearSecret();
}

/** Copies the names of objects, each in a line. */
export async function copyNames(app: App, target: Target): Promise<void> {
	const objects = await objectsOf(app, target, 'Copy Name');
	if (objects.length > 0) await app.clipboard.copy(objects.map(({ name }) => name).join('\n'));
}

/** Copies the ids of objects, organizations and versions, each in a line. */
export async function copyIds(app: App, target: Target): Promise<void> {
	let ids = target.nodes.flatMap(idOf);
	if (ids.length === 0) ids = (await objectsOf(app, target, 'Copy ID')).map(({ id }) => id);
	if (ids.length > 0) await app.clipboard.copy(ids.join('\n'));
}

function idOf(node: OutlineNode): string[] {
	if (node.kind === 'object') return [node.object.id];
	if (node.kind === 'version') return [node.version.id];
	return node.kind === 'organization' && node.organization ? [node.organization.id] : [];
}

/** Copies an object's key context as JSON. */
export async function copyKeyContext(app: App, target: Target): Promise<void> {
	const object = await objectOf(app, target, 'Copy Key Context');
	if (object) await app.clipboard.copy(JSON.stringify(object.keyContext));
}
