import type { App } from '../ports';
import { cancelled } from '../ports/ui';

/** Connects to a vault while the person sees that it goes on, and tells when it is done. */
export async function connecting(app: App, title: string, connect: () => Promise<void>): Promise<void> {
	if ((await app.ui.progress(title, connect)) !== cancelled) await welcome(app);
}

/** Tells which vault is in use by now, and leads to it: what had the focus may show a value of the one before. */
export async function welcome({ connections, ui, view }: App): Promise<void> {
	const { connection } = connections.session ?? {};
	if (!connection) return;
	ui.announce(`Connected to “${connection.name}”${connection.isProduction ? ', a production vault' : ''}.`);
	await view.focus();
}
