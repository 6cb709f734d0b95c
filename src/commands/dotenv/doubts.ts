import type { Assignment } from './assignment';
import { isPlainAssignment } from './keyMaterial';

/** Why readers of environment files may disagree about a variable. */
export type Doubt =
	| 'hash'
	| 'colon'
	| 'openQuote'
	| 'innerQuote'
	| 'backtick'
	| 'backslash'
	| 'expansion'
	| 'swallowedLines'
	| 'openKey'
	| 'openLines'
	| 'padding'
	| 'severalTimes'
	| 'severalLines';

/** What a shell, and many a reader, puts something else in the place of. */
const expansion = /\$[\w{($!?@*#-]/;

/** How the first line of JSON, or of a block in YAML, ends. */
const beginsLines = /[{[(]$|^[|>][+-]?$/;

/**
 * What readers disagree about in one assignment. Those are meant that read `.env` files as such (dotenv of Node, Python,
 * Ruby, Go and PHP, Docker Compose), and a shell as far as it changes a value silently: it drops quotes and backslashes,
 * and runs what is in backticks. Not meant is `docker run --env-file`, which takes lines as they stand: every value in
 * quotes, and every one before a comment, would be in doubt.
 */
export function doubtsOf(assignment: Assignment, line: number): Doubt[] {
	const { value, spelling, quote, isClosed, valueLine } = assignment;
	const doubts = isClosed ? doubtsOfQuoted(assignment) : doubtsOfUnquoted(assignment);
	const isLiteral = quote === "'" && isClosed;
	if (assignment.hasColon) doubts.push('colon');
	if (!isClosed && /^=+$/.test(value)) doubts.push('padding');
	// Python's dotenv puts something in the place of ${…} in all quotes.
	if (isLiteral ? value.includes('${') : expansion.test(value)) doubts.push('expansion');
	if (quote === '`' || (!isLiteral && value.includes('`'))) doubts.push('backtick');
	if (valueLine > line) doubts.push('severalLines');
	if (isClosed && spelling.split('\n').slice(1).some(isPlainAssignment)) doubts.push('swallowedLines');
	return doubts;
}

function doubtsOfQuoted({ spelling, quote = '', behind }: Assignment): Doubt[] {
	const doubts: Doubt[] = [];
	if (behind.startsWith('#')) doubts.push('hash');
	// Nearly all of those that read such files know \n in double quotes.
	const known = quote === '"' ? spelling.replaceAll('\\n', '') : spelling;
	const isDoubtful = quote === '"' ? known.includes('\\') : /\\(?:['"`\\]|$)/.test(known);
	if (isDoubtful) doubts.push('backslash');
	return doubts;
}

function doubtsOfUnquoted({ spelling, quote }: Assignment): Doubt[] {
	const doubts: Doubt[] = [];
	const hash = spelling.indexOf('#');
	// Behind a blank, it begins a comment for everybody.
	if (hash === 0 || (hash > 0 && spelling.charAt(hash - 1).trim() !== '')) doubts.push('hash');
	const text = (hash < 0 ? spelling : spelling.slice(0, hash)).trim();
	const isOpen = quote !== undefined && !text.includes(quote, 1);
	if (isOpen) doubts.push('openQuote');
	else if (/["']/.test(text)) doubts.push('innerQuote');
	if (text.includes('\\')) doubts.push('backslash');
	if (beginsLines.test(text)) doubts.push('openLines');
	return doubts;
}
