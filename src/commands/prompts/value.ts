import {
	decodeText,
	hiddenEnds,
	hiddenInside,
	withoutHiddenEnds,
	withoutHiddenInside,
	type NoText,
} from '../../vault/drafts/textFlaws';
import { maxValueBytes } from '../../vault/limits';
import type { App } from '../ports';
import { halfCharacterProblem } from './wholeCharacters';
import { askMeanings } from '../textEditor/meanings';

/** Where a value comes from. `draft` is a document of its own, for values of many lines. */
export type ValueSource = 'typed' | 'generated' | 'draft' | 'file' | 'selection' | 'clipboard';

const symbols = '!#$%&*+-./:;<=>?@^_~';
const alphabets = [
	{ label: 'Letters and Digits', description: 'A to Z, a to z, 0 to 9', value: alphanumericWith('') },
	{ label: 'Letters, Digits and Symbols', description: `those, and ${symbols}`, value: alphanumericWith(symbols) },
	{ label: 'Hexadecimal', description: '0 to 9, a to f', value: '0123456789abcdef' },
	{ label: 'Base64 URL', description: 'letters, digits, hyphen and underscore', value: alphanumericWith('-_') },
] as const;

/** Asks where a new value comes from. */
export async function askSource(app: App, title: string): Promise<ValueSource | undefined> {
	const hasSelection = (app.textEditor.selections()?.texts.length ?? 0) > 0;
	return app.ui.pick<ValueSource>(title, 'Where does the value come from?', [
		{ label: 'Type or Paste It', description: 'one line, masked', icon: 'edit', value: 'typed' },
		{
			label: 'Generate It',
			description: 'random, of the length and characters you choose',
			icon: 'sparkle',
			value: 'generated',
		},
		{ label: 'Write It in an Editor', description: 'for many lines', icon: 'new-file', value: 'draft' },
		{ label: 'Take It from a File…', icon: 'file', value: 'file' },
		...(hasSelection ? [{ label: 'Use the Selected Text', icon: 'list-selection', value: 'selection' as const }] : []),
		{ label: 'Use the Clipboard', icon: 'clippy', value: 'clipboard' },
	]);
}

/** Gets the value from its source; undefined when the person leaves, or was told why there is none. */
export async function askValue(
	app: App,
	title: string,
	source: Exclude<ValueSource, 'draft'>,
): Promise<string | undefined> {
	const fetched = await fetchValue(app, title, source);
	return fetched === undefined ? undefined : askWhetherMeant(app, title, fetched);
}

/**
 * The value that was typed into a box, after the questions that any value gets; undefined when the person leaves.
 * `valueIn` says what of the clipboard's text would be the value, where more was pasted with it.
 */
export async function askTypedValue(
	app: App,
	title: string,
	typed: string,
	valueIn?: (copied: string) => string,
): Promise<string | undefined> {
	const value = await askLines(app, typed, valueIn);
	return value === undefined ? undefined : askWhetherMeant(app, title, value);
}

async function askWhetherMeant(app: App, title: string, fetched: string): Promise<string | undefined> {
	const value = await askHidden(app, title, fetched);
	if (value === undefined) return undefined;
	const problem = valueProblem(value);
	return problem === undefined ? value : refuse(app, problem);
}

/** Asks whether what nobody sees of a value, inside or at its ends, belongs to it; undefined when the person leaves. */
async function askHidden(app: App, title: string, value: string): Promise<string | undefined> {
	const middle = withoutHiddenEnds(value);
	const odd = [...hiddenEnds(value), ...hiddenInside(middle)];
	if (odd.length === 0) return value;
	if (middle === '') {
		const detail = `It is ${lengthOf(value)} of white space, line breaks and the like. A program may take it for no value.`;
		const isMeant = await app.ui.confirm(
			'The value has nothing that can be seen. Use it all the same?',
			detail,
			'Use It',
		);
		return isMeant ? value : undefined;
	}
	const seen = withoutHiddenInside(middle);
	return app.ui.pick(title, `The value ${odd.join(' and ')}. Does that belong to it?`, [
		{ label: 'Leave It Out', description: lengthOf(seen), icon: 'trash', value: seen },
		{ label: 'Keep It', description: lengthOf(value), icon: 'check', value },
	]);
}

function lengthOf({ length }: string): string {
	return `${length.toLocaleString('en-US')} ${length === 1 ? 'character' : 'characters'}`;
}

/** What is wrong with a value, in a sentence. */
export function valueProblem(value: string): string | undefined {
	if (value === '') return 'There is no value: what you chose is empty.';
	const isTooLarge = new TextEncoder().encode(value).length > maxValueBytes;
	if (isTooLarge) return tooLargeWords('value');
	return halfCharacterProblem(value);
}

/** What is said of a value, or of the file that has it, that no vault keeps. */
export function tooLargeWords(what: 'value' | 'file'): string {
	return `The ${what} is larger than 1 MiB. The vault keeps values of up to 1 MiB.`;
}

/** A random text; each character of `alphabet` is equally likely. */
export function generateValue(length: number, alphabet: string): string {
	// Numbers from the incomplete last stretch of a byte's range would favour the first characters.
	const limit = 256 - (256 % alphabet.length);
	let text = '';
	while (text.length < length) {
		for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
			if (byte < limit && text.length < length) text += alphabet.charAt(byte % alphabet.length);
		}
	}
	return text;
}

async function fetchValue(app: App, title: string, source: Exclude<ValueSource, 'draft'>): Promise<string | undefined> {
	switch (source) {
		case 'typed':
			return askTyped(app, title);
		case 'generated':
			return askGenerated(app, title);
		case 'file':
			return askTextFile(app, title, 'Use as Value');
		case 'selection':
			return askSelected(app, title);
		case 'clipboard':
			return textOfClipboard(app, await app.clipboard.read());
	}
}

/** The values that the selected texts stand for, each in a line. */
async function askSelected(app: App, title: string): Promise<string | undefined> {
	const selections = app.textEditor.selections();
	return selections ? (await askMeanings(app, title, selections))?.join('\n') : '';
}

async function askTyped(app: App, title: string): Promise<string | undefined> {
	const typed = await app.ui.input({ title, prompt: 'The value', isMasked: true });
	return typed === undefined ? undefined : askLines(app, typed);
}

/** A box can't hold line breaks, and nobody sees in it that they became spaces: asks where the clipboard has them. */
async function askLines(
	app: App,
	typed: string,
	valueIn = (copied: string): string => copied,
): Promise<string | undefined> {
	// Where it may not be read, nothing can be compared, and what was typed counts.
	const copied = valueIn(await app.clipboard.read().catch(() => ''));
	const hasSeveralLines = /[\r\n]/.test(withoutHiddenEnds(copied));
	if (!hasSeveralLines || !squeezed(typed).includes(squeezed(copied))) return typed;
	const message = 'What you pasted has several lines. The box made one line of them, which is another value.';
	const button = await app.ui.warnAndAsk(message, 'Use the Clipboard', 'Use the One Line');
	if (button === undefined) return undefined;
	return button === 'Use the Clipboard' ? textOfClipboard(app, copied) : typed;
}

function squeezed(text: string): string {
	return text.replaceAll(/\s+/g, '');
}

async function askGenerated(app: App, title: string): Promise<string | undefined> {
	const length = await app.ui.input({
		title,
		prompt: 'How many characters?',
		value: '32',
		validate: (text) =>
			/^\d+$/.test(text) && Number(text) >= 8 && Number(text) <= 4096 ? undefined : 'Enter a number from 8 to 4096.',
	});
	if (length === undefined) return undefined;
	const alphabet = await app.ui.pick<string>(title, 'Of which characters?', alphabets);
	return alphabet === undefined ? undefined : generateValue(Number(length), alphabet);
}

/** The text of a file that the person chooses; undefined when the person leaves, or was told that it is no text. */
export async function askTextFile(app: App, title: string, button: string): Promise<string | undefined> {
	return textOf(app, await app.ui.openFile(title, button));
}

const binaryAdvice = 'it is no text. A vault keeps text: encode binary data first, for example as base64.';
const noText: Record<NoText, string> = {
	binary: `The file holds NUL characters: ${binaryAdvice}`,
	utf16WithoutMark:
		'The file looks like UTF-16 text without a byte order mark. Save it as UTF-8, for example with “Save with Encoding”, and choose it again.',
	otherEncoding:
		'The file is not UTF-8 text. Save text as UTF-8 first; encode binary data first, for example as base64: a vault keeps text.',
};

/** A file's bytes as text; undefined where there are none, or the person was told that they are no text. */
export function textOf(app: App, bytes: Uint8Array | undefined): string | undefined {
	if (!bytes) return undefined;
	const decoded = decodeText(bytes);
	return 'text' in decoded ? decoded.text : refuse(app, noText[decoded.flaw]);
}

/** A text as an editor has it; undefined where the person was told that it holds what could not be read. */
export function textOfEditor(app: App, text: string): string | undefined {
	return text.includes('\ufffd') ? refuse(app, noText.otherEncoding) : text;
}

function textOfClipboard(app: App, copied: string): string | undefined {
	return copied.includes('\0') ? refuse(app, `The clipboard holds NUL characters: ${binaryAdvice}`) : copied;
}

function refuse(app: App, sentence: string): undefined {
	app.ui.warn(sentence);
}

function alphanumericWith(symbols: string): string {
	return `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${symbols}`;
}
