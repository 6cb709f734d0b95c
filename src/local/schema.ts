import * as z from 'zod';
import type { KeyContext } from './keyring';
import { type Reason, Refusal } from './refusal';

/** The largest value that is kept, in bytes of UTF-8. */
export const MAXIMUM_VALUE_BYTES = 1024 * 1024;

const NAME_CHARACTERS = 200;
const CONTEXT_PAIRS = 10;
const CONTEXT_NAME_CHARACTERS = 120;
const CONTEXT_VALUE_CHARACTERS = 500;

const text = z
	.string({ error: 'must be a string' })
	.refine((value) => value.isWellFormed(), 'must be whole Unicode characters (it holds half of a surrogate pair)');

// Not in what SQLite keeps as text: some versions of node:sqlite read it back cut off there.
const line = text.refine((candidate) => !candidate.includes('\0'), 'must not hold a NUL character');

const value = text;
const name = line.refine(
	(candidate) => candidate.length > 0 && charactersOf(candidate) <= NAME_CHARACTERS,
	`must have 1 to ${NAME_CHARACTERS} characters`,
);

// Not z.record: it drops a pair named __proto__, and an object would silently get another key context.
const keyContext = z.unknown().transform((raw, check): KeyContext => {
	const problem = contextProblem(raw);
	if (problem === undefined) return raw as KeyContext;
	check.issues.push({ code: 'custom', input: raw, message: problem });
	return z.NEVER;
});

const body = { error: 'must be a JSON object' };

/** Body of a create. */
export const createBody = z.object({ name, value, key_context: keyContext }, body);

/** Body of an update. */
export const updateBody = z.object({ value, version_check: text.nullish() }, body);

/** Body of a data key's creation. */
export const dataKeyBody = z.object({ context: keyContext }, body);

/** Body of a data key's decryption. */
export const decryptBody = z.object({ keys: text }, body);

/** Body of a data key's re-encryption under another context. */
export const rekeyBody = z.object({ context: keyContext, encrypted_keys: text }, body);

const organizationName = line.refine((candidate) => candidate.trim().length > 0, 'must not be empty');
const domain = text.refine((candidate) => /^[^\s\0/@]+\.[^\s\0/@.]+$/.test(candidate), 'must be a domain');

/** Body of an organization's creation. */
export const organizationBody = z.object(
	{
		name: organizationName,
		allow_profiles_outside_organization: z.boolean({ error: 'must be true or false' }).optional(),
		domains: z.array(domain, { error: 'must be a list' }).optional(),
		domain_data: z
			.array(
				z.object({ domain, state: z.enum(['pending', 'verified'], { error: 'must be pending or verified' }) }, body),
				{ error: 'must be a list' },
			)
			.optional(),
		metadata: z
			.record(
				text.refine((key) => charactersOf(key) <= 40, 'must have at most 40 characters'),
				text.refine((entry) => charactersOf(entry) <= 600, 'must have at most 600 characters'),
				{ error: 'must be an object of strings with names of at most 40 characters' },
			)
			.refine((entries) => Object.keys(entries).length <= 50, 'must have at most 50 pairs')
			.nullish(),
		external_id: text
			.refine((id) => /^[ -~]{1,128}$/.test(id), 'must have 1 to 128 printable ASCII characters')
			.nullish(),
	},
	body,
);

/** The file of a seed. */
export const seedFile = z.object(
	{
		organizations: z
			.array(z.object({ id: text.optional(), name: organizationName }, body), { error: 'must be a list' })
			.default([]),
		objects: z.array(z.object({ name, value, context: keyContext }, body), { error: 'must be a list' }).default([]),
	},
	body,
);

/**
 * What came in, as its schema says.
 * @throws {Refusal} `reason`, with one sentence that names every wrong field
 */
export function parse<T>(schema: z.ZodType<T>, raw: unknown, reason: Reason): T {
	const result = schema.safeParse(raw);
	if (!result.success) throw new Refusal(reason, sentenceOf(result.error));
	return result.data;
}

/** @throws {Refusal} `tooLarge` */
export function checkValueSize(candidate: string): void {
	if (Buffer.byteLength(candidate) > MAXIMUM_VALUE_BYTES) {
		throw new Refusal('tooLarge', `The value has more than ${MAXIMUM_VALUE_BYTES} bytes of UTF-8.`);
	}
}

function sentenceOf(error: z.ZodError): string {
	const parts = error.issues.map(({ path, message }) => {
		return `${path.length > 0 ? `"${path.map(String).join('.')}"` : 'The body'} ${message}`;
	});
	return `${parts.join('; ')}.`;
}

function contextProblem(raw: unknown): string | undefined {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return 'must be a JSON object of strings';
	const pairs = Object.entries(raw);
	if (pairs.length > CONTEXT_PAIRS) return `must have at most ${CONTEXT_PAIRS} pairs`;
	for (const [key, entry] of pairs) {
		if (key === '' || charactersOf(key) > CONTEXT_NAME_CHARACTERS) {
			return `must have names of 1 to ${CONTEXT_NAME_CHARACTERS} characters`;
		}
		if (typeof entry !== 'string') return 'must have strings as values';
		if (charactersOf(entry) > CONTEXT_VALUE_CHARACTERS) {
			return `must have values of at most ${CONTEXT_VALUE_CHARACTERS} characters`;
		}
		if (!key.isWellFormed() || !entry.isWellFormed()) {
			return 'must be whole Unicode characters (it holds half of a surrogate pair)';
		}
	}
	return undefined;
}

function charactersOf(candidate: string): number {
	return [...candidate].length;
}
