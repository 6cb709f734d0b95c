import { Emitter, type Event } from '../../vault/event';
import type { Allowances, App, Connection, Session } from '../ports';
import { ensureUnlocked } from './privacy';
import { sessionOf } from './session';

const minutes = 10;
const button = `Allow Changes for ${minutes} Minutes`;

/** The allowances of this window: they are in its memory alone. */
export class WindowAllowances implements Allowances {
	readonly #until = new Map<string, number>();
	readonly #changed = new Emitter<void>();

	readonly onDidChange: Event<void> = this.#changed.event;

	until(connectionId: string): Date | undefined {
		const until = this.#until.get(connectionId) ?? 0;
		return until > Date.now() ? new Date(until) : undefined;
	}

	allow(connectionId: string): void {
		this.#until.set(connectionId, Date.now() + minutes * 60_000);
		this.#changed.fire();
	}

	revokeAll(): void {
		this.#until.clear();
		this.#changed.fire();
	}
}

/** True where a session's vault may be changed; asks where it is a production one and nothing was allowed. */
export async function mayChange(app: App, { connection }: Session): Promise<boolean> {
	const { ui, allowances } = app;
	if (!connection.isProduction || allowances.until(connection.id)) return true;
	const message = `“${connection.name}” is a production connection and read-only. Nothing was changed.`;
	if ((await ui.warnAndAsk(message, button)) !== button) return false;
	ensureUnlocked(app);
	allow(app, connection);
	return true;
}

/** Lets the production connection in use be changed for a while. */
export function allowChanges(app: App): void {
	const { connection } = sessionOf(app);
	if (connection.isProduction) allow(app, connection);
	else app.ui.say(`“${connection.name}” is not marked as production and can be changed at any time.`);
}

/** Makes production connections read-only again. */
export function forbidChanges(app: App): void {
	app.allowances.revokeAll();
	app.ui.announce('Production connections are read-only again.');
}

function allow({ allowances, ui }: App, { id, name }: Connection): void {
	allowances.allow(id);
	ui.announce(`“${name}” can be changed for ${minutes} minutes.`);
}
