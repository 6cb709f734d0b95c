import { Hono } from 'hono';
import { CannotOpen } from '../store/crypto';
import { type Environment, readJson } from '../http/request';
import type { DataKey, KeyContext } from '../store/keyring';
import { Refusal } from '../store/refusal';
import { parse } from '../schema';
import { dataKeyBody, decryptBody, rekeyBody } from './bodies';
import type { Vault } from '../store/vault';

/** The three routes of the live dialect under `/vault/v1/keys`. */
export function keyRoutes(vault: Vault): Hono<Environment> {
	const { keyring } = vault;
	const pair = (dataKey: DataKey, context: KeyContext) => ({
		id: dataKey.id,
		context,
		data_key: Buffer.from(dataKey.key).toString('base64'),
		encrypted_keys: keyring.sealDataKey(dataKey, context).toString('base64'),
	});
	const opened = (text: string): DataKey => {
		const blob = Buffer.from(text, 'base64');
		try {
			// Buffer skips what is no base64, and a blob that was changed has to be refused.
			if (blob.toString('base64') !== text) throw new CannotOpen();
			return keyring.openDataKey(blob);
		} catch (error) {
			if (!(error instanceof CannotOpen)) throw error;
			throw new Refusal('malformed', 'The encrypted data key was changed, or is not one of this vault.');
		}
	};

	const routes = new Hono<Environment>();

	routes.post('/data-key', async (c) => {
		const { context } = parse(dataKeyBody, await readJson(c), 'invalid');
		return c.json(pair(keyring.newDataKey(), context));
	});

	routes.post('/decrypt', async (c) => {
		const { id, key } = opened(parse(decryptBody, await readJson(c), 'malformed').keys);
		return c.json({ id, data_key: Buffer.from(key).toString('base64') });
	});

	routes.post('/rekey', async (c) => {
		const { context, encrypted_keys: blob } = parse(rekeyBody, await readJson(c), 'invalid');
		return c.json(pair(opened(blob), context));
	});

	return routes;
}
