import type { App, Target } from './ports';
import { ensureShowable } from './privacy';
import { read } from './reveal';
import { sessionOf } from './session';
import { objectOf } from './target';

/** Puts an object's value on the clipboard, for a while. One read call, which the vault logs. */
export async function copyValue(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	ensureShowable(app);
	const object = await objectOf(app, target, 'Copy Value');
	if (!object) return;
	const current = await app.ui.progress(`Reading “${object.name}”`, (signal) => read(session, object, signal));
	if (!current) return;
	ensureShowable(app);
	const seconds = await app.clipboard.copySecret(current.value);
	void app.ui.say(
		`Copied the value of “${object.name}”. The clipboard is cleared in ${seconds} seconds if the value is still there; a clipboard history may keep it longer.`,
	);
}

/** Clears a copied value from the clipboard, if it is still there. */
export async function clearClipboard(app: App): Promise<void> {
	await app.clipboard.clearSecret();
}

/** Copies an object's name. */
export async function copyName(app: App, target: Target): Promise<void> {
	const object = await objectOf(app, target, 'Copy Name');
	if (object) await app.clipboard.copy(object.name);
}

/** Copies the id of an object, an organization or a version. */
export async function copyId(app: App, target: Target): Promise<void> {
	const [node] = target.nodes;
	if (node?.kind === 'organization' && node.organization) return app.clipboard.copy(node.organization.id);
	if (node?.kind === 'version') return app.clipboard.copy(node.version.id);
	const object = await objectOf(app, target, 'Copy ID');
	if (object) await app.clipboard.copy(object.id);
}

/** Copies an object's key context as JSON. */
export async function copyKeyContext(app: App, target: Target): Promise<void> {
	const object = await objectOf(app, target, 'Copy Key Context');
	if (object) await app.clipboard.copy(JSON.stringify(object.keyContext));
}
