const begin = '-----BEGIN ';
const end = '-----END ';
const assignment = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=([^]*)$/;
const base64 = /^[A-Za-z\d+/]+={0,2}$/;
/** Of both alphabets. */
const padded = /^[\w+/-]{6,}==$/;
/** So long a text of base64's letters, in both cases and with digits, is no name: lines of keys have 64 or 76. */
const leastLine = 32;
/** And a text of one alphabet that is as long as this is no word, whatever it consists of. */
const leastSure = 60;
const widths = [64, 76];
const encoded = /^[\w+/-]+$/;
const paddedTail = /^([\w+/-]+)(={1,2})$/;
const pair = /^[\w.-]+:(?:\s|$)/;

/** True for a line that plainly is an assignment: what stands behind its `=`, or in its name, no base64 has. */
export function isPlainAssignment(line: string): boolean {
	if (!line.includes('=')) return false;
	const [, name = '', value = ''] = assignment.exec(line) ?? [];
	return /[^\s=]/.test(value) || (name.includes('_') && !isPadded(line));
}

/** True where a key begins in a text. */
export function hasKey(text: string): boolean {
	return text.includes(begin);
}

/**
 * The last line of a key that begins in line `start` (both from 0): that of its end, else the last one before the next
 * plain assignment or key, else that of the file. `isEnded` is true for the first.
 */
export function endOfKey(
	lines: readonly string[],
	start: number,
): { readonly lastLine: number; readonly isEnded: boolean } {
	const first = lines[start] ?? '';
	if (first.includes(end, first.lastIndexOf(begin))) return { lastLine: start, isEnded: true };
	for (let at = start + 1; at < lines.length; at++) {
		const line = lines[at] ?? '';
		if (isPlainAssignment(line) || hasKey(line)) return { lastLine: at - 1, isEnded: false };
		if (line.includes(end)) return { lastLine: at, isEnded: true };
	}
	return { lastLine: lines.length - 1, isEnded: false };
}

/** True for a line that looks like one of base64: long, without anything of a name's form. */
export function isBase64Line(line: string): boolean {
	const text = line.trim();
	if (text.length < leastLine || !base64.test(text)) return false;
	return hasAllKinds(text);
}

/** True for a line that ends in base64's padding: no value is `=`. */
export function isPadded(line: string): boolean {
	const text = line.trim();
	return padded.test(text) && text.length % 4 === 0;
}

/**
 * The last line of what goes on behind line `at` (from 0) with `value`, as base64 or hexadecimal digits over lines that want
 * quotes. `isDoubtful` is true also where something else stands there that is no assignment, no remark and not blank.
 */
export function endOfEncoded(
	lines: readonly string[],
	at: number,
	value: string,
): { readonly lastLine: number; readonly isDoubtful: boolean } {
	const isWhole = value.endsWith('=') && value.length % 4 === 0;
	if (!isEncoded(value) || isWhole) return { lastLine: at, isDoubtful: false };
	// Where the name counts as a part of the width, so that the first line is shorter than the others.
	let isInStep = value.length % 4 === 0 || widths.includes(lines[at]?.trimEnd().length ?? 0);
	let [joined, lastLine] = [value, at];
	for (let width = value.length; ;) {
		const text = lines[lastLine + 1]?.trim() ?? '';
		const isTail = isPadding(joined, text, isInStep);
		if (!isTail && !encoded.test(text)) return { lastLine, isDoubtful: lastLine > at || isNeither(text) };
		joined += text;
		lastLine++;
		if (isTail || text.length < width) return { lastLine, isDoubtful: true };
		width = text.length;
		isInStep = true;
	}
}

/** True where a text that ends in `=` is the end of base64 rather than a name: one without a value looks much like it. */
function isPadding(joined: string, text: string, isInStep: boolean): boolean {
	const [, digits, padding = ''] = paddedTail.exec(text) ?? [];
	if (digits === undefined || isHex(joined)) return false;
	const isOtherAlphabet = /[+/]/.test(joined) ? /[_-]/.test(digits) : /[_-]/.test(joined) && /[+/]/.test(digits);
	if (isOtherAlphabet) return false;
	// The last digit before padding has bits that count for nothing, and are 0.
	return (
		padding === '==' || (isInStep && (joined.length + text.length) % 4 === 0 && /[AEIMQUYcgkosw048]$/.test(digits))
	);
}

function isNeither(text: string): boolean {
	return text !== '' && !text.startsWith('#') && !assignment.test(text) && !pair.test(text);
}

/** True for a text as long as a line of base64, in either alphabet, or of hexadecimal digits. */
function isEncoded(text: string): boolean {
	if (text.length < leastLine || !/^[\w+/-]+={0,2}$/.test(text)) return false;
	return text.length >= leastSure || isHex(text) || hasAllKinds(text);
}

function isHex(text: string): boolean {
	return /^[\da-f]+$/i.test(text);
}

function hasAllKinds(text: string): boolean {
	return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}
