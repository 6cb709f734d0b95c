import type { VaultApi } from '../../vault/api';
import { ciphertextsIn, type TextRange } from '../../vault/ciphertext/inText/selection';
import { decrypt } from '../../vault/ciphertext/inText/text';
import { ciphertextAt, type FoundCiphertext } from '../../vault/ciphertext/inText/search';
import { parseEnvelope } from '../../vault/ciphertext/envelope';
import { hasCode, VaultError } from '../../vault/errors';
import { findKeyContext } from '../../vault/ciphertext/keyIds';
import { formatKeyContext } from '../../vault/keyContext';
import { pause } from '../../vault/pause';
import type { App, Session, Target } from '../ports';
import type { Again } from '../ports/documents';
import type { Obstacle, OpenDocument } from '../ports/textEditor';
import { cancelled } from '../ports/ui';
import { ensureShowable } from '../access/privacy';
import { againOf } from '../objects/reveal';
import { sessionOf, showableSession } from '../access/session';
import { findAgain, knownBy } from './ciphertextAgain';
import { writtenAt } from '../textEditor/places';

const obstacles: Record<Obstacle, string> = {
	readOnly: 'This document is read-only. Nothing was changed.',
	vaultValue: 'This document shows a value of the vault. Nothing was changed.',
	untrusted:
		'You don’t trust the folder that is open, so no plaintext is written into a document. “Decrypt” shows it beside.',
};

/** Says why a document can't be changed. */
export function warnOfObstacle({ ui }: App, obstacle: Obstacle): void {
	ui.warn(obstacles[obstacle]);
}

/** Says that a document changed while the vault was asked. */
export function warnOfChange({ ui }: App): void {
	ui.warn('The document changed in the meantime. Nothing was replaced; try again.');
}

/** The document that a command is about. Says so where there is none. */
export function documentOf({ textEditor, ui }: App, { position }: Target): OpenDocument | undefined {
	const document = textEditor.document(position);
	if (!document) ui.say('Open a document and put the cursor into a ciphertext first.');
	return document;
}

/**
 * The ciphertexts of a document's selections, or the one around the cursor.
 * @throws VaultError `notCiphertext` where there is none, or a selection has none
 */
export function chosenCiphertexts({
	lines,
	selected,
	position,
}: OpenDocument): readonly [FoundCiphertext, ...FoundCiphertext[]] {
	const around = selected.length > 0 ? undefined : ciphertextAt(lines, position.line, position.offset);
	const each = selected.map((range) => ciphertextsIn(lines, range));
	const [first, ...others] = around ? [around] : each.flat();
	if (!first || each.some((found) => found.length === 0)) throw new VaultError('notCiphertext');
	return [first, ...others];
}

/** Shows what the selected ciphertexts, or the one around the cursor, hold. The document is not changed. */
export async function decryptSelection(app: App, target: Target): Promise<void> {
	const session = showableSession(app);
	const document = documentOf(app, target);
	if (!document) return;
	const ciphertexts = chosenCiphertexts(document);
	const values = await decryptAll(app, session.api, ciphertexts);
	for (const [index, ciphertext] of ciphertexts.entries()) {
		const value = values?.[index];
		if (value === undefined) continue;
		const title = ciphertexts.length === 1 ? 'Decrypted text' : `Decrypted text ${index + 1}`;
		const again = await decryptingAgain(app, session, title, document, ciphertext);
		await app.documents.reveal({ title, value, source: 'ciphertext', again });
	}
}

/** A way to decrypt a ciphertext once more, which keeps neither that nor its plaintext. */
async function decryptingAgain(
	app: App,
	session: Session,
	title: string,
	{ uri }: OpenDocument,
	ciphertext: FoundCiphertext,
): Promise<Again> {
	const known = await knownBy(ciphertext);
	const id = `ciphertext/${known.fingerprint}`;
	const again = againOf(app, session, id, async ({ api }) => {
		const document = app.textEditor.document({ uri, ...known.start });
		const found = document && (await findAgain(document, known));
		if (!found) {
			app.ui.warn(
				'The ciphertext does not stand where it stood, or its document is closed. Select it, or put the cursor into it, and choose “Decrypt”.',
			);
			return;
		}
		const [value] = (await decryptAll(app, api, [found])) ?? [];
		if (value !== undefined) await app.documents.reveal({ title, value, source: 'ciphertext', again });
	});
	return again;
}

/** Replaces the selected ciphertexts, or the one around the cursor, by what they hold, after a question. */
export async function decryptInPlace(app: App, target: Target): Promise<void> {
	const { api } = showableSession(app);
	const document = documentOf(app, target);
	if (!document) return;
	const ciphertexts = chosenCiphertexts(document);
	const obstacle = await document.obstacle();
	if (obstacle) return warnOfObstacle(app, obstacle);
	const isSure = await app.ui.confirm(
		ciphertexts.length === 1
			? 'Replace this ciphertext by its plaintext?'
			: `Replace ${ciphertexts.length} ciphertexts by their plaintexts?`,
		'The plaintext is then in the document and its undo, in VS Code’s backups, and once you save, in the file, in VS Code’s Local History and in whatever copies the file, such as git. Other extensions can read it. “Decrypt” shows it without any of that.',
		'Decrypt in Place',
	);
	if (!isSure) return;
	const values = await decryptAll(app, api, ciphertexts);
	if (!values) return;
	ensureShowable(app);
	const replaced: (TextRange & { readonly text: string })[] = [];
	for (const [index, { start, end }] of ciphertexts.entries()) {
		const text = writtenAt(document.languageId, document.lines, { start, end }, values[index] ?? '');
		if (text !== undefined) replaced.push({ start, end, text });
		// What stands before each is looked at: many would hold everything up.
		await pause(0);
	}
	if (replaced.length < ciphertexts.length) return warnOfUnwritable(app, target, ciphertexts.length);
	if ((await document.replace(replaced)) === 'changed') warnOfChange(app);
}

/** No value is held while the message stands there: to see it, it is decrypted again. */
async function warnOfUnwritable(app: App, target: Target, count: number): Promise<void> {
	const what = count === 1 ? 'The plaintext has' : 'One of the plaintexts has';
	const pressed = await app.ui.warnAndAsk(
		`${what} characters, such as quotes or line breaks, that can’t be written safely where its ciphertext stands. Nothing was changed. “Decrypt” shows it beside.`,
		'Decrypt',
	);
	if (pressed === 'Decrypt') await decryptSelection(app, target);
}

/** Tells the key context of the ciphertext around the cursor, where the vault's events name it. */
export async function lookUpKeyContext(app: App, target: Target): Promise<void> {
	const { api } = sessionOf(app);
	const document = documentOf(app, target);
	if (!document) return;
	const envelope = parseEnvelope(chosenCiphertexts(document)[0].text);
	if (!envelope) throw new VaultError('notCiphertext');
	try {
		const keyContext = await app.ui.progress('Looking up the key context', (signal) =>
			findKeyContext(api, envelope.encryptedKeys, { signal }),
		);
		if (keyContext === cancelled) return;
		if (!keyContext) {
			app.ui.say('The vault’s last 1,000 data-key events don’t name the key context of this ciphertext.');
			return;
		}
		const pairs = formatKeyContext(keyContext);
		const sentence = pairs === '' ? 'Its key context has no pairs.' : `Its key context: ${pairs}`;
		if ((await app.ui.ask(sentence, 'Copy')) === 'Copy') await app.clipboard.copy(JSON.stringify(keyContext));
	} catch (error) {
		if (!hasCode(error, 'forbidden', 'notFound', 'rejected')) throw error;
		app.ui.warn('This API key may not read the vault’s events, which alone tell the key context of a ciphertext.');
	}
}

/** What ciphertexts hold. Asks for associated data where some need it; undefined when the person leaves. */
async function decryptAll(
	app: App,
	api: VaultApi,
	ciphertexts: readonly FoundCiphertext[],
): Promise<readonly string[] | undefined> {
	const first = await app.ui.progress('Decrypting', (signal) =>
		Promise.all(ciphertexts.map(({ text }) => decrypt(api, text, {}, { signal }).catch(undefinedIfDataIsMissing))),
	);
	if (first === cancelled) return undefined;
	if (!first.includes(undefined)) return first.map((value) => value ?? '');
	const associatedData = await app.ui.input({
		title: 'Decrypt',
		prompt: 'It was changed, belongs to another vault, or was made with associated data. Enter that, if you know it.',
		placeholder: 'The associated data',
		validate: (text) => (text === '' ? 'Enter the associated data, or press Escape.' : undefined),
	});
	if (associatedData === undefined) return undefined;
	ensureShowable(app);
	const all = await app.ui.progress('Decrypting', (signal) =>
		Promise.all(
			ciphertexts.map(async ({ text }, index) => first[index] ?? decrypt(api, text, { associatedData }, { signal })),
		),
	);
	return all === cancelled ? undefined : all;
}

/** @throws any failure that associated data can't help: also where the vault itself refused the data key */
function undefinedIfDataIsMissing(error: unknown): undefined {
	if (!hasCode(error, 'undecryptable') || error.details.status !== undefined) throw error;
	return undefined;
}
