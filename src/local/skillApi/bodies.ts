import * as z from 'zod';
import { keyContext, name, parse, text } from '../schema';
import type { KeyContext } from '../store/keys/keyContext';
import { Refusal } from '../store/refusal';

const context = keyContext.optional();
const data = z.unknown().refine(isJsonObject, 'must be a JSON object');
const wholeNumber = 'must be a whole number of at least 1';
const version = z.int(wholeNumber).min(1, wholeNumber).optional();

/** Body of an object's creation. What is kept of `data` is its text, not what was parsed from it. */
export const createBody = z.object({ name, data, key_context: context });

/** Body of an update. */
export const updateBody = z.object({ id: text, data, key_context: context, version });

/** Body of a deletion. */
export const deleteBody = z.object({ id: text, key_context: context, version });

/** Body of a data key's creation. */
export const createDataKeyBody = z.object({ key_context: context });

/** Body of a data key's decryption. */
export const decryptDataKeyBody = z.object({ encrypted_key: text });

/** Body of an encryption. */
export const encryptBody = z.object({ plaintext: text, data_key: text });

/** Body of a decryption. */
export const decryptBody = z.object({ ciphertext: text, data_key: text });

/**
 * The fields of a body.
 * @throws {Refusal} `malformed` when it is no JSON object or lacks a required field, `invalid` when a field is wrong
 */
export function parseFields<Shape extends z.ZodRawShape>(
	schema: z.ZodObject<Shape>,
	raw: unknown,
): z.output<z.ZodObject<Shape>> {
	if (!isJsonObject(raw)) throw new Refusal('malformed', 'The body must be a JSON object.');
	const missing = Object.entries<z.core.$ZodType>(schema.shape)
		.filter(([field, type]) => !Object.hasOwn(raw, field) && !z.safeParse(type, undefined).success)
		.map(([field]) => `"${field}"`);
	if (missing.length > 0) throw new Refusal('malformed', `Missing required field: ${missing.join(', ')}.`);
	return parse(schema, raw, 'invalid');
}

/** The key context in a query parameter: JSON text. @throws {Refusal} `malformed` */
export function parseContext(parameter: string): KeyContext {
	let raw: unknown;
	try {
		raw = JSON.parse(parameter);
	} catch {
		throw new Refusal('malformed', '"key_context" must be the text of a JSON object.');
	}
	return parse(z.object({ key_context: keyContext }), { key_context: raw }, 'malformed').key_context;
}

/** Whether a parsed JSON value is an object: no list, no null. */
export function isJsonObject(raw: unknown): raw is object {
	return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
