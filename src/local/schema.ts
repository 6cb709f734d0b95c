import * as z from 'zod';
import type { KeyContext } from './store/keys/keyContext';
import { type Reason, Refusal } from './store/refusal';

/** The largest value that is kept, in bytes of UTF-8. */
const maxValueBytes = 1024 * 1024;

const maxNameLength = 200;
const maxOrganizationNameLength = 500;
const maxPairs = 10;
const maxPairNameLength = 120;
const maxPairValueLength = 500;
/** How many wrong fields one sentence names. */
const mostProblemsNamed = 5;

/** Any text that UTF-8 can hold. */
export const text = z
	.string({ error: 'must be a string' })
	.refine((value) => value.isWellFormed(), 'must be whole Unicode characters (it holds half of a surrogate pair)');

/** Text without NUL: some versions of node:sqlite read it back cut off there. */
const line = text.refine((candidate) => !candidate.includes('\0'), 'must not hold a NUL character');

/** An object's value. */
export const value = text;
/** An object's name. */
export const name = line.refine(
	(candidate) => candidate.length > 0 && hasAtMost(maxNameLength, candidate),
	`must have 1 to ${maxNameLength} characters`,
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
					.slice(0, mostProblemsNamed)
					.map((key) => `"${key.slice(0, maxPairNameLength)}"`)
					.join(', ')}`
			: body.error,
};

/** An organization's name. */
export const organizationName = line
	.refine((candidate) => candidate.trim().length > 0, 'must not be empty')
	.refine(
		(candidate) => hasAtMost(maxOrganizationNameLength, candidate),
		`must have at most ${maxOrganizationNameLength} characters`,
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
	if (Buffer.byteLength(candidate) > maxValueBytes) {
		throw new Refusal('tooLarge', `The value has more than ${maxValueBytes} bytes of UTF-8.`);
	}
}

function sentenceOf(error: z.ZodError, whole: string): string {
	const parts = error.issues.slice(0, mostProblemsNamed).map(({ path, message }) => {
		// Part of it can be a name that was sent, of any length.
		const field = path.map(String).join('.').slice(0, maxPairNameLength);
		return `${field === '' ? whole : `"${field}"`} ${message}`;
	});
	return `${parts.join('; ')}.`;
}

function contextProblem(raw: unknown): string | undefined {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return 'must be a JSON object of strings';
	const pairs = Object.entries(raw);
	if (pairs.length > maxPairs) return `must have at most ${maxPairs} pairs`;
	for (const [key, entry] of pairs) {
		if (key === '' || !hasAtMost(maxPairNameLength, key)) {
			return `must have names of 1 to ${maxPairNameLength} characters`;
		}
		if (typeof entry !== 'string') return 'must have strings as values';
		if (!hasAtMost(maxPairValueLength, entry)) {
			return `must have values of at most ${maxPairValueLength} characters`;
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
