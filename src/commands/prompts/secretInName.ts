/** What in a name looks like a value, and how the two may be told apart. */
export interface Suspect {
	readonly split: { readonly name: string; readonly value: string } | undefined;
}

/** A name in quotes, or one of words; no address, whose `:` and `?` it can't have. */
const left = String.raw`(?:export\s+)?("[^"]+"|'[^']+'|[\p{L}_][\p{L}\p{M}\d_./ -]*?)`;
/** An assignment as environment files have them, with a value behind it that is more than the end of base64. */
const assignment = new RegExp(String.raw`^${left}\s*=\s*(?!=*$)(\S.*)$`, 'su');
/** A pair as YAML, JSON and headers have them. */
const pair = new RegExp(String.raw`^${left}\s*:\s+(\S.*)$`, 'su');
const pairInQuotes = new RegExp(String.raw`^${left}\s*:\s*(["'].+)$`, 'su');
/** Left of a colon, what is followed by a value rather than by the rest of a title. */
const secretName = /^(?:["'].*["']|[A-Z][A-Z\d]*_[A-Z\d_]*)$/s;
const secretWord = /(?:password|passwd|passphrase|secret|token|key|credentials?)$/i;
/** An address with a password in it. */
const credentials = /[a-z][a-z\d+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;
/** What stands before the host where nothing tells of an address; a password that looks like a name needs more behind it. */
const userinfo =
	/(?<![^\s"'(])[\w.+-]+:(?:\S+@[a-z]\w*\(|[^\s:@/]+@[\w.-]+(?::\d|\/\w)|(?=[^\s@]*\d)(?=[^\s@]*[A-Z!#$%^&*])[^\s:@/]{8,}@\w)/;
/** An address that is a secret by itself, or has one among its parameters. */
const secretAddress =
	/hooks\.slack\.com\/(?:services|workflows|triggers)\/\w|discord(?:app)?\.com\/api\/webhooks\/\d|\/\/\S*[?&](?:sig|secret|password|(?:access_|auth_)?token|(?:api[-_]?)?key)=[^\s&]{6}/i;
/** How well-known tokens begin (their makers' documentation): so short only where nothing stands before them. */
const tokenAtStart = /^(?:(?:sk|rk|whsec)_\w|glpat-|github_pat_|xox[abeprs]-)/;
/** The same tokens with enough behind it to be one, wherever they stand. */
const tokens = new RegExp(
	String.raw`(?<![A-Za-z\d])(?:${[
		String.raw`(?:sk|rk)_(?:live|test)_[A-Za-z\d]{8}`,
		String.raw`whsec_[\w+/]{16}`,
		String.raw`sk-(?:ant|proj|svcacct)-\w`,
		String.raw`sk-[A-Za-z\d]{32}`,
		String.raw`gh[pousr]_\w{20}`,
		String.raw`github_pat_\w{20}`,
		String.raw`glpat-[\w-]{16}`,
		String.raw`xox[abeprs]-[\w-]{10}`,
		String.raw`xapp-\d-\w{6}`,
		String.raw`(?:AKIA|ASIA)[A-Z\d]{12}`,
		String.raw`AIza[\w-]{30}`,
		String.raw`ya29\.[\w-]{10}`,
		String.raw`SG\.[\w-]{16,}\.[\w-]{16}`,
		String.raw`eyJ[\w-]+\.[\w-]+\.`,
		String.raw`npm_\w{20}`,
		String.raw`hf_[A-Za-z\d]{30}`,
		String.raw`dop_v1_[\da-f]{32}`,
		String.raw`shp(?:at|ca|pa|ss)_[\da-f]{16}`,
		String.raw`AGE-SECRET-KEY-1`,
		String.raw`hv[sbr]\.[\w-]{20}`,
		String.raw`\d{6,12}:[\w-]{33}`,
		String.raw`[MNO][\w-]{22,30}\.[\w-]{6,7}\.[\w-]{27}`,
		String.raw`dckr_[po]at_[\w-]{16}`,
		String.raw`pypi-[\w-]{30}`,
		String.raw`rubygems_[\da-f]{32}`,
		String.raw`GOCSPX-[\w-]{20}`,
		String.raw`[A-Za-z\d]{6,}\.atlasv1\.[\w-]{40}`,
		String.raw`-----BEGIN `,
	].join('|')})`,
);
/** To look through a line as long as a file would take minutes. */
const longestLookedAt = 500;
/** So long, and without a word in it, nobody types a name. */
const leastRandom = 28;
/** Of a random text's characters, so many have another kind behind them: on average 64 of 100, and 35 of words in a row. */
const leastChanges = 0.42;

/** What looks like a value in the name of a new object; undefined for nothing. */
export function suspectIn(name: string): Suspect | undefined {
	const split = assigned(name) ?? paired(name);
	return split || isSecret(name) ? { split } : undefined;
}

/** What would be the value of `name` in a text that holds both, or the value alone. */
export function valueIn(text: string, name: string): string {
	const trimmed = text.trim();
	const split = suspectIn(trimmed)?.split;
	return split?.name === name ? split.value : unquoted(trimmed);
}

function assigned(text: string): Suspect['split'] {
	const [, name, value] = assignment.exec(text) ?? [];
	return name === undefined || value === undefined ? undefined : { name: unquoted(name), value: unquoted(value) };
}

/** A colon stands in many a title: what is behind it, or the name before it, has to look as if it were a secret's. */
function paired(text: string): Suspect['split'] {
	const [, name, behind] = pair.exec(text) ?? pairInQuotes.exec(text) ?? [];
	if (name === undefined || behind === undefined) return undefined;
	const value = unquoted(behind);
	const isMeant = secretName.test(name) || isSecret(value) || (secretWord.test(name) && !/\s/.test(value));
	return isMeant ? { name: unquoted(name), value } : undefined;
}

/** Whether a text has what looks like a secret in it, or is too long for a name or a remark. */
export function isSecret(text: string): boolean {
	return (
		text.length > longestLookedAt ||
		credentials.test(text) ||
		userinfo.test(text) ||
		secretAddress.test(text) ||
		tokenAtStart.test(text) ||
		tokens.test(text) ||
		text.split(/[\s"'`,;]+/).some(isRandom) ||
		text.split(/[^\w/+-]+/).some(isScrambled)
	);
}

function unquoted(text: string): string {
	return /^(["'`])([^]*)\1[,;]?$/.exec(text)?.[2] ?? text;
}

/** Base64 and its kin: letters of both cases and digits, mixed, without the separators of names. */
function isRandom(text: string): boolean {
	if (!/^[A-Za-z\d+/_-]+={0,2}$/.test(text)) return false;
	const longest = Math.max(...text.split(/[-_/]/).map(({ length }) => length));
	return isHex(text, 32) || (hasAllKinds(text) && longest >= leastRandom);
}

/**
 * The same for a part between dots, colons and the like, with any separators in it: what is drawn at random goes from one
 * kind of character to another nearly all the time, and the words and ids of a name don't.
 */
function isScrambled(part: string): boolean {
	const pieces = part.split(/[^A-Za-z\d]+/);
	if (pieces.some((piece) => isHex(piece, 48))) return true;
	const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
	if (length < leastRandom || !/\d/.test(part)) return false;
	const kinds = pieces.map((piece) => piece.replaceAll(/[a-z]/g, 'a').replaceAll(/[A-Z]/g, 'A').replaceAll(/\d/g, '0'));
	const count = (pattern: RegExp) => kinds.reduce((sum, one) => sum + (one.match(pattern)?.length ?? 0), 0);
	return count(/a(?=A)|A(?=a)/g) >= 4 && count(/(.)(?!\1|$)/g) >= length * leastChanges;
}

function isHex(text: string, least: number): boolean {
	return text.length >= least && /^[\da-f]+$/i.test(text) && /[a-f]/i.test(text) && /\d/.test(text);
}

/** Letters of both cases, and some digits. */
function hasAllKinds(text: string): boolean {
	return /[a-z]/.test(text) && /[A-Z]/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3;
}
