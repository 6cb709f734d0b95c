import type { VaultApi } from '../../vault/api';
import { certainCiphertextAt, certainCiphertexts } from '../../vault/ciphertext/inText/selection';
import { reencrypt } from '../../vault/ciphertext/inText/text';
import type { FoundCiphertext } from '../../vault/ciphertext/inText/search';
import { hasCode } from '../../vault/errors';
import { formatKeyContext } from '../../vault/keyContext';
import type { KeyContext } from '../../vault/model';
import { foldingOf } from '../../vault/ciphertext/inText/rewrap';
import { chosenCiphertexts, documentOf, warnOfChange, warnOfObstacle } from './decrypt';
import { askRecipient } from '../prompts/keyContext';
import type { App, Target } from '../ports';
import type { OpenDocument } from '../ports/textEditor';
import { cancelled, type Choice } from '../ports/ui';
import { sessionOf } from '../access/session';

const title = 'Re-encrypt Under…';

/** A ciphertext that the vault would not re-encrypt. */
class Refused extends Error {
	constructor(readonly ciphertext: FoundCiphertext) {
		super('refused');
	}
}

/**
 * Moves ciphertexts to another key context: those that are selected, the one around the cursor, or all of the document.
 * Only wrapped data keys are sent. The person sees the change before it is made; one undo takes it back.
 */
export async function reencryptCiphertexts(app: App, target: Target): Promise<void> {
	const { api } = sessionOf(app);
	const document = documentOf(app, target);
	if (!document) return;
	const ciphertexts = await chooseCiphertexts(app, document);
	if (!ciphertexts) return;
	const places = ciphertexts.map((one) => ({ ...one, fold: foldingOf(document.lines, one) }));
	const obstacle = await document.obstacle();
	// No plaintext is written: the folder need not be trusted.
	if (obstacle && obstacle !== 'untrusted') return warnOfObstacle(app, obstacle);
	const recipient = await askRecipient(app, title);
	if (!recipient) return;
	const { keyContext } = recipient;
	try {
		const moved = await app.ui.progress('Re-encrypting', (signal) => moveAll(api, ciphertexts, keyContext, signal));
		if (moved === cancelled) return;
		app.recentOrganizations.use(recipient.organization);
		const replaced = places.map(({ start, end, fold }, index) => ({ start, end, text: fold(moved[index] ?? '') }));
		// VS Code ticks nothing by itself where it is told to ask.
		app.ui.say('Tick what to re-encrypt, then press Apply.');
		const outcome = await document.replace(replaced, `under ${formatKeyContext(keyContext)}`);
		if (outcome === 'changed') warnOfChange(app);
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		const line = error.ciphertext.start.line + 1;
		app.ui.warn(`The ciphertext in line ${line} was changed, or belongs to another vault. Nothing was re-encrypted.`);
	}
}

/** Asks whether it is the one at the cursor or all of the document, where both can be meant. */
async function chooseCiphertexts(app: App, document: OpenDocument): Promise<readonly FoundCiphertext[] | undefined> {
	if (document.selected.length > 0) return chosenCiphertexts(document);
	const all = certainCiphertexts(document.lines);
	const here = certainCiphertextAt(document.lines, document.position);
	if (all.length === 0 || (here && all.length === 1)) return chosenCiphertexts(document);
	const label = all.length === 1 ? 'The Only Ciphertext in This File' : `All ${all.length} Ciphertexts in This File`;
	const choices: Choice<readonly FoundCiphertext[]>[] = [{ label, value: all }];
	if (here) choices.unshift({ label: 'This Ciphertext', description: `in line ${here.start.line + 1}`, value: [here] });
	return app.ui.pick(title, 'What is re-encrypted?', choices);
}

/** @throws Refused for the first that the vault won't move; the others are given up then */
async function moveAll(
	api: VaultApi,
	ciphertexts: readonly FoundCiphertext[],
	keyContext: KeyContext,
	byPerson: AbortSignal,
): Promise<readonly string[]> {
	const failed = new AbortController();
	const signal = AbortSignal.any([byPerson, failed.signal]);
	const move = async (ciphertext: FoundCiphertext) => {
		try {
			return await reencrypt(api, ciphertext.text, keyContext, { signal });
		} catch (error) {
			failed.abort();
			throw hasCode(error, 'undecryptable', 'notCiphertext') ? new Refused(ciphertext) : error;
		}
	};
	return Promise.all(ciphertexts.map(move));
}
