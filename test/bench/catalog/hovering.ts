import type { TextLines } from '../../../src/vault/ciphertext/inText/base64Runs';
import { certainCiphertextAt, longestAtAGlance } from '../../../src/vault/ciphertext/inText/selection';
import { ratio, shown, time, type Row } from './table';

const size = 20_000_000;
const hovers = 50;
const goal = 1;

const base64 = 'AbCd0+/9';
const json = '{"name":"value"},';
const texts = {
	'in one line of JSON': json.repeat(size / json.length),
	'in one line of base64': base64.repeat(size / base64.length),
	'in lines of JSON': `${json.repeat(4)}\n`.repeat(size / 70),
	'in lines of base64': `${base64.repeat(9)}\n`.repeat(size / 73),
};

/** What a hover costs in a large document, where there is no ciphertext. */
export function hoverInLargeTexts(): Row {
	const figures = Object.entries(texts).map(([where, text]) => {
		const lines = text.split('\n');
		const document: TextLines = { lineCount: lines.length, lineAt: (line) => lines[line] ?? '' };
		const ms = msPerHover(document);
		return shown(`a hover ${where}`, time(ms), `≤ ${goal} ms`, ratio(ms / goal));
	});
	return { title: 'Hovering in 20 MB', requestsPerMinute: undefined, concurrency: 'no request', figures };
}

function msPerHover(document: TextLines): number {
	const at = (part: number) => {
		const line = Math.floor((document.lineCount - 1) * part);
		return { line, offset: Math.floor(document.lineAt(line).length * part) };
	};
	const hover = (part: number) => {
		if (certainCiphertextAt(document, at(part), longestAtAGlance)) throw new Error('There is no ciphertext.');
	};
	hover(0.5);
	const startedAt = performance.now();
	for (let count = 0; count < hovers; count++) hover(count / hovers);
	return (performance.now() - startedAt) / hovers;
}
