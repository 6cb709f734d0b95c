import { sealed } from '../../support/envelopes';
import type { TestVault } from './product';

/** A ciphertext as an application makes it under an organization's key context, and the id of its data key. */
export async function ciphertextIn(
	vault: TestVault,
	plaintext: string,
	organization: { readonly id: string },
	associatedData?: string,
): Promise<{ ciphertext: string; dataKeyId: string }> {
	type Answer = { id: string; data_key: string; encrypted_keys: string };
	const context = { organization_id: organization.id };
	const {
		id,
		data_key: key,
		encrypted_keys: keys,
	} = await vault.call<Answer>('POST', '/vault/v1/keys/data-key', { context });
	const blob = Buffer.from(keys, 'base64');
	const ciphertext = sealed(plaintext, { blob, key, ...(associatedData !== undefined && { associatedData }) });
	return { ciphertext, dataKeyId: id };
}

/** A text in lines of 64 characters, each indented. */
export function fold(text: string, indent: string): string {
	return (text.match(/.{1,64}/g) ?? []).map((line) => indent + line).join('\n');
}
