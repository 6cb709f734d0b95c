import type { CallOptions, VaultApi } from '../../api';
import { parseEnvelopes, rewrapped, type Envelope, type Layout } from '../envelope';
import { openEnvelope, sealEnvelope } from '../envelopeCrypto';
import { hasCode, VaultError } from '../../errors';
import type { KeyContext } from '../../model';

/** How a text is encrypted. */
export interface EncryptionOptions {
	/** `node` by default, which most SDKs read. */
	readonly layout?: Layout | undefined;
	/** Whoever decrypts has to give the same. */
	readonly associatedData?: string | undefined;
}

/** Encrypts on this machine under a fresh data key. The plaintext is not sent. */
export async function encrypt(
	api: VaultApi,
	plaintext: string,
	keyContext: KeyContext,
	{ layout = 'node', associatedData }: EncryptionOptions = {},
	options?: CallOptions,
): Promise<string> {
	return sealEnvelope(plaintext, await api.createDataKey(keyContext, options), layout, associatedData);
}

/**
 * Decrypts on this machine; only the wrapped data key is sent. A ciphertext that can be read in several layouts is tried
 * in each.
 * @throws VaultError `notCiphertext`; `undecryptable` when it was changed, is another vault's, or was made with other
 * associated data
 */
export function decrypt(
	api: VaultApi,
	text: string,
	{ associatedData }: Pick<EncryptionOptions, 'associatedData'> = {},
	options?: CallOptions,
): Promise<string> {
	return firstReading(text, async (envelope) => {
		const { dataKey } = await api.decryptDataKey(envelope.encryptedKeys, options);
		return openEnvelope(envelope, dataKey, associatedData);
	});
}

/**
 * The same ciphertext under another key context. Neither plaintext nor encrypted bytes are sent, and associated data stays
 * what it was.
 * @throws VaultError as `decrypt` does, but what was changed in the encrypted bytes is not noticed
 */
export function reencrypt(api: VaultApi, text: string, keyContext: KeyContext, options?: CallOptions): Promise<string> {
	return firstReading(text, async (envelope) => {
		const { encryptedKeys } = await api.rekeyDataKey(envelope.encryptedKeys, keyContext, options);
		return rewrapped(envelope, encryptedKeys);
	});
}

/** What `use` makes of the first reading that is not the wrong one. */
async function firstReading(text: string, use: (envelope: Envelope) => Promise<string>): Promise<string> {
	let failure = new VaultError('notCiphertext');
	for (const envelope of parseEnvelopes(text)) {
		try {
			return await use(envelope);
		} catch (error) {
			if (!hasCode(error, 'rejected', 'notFound', 'undecryptable')) throw error;
			failure = new VaultError('undecryptable', error.details);
		}
	}
	throw failure;
}
