/** What in a name looks like a value, and how the two may be told apart. */
export interface Suspect {
	readonly split: { readonly name: string; readonly value: string } | undefined;
}

/** An assignment as environment files have them, with a value behind it. */
const assignment = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(\S.*)$/s;
/** An address with a password in it. */
const credentials = /^[a-z][a-z\d+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;
/** How well-known tokens begin (their makers' documentation). */
const tokens =
	/^(?:(?:sk|rk|whsec)_\w|gh[pousr]_\w{20}|github_pat_|glpat-|xox[abprs]-|AKIA[A-Z\d]{12}|eyJ[\w-]+\.[\w-]+\.|npm_\w{20}|-----BEGIN )/;
/** So long, and without a word in it, nobody types a name. */
const leastRandom = 28;

/** What looks like a value in the name of a new object; undefined for nothing. */
export function suspectIn(name: string): Suspect | undefined {
	const [, left, right] = assignment.exec(name) ?? [];
	if (left !== undefined && right !== undefined) return { split: { name: left, value: unquoted(right) } };
	return credentials.test(name) || tokens.test(name) || isRandom(name) ? { split: undefined } : undefined;
}

function unquoted(text: string): string {
	return /^(["'`])([^]*)\1$/.exec(text)?.[2] ?? text;
}

/** Base64 and its kin: letters of both cases and digits, mixed, without the separators of names. */
function isRandom(text: string): boolean {
	if (!/^[A-Za-z\d+/_-]+={0,2}$/.test(text)) return false;
	const longest = Math.max(...text.split(/[-_/]/).map(({ length }) => length));
	const hasAll = /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
	const isHex = /^[\da-f]{32,}$/i.test(text) && /[a-f]/i.test(text) && /\d/.test(text);
	return isHex || (hasAll && longest >= leastRandom && (text.match(/\d/g)?.length ?? 0) >= 3);
}
