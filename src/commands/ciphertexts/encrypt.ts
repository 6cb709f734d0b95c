import { encrypt } from '../../vault/ciphertext/inText/text';
import { describeCiphertext } from '../../vault/ciphertext/envelope';
import { askRecipient } from '../prompts/keyContext';
import type { App } from '../ports';
import { cancelled } from '../ports/ui';
import { sessionOf } from '../access/session';
import { canFill, fill } from '../textEditor/templates';
import { askMeanings, placeOf, warnOfNoPlace } from '../textEditor/meanings';

/** Replaces every selection by its ciphertext, in one undo step. */
export function encryptSelection(app: App): Promise<void> {
	return encryptAs(app, 'Encrypt Selection', () => Promise.resolve(''));
}

/** The same, with a text that whoever decrypts it has to give. */
export function encryptWithAssociatedData(app: App): Promise<void> {
	const title = 'Encrypt with Associated Data';
	return encryptAs(app, title, () =>
		app.ui.input({
			title,
			prompt: 'Such as row-17. It is not kept in the ciphertext, and nobody can decrypt without it.',
			placeholder: 'The associated data',
			validate: (text) =>
				text === '' ? 'Enter a text, such as the id of the row that the ciphertext belongs to.' : undefined,
		}),
	);
}

async function encryptAs(app: App, title: string, ask: () => Promise<string | undefined>): Promise<void> {
	const { api } = sessionOf(app);
	const selections = app.textEditor.selections();
	if (!selections || selections.texts.length === 0) {
		app.ui.say('Select the text to encrypt first.');
		return;
	}
	if (selections.texts.some((text) => describeCiphertext(text)?.dataKeyId !== undefined)) {
		app.ui.warn('The selection is a ciphertext already. Nothing was changed.');
		return;
	}
	const template = app.templates.encrypt(selections.languageId);
	const places = selections.texts.map((_, index) => placeOf(selections, index));
	if (!places.every((place) => canFill(template, 'ciphertext', place))) {
		return warnOfNoPlace(app, 'Select a whole text between quotes');
	}
	const texts = await askMeanings(app, title, selections);
	if (!texts) return;
	const recipient = await askRecipient(app, title);
	if (!recipient) return;
	const associatedData = await ask();
	if (associatedData === undefined) return;
	const how = { layout: app.templates.layout(), associatedData };
	const ciphertexts = await app.ui.progress('Encrypting', (signal) =>
		Promise.all(texts.map((text) => encrypt(api, text, recipient.keyContext, how, { signal }))),
	);
	if (ciphertexts === cancelled) return;
	app.recentOrganizations.use(recipient.organization);
	const snippets = places.flatMap(
		(place, index) => fill(template, 'ciphertext', ciphertexts[index] ?? '', place) ?? [],
	);
	if (snippets.length < ciphertexts.length || !(await selections.replace(snippets))) {
		app.ui.warn(
			'The document changed while its text was encrypted, or it is read-only. Nothing was replaced; try again.',
		);
		return;
	}
	app.ui.announce(snippets.length === 1 ? 'Encrypted the selection.' : `Encrypted ${snippets.length} selections.`);
}
