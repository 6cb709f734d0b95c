import { hasCode } from '../../vault/errors';
import type { KnownObject } from '../../vault/model';
import { unseen } from '../../vault/unseen';
import { deleteObject } from '../../vault/drafts/writes';
import { mayChange } from '../access/allowances';
import { age } from '../prompts/age';
import { wordsOfLastRead } from '../objectPage/activityWords';
import type { App, Session, Target } from '../ports';
import { cancelled } from '../ports/ui';
import { onObject, onVersionShown, sessionOf } from '../access/session';
import { objectsOf } from './target';

const detail = (isOne: boolean) =>
	`The vault makes ${isOne ? 'it' : 'them'} unavailable at once, for everybody, and has no way to bring ${isOne ? 'it' : 'them'} back.`;

/** Deletes objects, each under the check that it is still the version that the person saw. */
export async function deleteObjects(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	const objects = await objectsOf(app, target, 'Delete Object');
	if (objects.length === 0 || !(await mayChange(app, session)) || !(await isSure(app, session, objects))) return;
	// The time for changes may have run out over the question.
	if (!(await mayChange(app, session))) return;
	const next = app.view.beside(target.nodes);
	const deleted: KnownObject[] = [];
	let failure: Error | undefined;
	for (const object of objects) {
		try {
			const outcome = await app.ui.progress(`Deleting “${object.name}”`, (signal) =>
				onObject(session, object, () => removeOne(session, object, signal)),
			);
			if (outcome === cancelled) {
				// Perhaps too late: the vault knows.
				await session.outline.refreshObject(object.id);
				break;
			}
		} catch (error) {
			failure ??= error as Error;
			if (hasCode(error, 'conflict', 'notFound')) continue;
			break;
		}
		deleted.push(object);
		session.catalog.remove(object.id);
		const draft = await app.drafts.draftOf(object.id);
		if (draft && !draft.isUnpublished) await app.drafts.discard(draft);
	}
	if (deleted.length > 0) {
		app.ui.say(summary(deleted, objects.length));
		if (next) await app.view.focus(next);
	}
	if (failure) throw failure;
}

function summary(deleted: readonly KnownObject[], asked: number): string {
	const [first] = deleted;
	if (asked === 1) return `Deleted “${first?.name}”.`;
	return deleted.length === asked
		? `Deleted ${asked} objects.`
		: `Deleted ${deleted.length} of ${asked} objects: ${deleted.map(({ name }) => `“${name}”`).join(', ')}.`;
}

function removeOne(session: Session, object: KnownObject, signal: AbortSignal): Promise<void> {
	return onVersionShown(session, object, signal, (version) =>
		deleteObject(session.api, object.id, version, { signal }),
	);
}

async function isSure(app: App, session: Session, objects: readonly KnownObject[]): Promise<boolean> {
	const [object] = objects;
	if (!object) return false;
	const isOne = objects.length === 1;
	const what = isOne ? `“${object.name}”` : `${objects.length} objects`;
	const listed = isOne ? whereabouts(session, object) : `${objects.map(({ name }) => `“${name}”`).join(', ')}.`;
	const about = listed + (await wordsOfDrafts(app, objects));
	if (!session.connection.isProduction) return app.ui.confirm(`Delete ${what}?`, `${about} ${detail(isOne)}`, 'Delete');
	const { proof, words } = isOne ? proofOf(object) : { proof: String(objects.length), words: 'how many they are' };
	const typed = await app.ui.input({
		title: `Delete ${what} from Production`,
		prompt: `${about} ${detail(isOne)} Type ${words} to go on.`,
		validate: (text) => (text === proof ? undefined : `Type ${words} exactly.`),
	});
	return typed === proof;
}

/** What nobody sees of objects in the tree: that there is more of them than the vault holds. */
async function wordsOfDrafts(app: App, objects: readonly KnownObject[]): Promise<string> {
	const unpublished = await app.drafts.unpublished();
	const drafts = unpublished.filter(({ objectId }) => objects.some(({ id }) => id === objectId));
	if (drafts.length === 0) return '';
	if (objects.length === 1) return ' There is an unpublished draft of it, which stays on this machine.';
	return ` There are unpublished drafts, which stay on this machine: ${drafts.map(({ name }) => `“${name}”`).join(', ')}.`;
}

const untypable = new RegExp(`[${unseen}\\p{C}\\u2800[\\p{Z}--\\u0020]]|\\u0020{2}|^\\p{M}`, 'v');

/** What a person types to show that an object is meant: its name, or its ID where nobody can type that. */
function proofOf({ id, name }: KnownObject): { readonly proof: string; readonly words: string } {
	// Keyboards give whole letters, and no blank but the usual one, of which nobody sees how many there are.
	const isTypable = name === name.normalize('NFC') && name === name.trim() && !untypable.test(name);
	if (isTypable) return { proof: name, words: 'the object’s name' };
	return { proof: id, words: `the object’s ID, ${id} (its name has characters that can’t be typed)` };
}

function whereabouts({ outline, activity }: Session, object: KnownObject): string {
	const organization = outline.organizationOf(object)?.name;
	const where = organization === undefined ? 'It belongs to no organization' : `It belongs to ${organization}`;
	const lastRead = activity.lastReadOf(object.id);
	const changed = `${where}. It was changed ${age(object.updatedAt)}.`;
	return lastRead ? `${changed} ${wordsOfLastRead(lastRead)}` : changed;
}
