// Numbers keep their digits: what is copied is what the value has. (The proposal "JSON.parse source text access".)
declare global {
	interface JSON {
		rawJSON(text: string): object;
		isRawJSON(value: unknown): boolean;
	}
}
type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/** The object or list that a text is as JSON; undefined for any other text, and for one that is too deep to be walked. */
export function parseTree(text: string): object | undefined {
	if (!/^\s*[{[]/.test(text)) return undefined;
	const keepDigits: Reviver = (_, value, { source } = {}) =>
		typeof value === 'number' && source !== undefined ? JSON.rawJSON(source) : value;
	try {
		const parsed: unknown = JSON.parse(text, keepDigits);
		return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
	} catch {
		return undefined;
	}
}
