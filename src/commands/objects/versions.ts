import { VaultError } from '../../vault/errors';
import type { VersionNode } from '../../vault/outline/nodes';
import { publishValue } from '../../vault/drafts/writes';
import { mayChange } from '../access/allowances';
import type { App, Session, Target } from '../ports';
import { cancelled } from '../ports/ui';
import { againOf, ofCurrent, read, readOld } from './reveal';
import { onObject, onVersionShown, sessionOf, showableSession } from '../access/session';
import { versionOf } from './target';

/** Shows an older version beside the current one. */
export async function compareWithCurrent(app: App, target: Target): Promise<void> {
	const session = showableSession(app);
	const row = await versionOf(app, target, 'Compare with Current');
	if (row) await compareVersion(app, session, row);
}

async function compareVersion(app: App, session: Session, row: VersionNode): Promise<void> {
	const { object, number } = row;
	const both = await app.ui.progress(`Reading two versions of “${object.name}”`, async (signal) => ({
		old: await readOld(session, row, signal),
		current: await read(session, object, signal),
	}));
	if (both === cancelled) return;
	const again = againOf(app, session, `${object.id}/${number}/current`, (session) => compareVersion(app, session, row));
	await app.documents.compare(
		{ title: `${object.name} (version ${number})`, value: both.old, source: 'comparison', again },
		{ ...ofCurrent(both.current, `${object.name} (current)`, 'comparison'), again },
	);
}

/** Publishes the value of an older version as a new one, unless somebody publishes in between. */
export async function restoreVersion(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	const row = await versionOf(app, target, 'Restore Version');
	if (!row) return;
	const { object, number } = row;
	if (!(await mayChange(app, session))) return;
	const detail = 'Its value is published as a new version. All versions stay in the vault.';
	if (!(await app.ui.confirm(`Restore version ${number} of “${object.name}”?`, detail, 'Restore'))) return;
	// The time for changes may have run out over the question.
	if (!(await mayChange(app, session))) return;
	const result = await app.ui.progress(`Restoring version ${number} of “${object.name}”`, async (signal) => {
		const restore = async (versionCheck: string | undefined) => {
			const value = await readOld(session, row, signal);
			const published = await publishValue(session.api, { id: object.id, value, versionCheck }, { signal });
			if (published.outcome === 'conflict') throw new VaultError('conflict');
			return published;
		};
		return onObject(session, object, () => onVersionShown(session, object, signal, restore));
	});
	if (result === cancelled) return;
	session.outline.applyPublished(result.current);
	app.ui.say(`Version ${number} of “${object.name}” is the current one again.`);
}
