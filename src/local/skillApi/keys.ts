import { Hono } from 'hono';
import { type Environment, jsonOf, readText } from '../http/request';
import { checkValueSize } from '../schema';
import { CannotOpen, keyLength, open, seal } from '../store/keys/crypto';
import { Refusal } from '../store/refusal';
import type { Vault } from '../store/vault';
import { createDataKeyBody, decryptBody, decryptDataKeyBody, encryptBody, parseFields } from './bodies';

const boundTo = Buffer.from('local-vault encrypt-data');

/** The four routes of the catalogue dialect under `/vault/key`. Two of them use no key of the vault: no event tells of those. */
export function catalogueKeyRoutes({ dataKeys }: Vault): Hono<Environment> {
	const routes = new Hono<Environment>();

	routes.post('/create-data-key', async (c) => {
		// The catalogue's own example sends no body.
		const { key_context: context = {} } = parseFields(createDataKeyBody, jsonOf((await readText(c)) || '{}'));
		const { dataKey, sealed } = dataKeys.create(context);
		return c.json({ plaintext_key: base64(dataKey.key), encrypted_key: sealed });
	});

	routes.post('/decrypt-data-key', async (c) => {
		const { encrypted_key: sealed } = parseFields(decryptDataKeyBody, jsonOf(await readText(c)));
		return c.json({ plaintext_key: base64(dataKeys.open(sealed).key) });
	});

	routes.post('/encrypt-data', async (c) => {
		const { plaintext, data_key: key } = parseFields(encryptBody, jsonOf(await readText(c)));
		checkValueSize(plaintext);
		return c.json({ ciphertext: base64(seal(dataKeyIn(key), Buffer.from(plaintext), boundTo)) });
	});

	routes.post('/decrypt-data', async (c) => {
		const { ciphertext, data_key: key } = parseFields(decryptBody, jsonOf(await readText(c)));
		return c.json({ plaintext: opened(dataKeyIn(key), ciphertext) });
	});

	return routes;
}

function opened(key: Buffer, ciphertext: string): string {
	try {
		return open(key, fromBase64(ciphertext), boundTo).toString();
	} catch (error) {
		if (!(error instanceof CannotOpen)) throw error;
		throw new Refusal(
			'invalidDataKey',
			'Invalid data key: the ciphertext was encrypted under another one, or was changed since.',
		);
	}
}

function dataKeyIn(text: string): Buffer {
	try {
		const key = fromBase64(text);
		if (key.length === keyLength) return key;
	} catch (error) {
		if (!(error instanceof CannotOpen)) throw error;
	}
	throw new Refusal('invalidDataKey', `Invalid data key: it must be the base64 of ${keyLength} bytes.`);
}

/** @throws {CannotOpen} when it is none: Buffer would skip what does not belong */
function fromBase64(text: string): Buffer {
	const bytes = Buffer.from(text, 'base64');
	if (base64(bytes) !== text) throw new CannotOpen();
	return bytes;
}

function base64(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('base64');
}
