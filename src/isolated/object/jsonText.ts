// Numbers keep their digits: what is copied is what the value has. (The proposal "JSON.parse source text access".)
declare global {
	interface JSON {
		rawJSON(text: string): object;
		isRawJSON(value: unknown): boolean;
	}
}
type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/** A text of JSON, and what makes a name of it: nothing else in JSON stands before a colon. */
const texts = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/**
 * The object or list that a text is as JSON. Undefined for any other text, for one that is too deep to be walked, and for one
 * with a name twice in an object: a tree would keep the last of them from a person.
 */
export function parseTree(text: string): object | undefined {
	if (!/^\s*[{[]/.test(text)) return undefined;
	// The whole is revived, too, as what an object has under an empty name.
	let names = -1;
	const keepDigits: Reviver = function (_, value, { source } = {}) {
		if (!Array.isArray(this)) names++;
		return typeof value === 'number' && source !== undefined ? JSON.rawJSON(source) : value;
	};
	try {
		const parsed: unknown = JSON.parse(text, keepDigits);
		return typeof parsed === 'object' && parsed !== null && names === countNames(text) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** How many names a text that is JSON has in all of its objects. */
function countNames(text: string): number {
	let names = 0;
	for (const [, colon] of text.matchAll(texts)) if (colon !== undefined) names++;
	return names;
}
