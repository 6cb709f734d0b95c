import { encrypt } from '../../vault/ciphertext/inText/text';
import { describeCiphertext } from '../../vault/ciphertext/envelope';
import { askKeyContext, askOrganization } from '../prompts/keyContext';
import type { App } from '../ports';
import { sessionOf } from '../access/session';
import { canFill, fill } from '../textEditor/templates';
import { askMeanings, placeOf, tellNoPlace } from '../textEditor/meanings';

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
		void app.ui.say('Select the text to encrypt first.');
		return;
	}
	if (selections.texts.some((text) => describeCiphertext(text)?.dataKeyId !== undefined)) {
		void app.ui.warn('The selection is a ciphertext already. Nothing was changed.');
		return;
	}
	const template = app.templates.encrypt(selections.languageId);
	const places = selections.texts.map((_, index) => placeOf(selections, index));
	if (!places.every((place) => canFill(template, 'ciphertext', place))) {
		return tellNoPlace(app, 'Select a whole text between quotes');
	}
	const texts = await askMeanings(app, title, selections);
	if (!texts) return;
	const chosen = await askOrganization(app, title, app.recentOrganizations.ids);
	if (!chosen) return;
	const keyContext = await askKeyContext(app, title, chosen.organization);
	if (!keyContext) return;
	const associatedData = await ask();
	if (associatedData === undefined) return;
	const how = { layout: app.templates.layout(), associatedData };
	const ciphertexts = await app.ui.progress('Encrypting', (signal) =>
		Promise.all(texts.map((text) => encrypt(api, text, keyContext, how, { signal }))),
	);
	if (!ciphertexts) return;
	if (chosen.organization) app.recentOrganizations.use(chosen.organization.id);
	const snippets = places.flatMap(
		(place, index) => fill(template, 'ciphertext', ciphertexts[index] ?? '', place) ?? [],
	);
	if (snippets.length < ciphertexts.length || !(await selections.replace(snippets))) {
		void app.ui.warn(
			'The document changed while its text was encrypted, or it is read-only. Nothing was replaced; try again.',
		);
		return;
	}
	app.ui.announce(snippets.length === 1 ? 'Encrypted the selection.' : `Encrypted ${snippets.length} selections.`);
}
