import { Draft } from '../../vault/drafts/draft';
import { VaultError } from '../../vault/errors';
import type { KnownObject } from '../../vault/model';
import { mayChange } from '../access/allowances';
import { warnOfObstacle } from '../ciphertexts/decrypt';
import { askName } from '../drafts/create';
import { askKeyContext, askOrganization } from '../prompts/keyContext';
import type { App, Target } from '../ports';
import { cancelled } from '../ports/ui';
import { sessionOf } from '../access/session';
import { objectOf } from '../objects/target';
import { canFill, fill } from './templates';
import { askMeanings, placeOf, warnOfNoPlace } from './meanings';
import { valueProblem } from '../prompts/value';

const title = 'Move to Vault';
/** The name of a value stands so near before it, in characters: a line may be as long as a file. */
const nameWithin = 300;

/** Puts a snippet into the document that reads the value of an object: of the one it is called on, or one to pick. */
export async function insertReference(app: App, target: Target): Promise<void> {
	const selections = app.textEditor.selections();
	if (!selections) {
		app.ui.say('Open a document and put the cursor where the value is needed first.');
		return;
	}
	const { languageId } = selections;
	const template = app.templates.reference(languageId);
	const places = selections.beforeInsertion.map((before) => ({ languageId, quote: '', before }));
	if (!places.every((place) => canFill(template, 'name', place))) return warnOfNoPlace(app, 'Put the cursor');
	const object = await objectOf(app, target, 'Insert Reference');
	if (!object) return;
	const texts = places.map((place) => fill(template, 'name', object.name, place)?.text);
	const [text] = texts;
	if (text === undefined || texts.some((other) => other !== text)) return warnOfName(app, object.name);
	if (!(await selections.insert(text))) {
		app.ui.warn('The document changed in the meantime, or it is read-only. Nothing was inserted; try again.');
	}
}

/**
 * Makes the selected text the value of a new object, and replaces it by a snippet that reads it. The text stays where it
 * is until the vault has acknowledged the object.
 */
export async function moveToVault(app: App): Promise<void> {
	const session = sessionOf(app);
	const selections = app.textEditor.selections();
	if (selections?.texts.length !== 1) {
		app.ui.say('Select one text to move into the vault first.');
		return;
	}
	const obstacle = await app.textEditor.document()?.obstacle();
	// No plaintext is written: the folder need not be trusted.
	if (obstacle && obstacle !== 'untrusted') return warnOfObstacle(app, obstacle);
	if (!(await mayChange(app, session))) return;
	const template = app.templates.reference(selections.languageId);
	const place = placeOf(selections, 0);
	if (!canFill(template, 'name', place)) return warnOfNoPlace(app, 'Select a whole text between quotes');
	const [value] = (await askMeanings(app, title, selections)) ?? [];
	if (value === undefined) return;
	const problem = valueProblem(value);
	if (problem !== undefined) {
		app.ui.warn(problem);
		return;
	}
	const of = await askOrganization(app, title, app.recentOrganizations.ids);
	if (!of) return;
	const chosen = await askName(app, session, title, { suggested: suggestedName(selections.before[0] ?? '') });
	if (!chosen) return;
	const { name } = chosen;
	const snippet = fill(template, 'name', name, place);
	if (!snippet) return warnOfName(app, name);
	const keyContext = await askKeyContext(app, title, of.organization);
	if (!keyContext) return;
	const draft = Draft.ofNewObject(session.connection.id, name, keyContext);
	draft.write(value);
	const result = await app.ui.progress(`Creating “${name}”`, (signal) => draft.publish(session.api, { signal }));
	if (result === cancelled) {
		app.ui.say(`Cancelled. The document was not changed; “${name}” may have been created all the same.`);
		return;
	}
	if (result.outcome !== 'published') throw new VaultError('nameTaken', { name });
	session.catalog.put(result.current);
	app.recentOrganizations.use(of.organization);
	const isReplaced = await selections.replace([snippet]);
	// Nothing of the value is held while the message stands there.
	return sayMoved(app, result.current, isReplaced);
}

function warnOfName({ ui }: App, name: string): void {
	ui.warn(
		`The name “${name}” has characters that can’t be written into this document as a text: they could become code. Nothing was changed. Read the object by its ID instead, or give it another name.`,
	);
}

async function sayMoved(app: App, object: KnownObject, isReplaced: boolean): Promise<void> {
	const rest = isReplaced
		? 'The old text is still in undo, in VS Code’s Local History and maybe in git: rotate it.'
		: 'Its text is still in the document, which changed in the meantime or is read-only: replace it with “Insert Reference”.';
	const pressed = await app.ui.warnAndAsk(`“${object.name}” is in the vault. ${rest}`, 'Show It');
	if (pressed === 'Show It') await app.view.show(object);
}

/**
 * A name for the value that stands after `before` in its line: that of the variable or key around it, in lower case with
 * hyphens; an empty text where there is none.
 */
export function suggestedName(before: string): string {
	const target =
		/([\p{L}_$][\p{L}\p{N}_.$-]*)["'`\])]*\s*(?:\??:\s*[^\s=:,;|&]+(?:\s*[|&]\s*[^\s=:,;|&]+)*\s*=|:=|=>|[:=])\s*["'`]?$/u.exec(
			before.slice(-nameWithin),
		)?.[1] ?? '';
	return target
		.replace(/^.*\./, '')
		.replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1-')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-|-$/g, '')
		.toLowerCase();
}
