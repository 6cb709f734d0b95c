import { VaultError } from '../../vault/errors';
import type { App } from '../ports';

/** Hides values, puts drafts away encrypted, and drops the key from memory, in every window. */
export async function lockNow(app: App): Promise<void> {
	await app.privacy.setLocked(true);
	app.ui.announce('WorkOS Vault is locked.');
}

/** Goes on where *Lock Now* stopped. A click, no password: it keeps passers-by away, not whoever uses this account. */
export async function unlock(app: App): Promise<void> {
	await app.privacy.setLocked(false);
	app.ui.announce('WorkOS Vault is unlocked.');
}

/** Withholds all values until it is stopped: for a shared screen. */
export async function startPresentation(app: App): Promise<void> {
	await app.privacy.setPresenting(true);
	app.ui.announce('Presentation mode is on: no value is shown or copied in any window.');
}

/** Shows values again when they are asked for. */
export async function stopPresentation(app: App): Promise<void> {
	await app.privacy.setPresenting(false);
	app.ui.announce('Presentation mode is off.');
}

/** @throws VaultError `locked` */
export function ensureUnlocked({ privacy }: Pick<App, 'privacy'>): void {
	if (privacy.isLocked) throw new VaultError('locked');
}

/** Has to be asked before a value is read for being shown or copied. @throws VaultError `locked` or `presenting` */
export function ensureShowable(app: Pick<App, 'privacy'>): void {
	ensureUnlocked(app);
	if (app.privacy.isPresenting) throw new VaultError('presenting');
}
