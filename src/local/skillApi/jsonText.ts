/**
 * The text of the last member `name` of `json`, which must be a valid JSON object, as it was sent.
 *
 * Parsing it and writing it again would change numbers, move names that are numbers, and overflow the stack where it is
 * deep.
 */
export function memberText(json: string, name: string): string | undefined {
	let found: string | undefined;
	let current: string | undefined;
	let start = 0;
	let depth = 0;
	for (let at = 0, end; at < json.length; at = end) {
		end = endOfToken(json, at);
		const first = json.charAt(at);
		if (first === '{' || first === '[') depth++;
		if (first === '}' || first === ']') depth--;
		if (depth === 1 && first === ':') start = end;
		if (depth === 1 && first === '"') current ??= JSON.parse(json.slice(at, end)) as string;
		if (depth === 0 || (depth === 1 && first === ',')) {
			if (current === name) found = json.slice(start, at).trim();
			current = undefined;
		}
	}
	return found;
}

// Strings are tokens, because what is in them is no punctuation. Everything else may be looked at character by character.
function endOfToken(json: string, start: number): number {
	let end = start + 1;
	if (json.charAt(start) !== '"') return end;
	while (json.charAt(end) !== '"') end += json.charAt(end) === '\\' ? 2 : 1;
	return end + 1;
}
