import { maxPairNameLength, maxPairs, maxPairValueLength } from './limits';
import type { KeyContext } from './model';

/** The name that customer-managed keys match on: its value is an organization's id, whatever it looks like. */
const organizationName = 'organization_id';
// WorkOS' own Node samples use the first of these; some applications keep ids of their users under one of them.
const otherSpellings = ['organizationId', 'organization', 'organisation_id', 'organisationId', 'organisation'];
const organizationNames = [organizationName, ...otherSpellings];
const organizationId = /^org_\w+$/;

/** What is wrong with a key context, or with one pair of it. */
export type KeyContextProblem =
	'empty' | 'tooManyPairs' | 'emptyName' | 'longName' | 'longValue' | 'duplicateName' | 'notAPair';

/** The first rule of the vault that `context` breaks, or undefined. */
export function findProblem(context: KeyContext): KeyContextProblem | undefined {
	const pairs = Object.entries(context);
	if (pairs.length === 0) return 'empty';
	if (pairs.length > maxPairs) return 'tooManyPairs';
	for (const [name, value] of pairs) {
		if (name.length === 0) return 'emptyName';
		if (name.length > maxPairNameLength) return 'longName';
		if (value.length > maxPairValueLength) return 'longValue';
	}
	return undefined;
}

/** A name or a value in quotes, with what it has before and behind it. */
const quoted = /^\s*"((?:[^"\\]|\\[^])*)"\s*$/;
/** What stands between two commas: a part in quotes may hold some. */
const part = /(?:"(?:[^"\\]|\\[^])*"|[^,"]|"(?=[^"]*$))+/g;

/**
 * Parses what a person types, `name=value, name="a, b"`, into a key context that keeps the vault's rules. In double quotes,
 * commas and blanks at the ends are a part of it, and a backslash goes before a quote or a backslash.
 */
export function parseKeyContext(text: string): { context: KeyContext } | { problem: KeyContextProblem } {
	const context: Record<string, string> = {};
	for (const [pair] of text.matchAll(part)) {
		if (pair.trim() === '') continue;
		const [, left, right] = /^(\s*"(?:[^"\\]|\\[^])*"\s*|[^=]*)=([^]*)$/.exec(pair) ?? [];
		if (left === undefined || right === undefined) return { problem: 'notAPair' };
		const name = unquoted(left);
		if (Object.hasOwn(context, name)) return { problem: 'duplicateName' };
		Object.defineProperty(context, name, { value: unquoted(right), enumerable: true });
	}
	const problem = findProblem(context);
	return problem ? { problem } : { context };
}

/** One line for people: `organization_id=org_1, data_type=tokens`, in a stable order with the organization first; read back, it is the same. */
export function formatKeyContext(context: KeyContext): string {
	return sortedPairs(context)
		.map(([name, value]) => `${inQuotes(name, /[=,"]/)}=${inQuotes(value, /[,"]/)}`)
		.join(', ');
}

/** True when both hold the same pairs, in any order. */
export function isSameKeyContext(a: KeyContext, b: KeyContext): boolean {
	return JSON.stringify(sortedPairs(a)) === JSON.stringify(sortedPairs(b));
}

/** The organization that a context belongs to, in any spelling of its name. An empty id is none. */
export function organizationIdOf(context: KeyContext): string | undefined {
	const name = organizationNameIn(context);
	return name === undefined ? undefined : context[name];
}

/** The name that a context has in the place of `organization_id`; undefined where it has that, or no organization. */
export function otherSpelling(context: KeyContext): string | undefined {
	const name = organizationNameIn(context);
	return name === organizationName ? undefined : name;
}

/** True for `organization_id` and its other spellings. */
export function isOrganizationName(name: string): boolean {
	return organizationNames.includes(name);
}

/** True for what looks like the id of an organization. */
export function isOrganizationId(value: string): boolean {
	return organizationId.test(value);
}

/** Whether a pair says which organization a context belongs to, or that it belongs to none: it says nothing else. */
export function isOfOrganization(name: string, context: KeyContext): boolean {
	if (name === organizationName) return true;
	return otherSpellings.includes(name) && context[name] === organizationIdOf(context);
}

function organizationNameIn(context: KeyContext): string | undefined {
	if (Object.hasOwn(context, organizationName) && context[organizationName] !== '') return organizationName;
	return otherSpellings.find((name) => Object.hasOwn(context, name) && isOrganizationId(context[name] ?? ''));
}

function unquoted(text: string): string {
	const [, inner] = quoted.exec(text) ?? [];
	return inner === undefined ? text.trim() : inner.replaceAll(/\\(["\\])/g, '$1');
}

/** A name or a value as it is typed: in quotes where it would be read as something else without. */
function inQuotes(text: string, special: RegExp): string {
	if (!special.test(text) && text === text.trim()) return text;
	return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

function sortedPairs(context: KeyContext): [string, string][] {
	const rank = (name: string) => (isOrganizationName(name) ? 0 : 1);
	return Object.entries(context).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
