import type { KeyContext } from './model';

// https://workos.com/docs/vault/key-context
const maxPairs = 10;
const maxNameLength = 120;
const maxValueLength = 500;
// WorkOS' own Node samples use the second spelling.
const organizationNames = ['organization_id', 'organizationId'];

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
		if (name.length > maxNameLength) return 'longName';
		if (value.length > maxValueLength) return 'longValue';
	}
	return undefined;
}

/** Parses what a person types, `name=value, name=value`, into a key context that keeps the vault's rules. */
export function parseKeyContext(text: string): { context: KeyContext } | { problem: KeyContextProblem } {
	const context: Record<string, string> = {};
	for (const part of text.split(',')) {
		if (part.trim() === '') continue;
		const equals = part.indexOf('=');
		if (equals < 0) return { problem: 'notAPair' };
		const name = part.slice(0, equals).trim();
		if (Object.hasOwn(context, name)) return { problem: 'duplicateName' };
		Object.defineProperty(context, name, { value: part.slice(equals + 1).trim(), enumerable: true });
	}
	const problem = findProblem(context);
	return problem ? { problem } : { context };
}

/** One line for people: `organization_id=org_1, data_type=tokens`, in a stable order with the organization first. */
export function formatKeyContext(context: KeyContext): string {
	return sortedPairs(context)
		.map(([name, value]) => `${name}=${value}`)
		.join(', ');
}

/** True when both hold the same pairs, in any order. */
export function isSameKeyContext(a: KeyContext, b: KeyContext): boolean {
	return JSON.stringify(sortedPairs(a)) === JSON.stringify(sortedPairs(b));
}

/** The organization that a context belongs to, in either spelling. An empty id is none. */
export function organizationIdOf(context: KeyContext): string | undefined {
	const name = organizationNames.find((one) => Object.hasOwn(context, one) && context[one] !== '');
	return name === undefined ? undefined : context[name];
}

function sortedPairs(context: KeyContext): [string, string][] {
	const rank = (name: string) => (organizationNames.includes(name) ? 0 : 1);
	return Object.entries(context).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
