import { Hono } from 'hono';
import { type Environment, readJson } from '../http/request';
import { parse } from '../schema';
import type { SealedDataKey } from '../store/keys/dataKeys';
import type { KeyContext } from '../store/keys/keyContext';
import type { Vault } from '../store/vault';
import { dataKeyBody, decryptBody, rekeyBody } from './bodies';

/** The three routes of the live dialect under `/vault/v1/keys`. */
export function keyRoutes(vault: Vault): Hono<Environment> {
	const { dataKeys } = vault;
	const pair = ({ dataKey, sealed }: SealedDataKey, context: KeyContext) => ({
		id: dataKey.id,
		context,
		data_key: Buffer.from(dataKey.key).toString('base64'),
		encrypted_keys: sealed,
	});

	const routes = new Hono<Environment>();

	routes.post('/data-key', async (c) => {
		const { context } = parse(dataKeyBody, await readJson(c), 'invalid');
		return c.json(pair(dataKeys.create(context), context));
	});

	routes.post('/decrypt', async (c) => {
		const { id, key } = dataKeys.open(parse(decryptBody, await readJson(c), 'malformed').keys);
		return c.json({ id, data_key: Buffer.from(key).toString('base64') });
	});

	routes.post('/rekey', async (c) => {
		const { context, encrypted_keys: blob } = parse(rekeyBody, await readJson(c), 'invalid');
		return c.json(pair(dataKeys.rekey(blob, context), context));
	});

	return routes;
}
