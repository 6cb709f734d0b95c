const begin = '-----BEGIN ';
const end = '-----END ';
const assignment = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=([^]*)$/;
const base64 = /^[A-Za-z\d+/]+={0,2}$/;
/** Of both alphabets. */
const padded = /^[\w+/-]{6,}==$/;
/** So long a text of base64's letters, in both cases and with digits, is no name: lines of keys have 64 or 76. */
const leastLine = 32;
const leastBeforeTail = 60;

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
	return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

/** True for a line that ends in base64's padding: no value is `=`. */
export function isPadded(line: string): boolean {
	const text = line.trim();
	return padded.test(text) && text.length % 4 === 0;
}

/** True for a short last line behind others of base64. */
export function isBase64Tail(line: string): boolean {
	const text = line.trim();
	// Base64 comes in fours: a name in capitals without a value rarely does.
	return base64.test(text) && (text.length % 4 === 0 || !/^[A-Z\d]+=?$/.test(text));
}

/** True where a value may go on in the next line, as base64 over lines that wants quotes. */
export function isBase64Continued(value: string, next: string): boolean {
	if (!isBase64Line(value)) return false;
	if (isBase64Line(next)) return true;
	const text = next.trim();
	const isFull = value.length >= leastBeforeTail && value.length % 4 === 0 && !value.endsWith('=');
	return isFull && text.length % 4 === 0 && base64.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
}
