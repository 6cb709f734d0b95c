import * as z from 'zod';
import type { KeyContext } from './store/keyring';
import { type Reason, Refusal } from './store/refusal';

/** The largest value that is kept, in bytes of UTF-8. */
export const MAXIMUM_VALUE_BYTES = 1024 * 1024;

const NAME_CHARACTERS = 200;
const CONTEXT_PAIRS = 10;
const CONTEXT_NAME_CHARACTERS = 120;
const CONTEXT_VALUE_CHARACTERS = 500;

/** Any text that UTF-8 can hold. */
export const text = z
	.string({ error: 'must be a string' })
	.refine((value) => value.isWellFormed(), 'must be whole Unicode characters (it holds half of a surrogate pair)');

// Not in what SQLite keeps as text: some versions of node:sqlite read it back cut off there.
export const line = text.refine((candidate) => !candidate.includes('\0'), 'must not hold a NUL character');

/** An object's value. */
export const value = text;
/** An object's name. */
export const name = line.refine(
	(candidate) => candidate.length > 0 && charactersOf(candidate) <= NAME_CHARACTERS,
	`must have 1 to ${NAME_CHARACTERS} characters`,
);

// Not z.record: it drops a pair named __proto__, and an object would silently get another key context.
/** A key context. */
export const keyContext = z.unknown().transform((raw, check): KeyContext => {
	const problem = contextProblem(raw);
	if (problem === undefined) return raw as KeyContext;
	check.issues.push({ code: 'custom', input: raw, message: problem });
	return z.NEVER;
});

/** What a schema of a whole body says of what is none. */
export const body = { error: 'must be a JSON object' };

/** An organization's name. */
export const organizationName = line.refine((candidate) => candidate.trim().length > 0, 'must not be empty');
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

/** How many characters (code points) a text has. */
export function charactersOf(candidate: string): number {
	return [...candidate].length;
}
