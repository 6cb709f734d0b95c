import * as z from 'zod';
import type { KeyContext } from './store/keys/keyContext';
import { type Reason, Refusal } from './store/refusal';

/** The largest value that is kept, in bytes of UTF-8. */
export const MAXIMUM_VALUE_BYTES = 1024 * 1024;

const NAME_CHARACTERS = 200;
const ORGANIZATION_NAME_CHARACTERS = 500;
const CONTEXT_PAIRS = 10;
const CONTEXT_NAME_CHARACTERS = 120;
const CONTEXT_VALUE_CHARACTERS = 500;
/** How many wrong fields one sentence names. */
const TOLD_PROBLEMS = 5;

/** Any text that UTF-8 can hold. */
export const text = z
	.string({ error: 'must be a string' })
	.refine((value) => value.isWellFormed(), 'must be whole Unicode characters (it holds half of a surrogate pair)');

/** Text without NUL: some versions of node:sqlite read it back cut off there. */
export const line = text.refine((candidate) => !candidate.includes('\0'), 'must not hold a NUL character');

/** An object's value. */
export const value = text;
/** An object's name. */
export const name = line.refine(
	(candidate) => candidate.length > 0 && hasAtMost(NAME_CHARACTERS, candidate),
	`must have 1 to ${NAME_CHARACTERS} characters`,
);

/** A key context. Not a z.record: that drops a pair named __proto__, and an object would get another key context. */
export const keyContext = z.unknown().transform((raw, check): KeyContext => {
	const problem = contextProblem(raw);
	if (problem === undefined) return raw as KeyContext;
	check.issues.push({ code: 'custom', input: raw, message: problem });
	return z.NEVER;
});

/** What a schema of a whole body says of what is none. */
export const body = { error: 'must be a JSON object' };

/** What a strict one says, of what it does not know too. */
export const strictBody: z.core.$ZodObjectParams = {
	error: (issue) =>
		issue.code === 'unrecognized_keys'
			? `must not hold ${issue.keys
					.slice(0, TOLD_PROBLEMS)
					.map((key) => `"${key.slice(0, CONTEXT_NAME_CHARACTERS)}"`)
					.join(', ')}`
			: body.error,
};

/** An organization's name. */
export const organizationName = line
	.refine((candidate) => candidate.trim().length > 0, 'must not be empty')
	.refine(
		(candidate) => hasAtMost(ORGANIZATION_NAME_CHARACTERS, candidate),
		`must have at most ${ORGANIZATION_NAME_CHARACTERS} characters`,
	);

/** An organization's id, where one is given. */
export const organizationId = line.regex(/^\S{1,100}$/, 'must have 1 to 100 characters and no spaces');

const entries = z.array(z.unknown(), { error: 'must be a list' }).default([]);

/** The file of a seed, and what its lists hold. */
export const seedFile = z.strictObject({ organizations: entries, objects: entries }, strictBody);
export const seedOrganization = z.strictObject({ id: organizationId.optional(), name: organizationName }, strictBody);
export const seedObject = z.strictObject({ name, value, context: keyContext }, strictBody);

/**
 * What came in, as its schema says.
 * @param whole what a sentence calls all of it
 * @throws {Refusal} `reason`, with one sentence that names the wrong fields
 */
export function parse<T>(schema: z.ZodType<T>, raw: unknown, reason: Reason, whole = 'The body'): T {
	const result = schema.safeParse(raw);
	if (!result.success) throw new Refusal(reason, sentenceOf(result.error, whole));
	return result.data;
}

/** @throws {Refusal} `tooLarge` */
export function checkValueSize(candidate: string): void {
	if (Buffer.byteLength(candidate) > MAXIMUM_VALUE_BYTES) {
		throw new Refusal('tooLarge', `The value has more than ${MAXIMUM_VALUE_BYTES} bytes of UTF-8.`);
	}
}

function sentenceOf(error: z.ZodError, whole: string): string {
	const parts = error.issues.slice(0, TOLD_PROBLEMS).map(({ path, message }) => {
		// Part of it can be a name that was sent, of any length.
		const field = path.map(String).join('.').slice(0, CONTEXT_NAME_CHARACTERS);
		return `${field === '' ? whole : `"${field}"`} ${message}`;
	});
	return `${parts.join('; ')}.`;
}

function contextProblem(raw: unknown): string | undefined {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return 'must be a JSON object of strings';
	const pairs = Object.entries(raw);
	if (pairs.length > CONTEXT_PAIRS) return `must have at most ${CONTEXT_PAIRS} pairs`;
	for (const [key, entry] of pairs) {
		if (key === '' || !hasAtMost(CONTEXT_NAME_CHARACTERS, key)) {
			return `must have names of 1 to ${CONTEXT_NAME_CHARACTERS} characters`;
		}
		if (typeof entry !== 'string') return 'must have strings as values';
		if (!hasAtMost(CONTEXT_VALUE_CHARACTERS, entry)) {
			return `must have values of at most ${CONTEXT_VALUE_CHARACTERS} characters`;
		}
		if (!key.isWellFormed() || !entry.isWellFormed()) {
			return 'must be whole Unicode characters (it holds half of a surrogate pair)';
		}
	}
	return undefined;
}

/** Whether a text has at most so many characters (code points). */
export function hasAtMost(characters: number, candidate: string): boolean {
	// A code point is one or two units; what is far too long is not taken apart to be counted.
	return candidate.length <= characters * 2 && [...candidate].length <= characters;
}
