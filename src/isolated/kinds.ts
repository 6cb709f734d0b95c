/** What a text is written in. */
export type Kind = 'json' | 'yaml' | 'ini' | 'dotenv' | 'url' | 'pem';

/** What a piece of a text is. */
export type Role = 'comment' | 'key' | 'word' | 'string' | 'number';

/** A piece of a line that has a colour. */
export interface Piece {
	readonly from: number;
	readonly to: number;
	readonly role: Role;
}

/** VS Code gives longer lines no colours. */
const longestLine = 20_000;
/** So much of a line decides, at the most, and so many lines are looked at. */
const decidingLength = 400;
const decidingLines = 200;

const undecided = /^\s*$|^\s*[#;](?:\s|$)|^\s*(?:export\s+)?[A-Za-z_][\w.-]{0,255}\s*=\s*$/;

/** The first that fits; media/secret.tmLanguage.json decides in the same way. */
const decisions: readonly (readonly [Kind, RegExp])[] = [
	['pem', /^-----BEGIN [A-Z0-9 ]{1,64}-----/],
	['json', /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:["[{\]\d-]|(?:true|false|null)\b|$))/],
	['ini', /^\s*\[[^[\]]{1,256}\]\s*(?:[;#]|$)/],
	['dotenv', /^\s*(?:export\s+)?[A-Za-z_][\w.-]{0,255}\s*=(?!=*$)/],
	['url', /^[a-z][a-z0-9+.-]{1,31}:\/\/\S/],
	['yaml', /^(?:---(?:\s|$)|%YAML\s|\s*(?:-\s+)?["']?[A-Za-z_][\w ./-]{0,127}["']?:(?:\s|$))/],
];

/** What a text is written in, by its first line that is neither blank nor a comment; undefined where that tells nothing. */
export function kindOf(lines: Iterable<string>): Kind | undefined {
	let searched = 0;
	for (const line of lines) {
		const start = line.slice(0, decidingLength);
		if (!undecided.test(start)) return decisions.find(([, pattern]) => pattern.test(start))?.[0];
		if (++searched === decidingLines) return undefined;
	}
	return undefined;
}

/** How lines begin, with the names of what they begin with; what follows is read by `rests`. */
const heads: Partial<Record<Kind, RegExp>> = {
	yaml: /^\s*(?:-\s+)?(?<key>"[^"]{0,127}"|'[^']{0,127}'|[^\s"'#:[\]{}-][^#:]{0,127})(?=:(?:\s|$))|^(?<word>---|%\w+)/d,
	ini: /^\s*(?:(?<word>\[[^\]]*\])|(?<comment>[#;].*)|(?<key>[^\s=:[#;][^=:]{0,255}))(?=\s*[=:]|\s*$)/d,
	dotenv: /^\s*(?:(?<comment>[#;](?:\s.*)?$)|(?:(?<word>export)\s+)?(?<key>[A-Za-z_][\w.-]{0,255})(?=\s*=))/d,
	url: /^(?<word>[a-z][a-z0-9+.-]{1,31}):\/\/(?:(?<key>[^\s:@/?#]{0,255})(?::(?<string>[^\s@/?#]{0,4095}))?@)?[^\s:/?#]{0,1023}(?::(?<number>\d{1,5}))?/d,
	pem: /^(?:(?<word>-----[A-Z0-9 ]{1,80}-----)|(?<key>[A-Za-z][A-Za-z-]{0,63})(?=:\s))/d,
};

/** A string ends at the end of its line at the latest: so none of these ever looks twice at a character. */
const rests: Record<Kind, RegExp> = {
	json: /(?<string>"(?:[^"\\]|\\.?)*(?:"|$))(?<colon>\s{0,64}:)?|(?<number>-?\d[\d.eE+-]*)|(?<word>\b(?:true|false|null)\b)/dg,
	yaml: /(?<comment>(?<![^\s])#.*)|(?<string>"(?:[^"\\]|\\.?)*(?:"|$)|'[^']*(?:'|$))|(?<number>(?<![\w.-])-?\d[\d.]*(?![\w.-]))|(?<word>\b(?:true|false|null)\b)/dg,
	ini: /(?<string>"[^"]*(?:"|$)|'[^']*(?:'|$))/dg,
	dotenv:
		/(?<comment>(?<=\s)#.*)|(?<word>\$(?:\w{1,255}|\{[^{}]{1,255}\}))|(?<string>"(?:[^"\\]|\\.?)*(?:"|$)|'[^']*(?:'|$)|[^\s$=]+)/dg,
	url: /(?<=[?&])(?<key>[^\s?&#=]{1,255})=(?<string>[^\s&#]*)/dg,
	pem: /(?<string>[^\s:]+)/dg,
};

/** The pieces of a line that have a colour in a text of a kind, in order. */
export function piecesOf(kind: Kind, line: string): Piece[] {
	if (line.length > longestLine) return [];
	const head = heads[kind]?.exec(line);
	const rest = rests[kind];
	rest.lastIndex = head?.[0].length ?? 0;
	return [...(head ? namedIn(head) : []), ...[...line.matchAll(rest)].flatMap(namedIn)];
}

function namedIn({ indices }: RegExpExecArray): Piece[] {
	const { colon, ...groups } = indices?.groups ?? {};
	return Object.entries(groups)
		.flatMap(([name, place]) => {
			const role = colon && name === 'string' ? 'key' : (name as Role);
			return place && place[0] < place[1] ? [{ from: place[0], to: place[1], role }] : [];
		})
		.sort((one, other) => one.from - other.from);
}
