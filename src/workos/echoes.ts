import { pause } from '../vault/pause';

/** A request as it was sent. */
export type Sent = Readonly<{ url: URL; init: RequestInit }>;

/** So many places of a text are looked at in one go: a value has up to a million, and the editor waits for none of them. */
const stretch = 100_000;

/**
 * True when a vault's sentence holds a piece of the key or of a value, or a longer piece of any other text that was sent.
 * Gives way to others in between.
 * @param reason some thousand characters at most
 */
export async function isRepeating(reason: string, { url, init }: Sent): Promise<boolean> {
	const { secrets, others } = textsIn(typeof init.body === 'string' ? init.body : '{}');
	secrets.push(new Headers(init.headers).get('authorization')?.replace(/^Bearer /, '') ?? '');
	others.push(
		decodeURIComponent(/\/(?:kv|organizations)\/([^/]+)/.exec(url.pathname)?.[1] ?? ''),
		...['search', 'after', 'id', 'version_check'].map((name) => url.searchParams.get(name) ?? ''),
	);
	const lines = others.flatMap((text) => text.split(/[\r\n]+/));
	return (await isAnyPartlyIn(reason, secrets, 6, 2)) || isAnyPartlyIn(reason, lines, 10, 4);
}

/**
 * True when `size` characters in a row of one of the texts stand in `reason`, as they are or escaped; of a shorter text
 * all of it, from `least` characters on.
 */
async function isAnyPartlyIn(reason: string, texts: readonly string[], size: number, least: number): Promise<boolean> {
	if (texts.some((text) => text.length < size && text.length >= least && reason.includes(text))) return true;
	const pieces = new Pieces(reason, size);
	const long = texts.filter((text) => text.length >= size);
	let searched = 0;
	for (const text of long.flatMap((one) => [one, JSON.stringify(one).slice(1, -1)])) {
		for (let start = 0; start + size <= text.length; start += stretch) {
			if (pieces.isOneIn(text, start, start + stretch)) return true;
			searched += Math.min(stretch, text.length - start);
			if (searched < stretch) continue;
			searched = 0;
			await pause(0);
		}
	}
	return false;
}

/** All pieces of one size of a short text, to be found in a long one. */
class Pieces {
	readonly #pieces = new Set<string>();
	/** A mark for each beginning, by its first two characters: most places of a text are passed over by it. */
	readonly #beginnings = new Uint8Array(1 << 16);

	constructor(
		text: string,
		private readonly size: number,
	) {
		for (let start = 0; start + size <= text.length; start++) {
			this.#pieces.add(text.slice(start, start + size));
			this.#beginnings[beginningAt(text, start)] = 1;
		}
	}

	/** Whether a piece begins in a text from `start` on, and before `end`. */
	isOneIn(text: string, start: number, end: number): boolean {
		const last = Math.min(end, text.length - this.size + 1);
		for (let at = start; at < last; at++) {
			if (this.#beginnings[beginningAt(text, at)] === 0) continue;
			if (this.#pieces.has(text.slice(at, at + this.size))) return true;
		}
		return false;
	}
}

function beginningAt(text: string, at: number): number {
	return (text.charCodeAt(at) * 251 + text.charCodeAt(at + 1)) & 0xffff;
}

/** Every text in a JSON body: what is secret in it, and the rest. */
function textsIn(body: string): { secrets: string[]; others: string[] } {
	const secrets: string[] = [];
	const others: string[] = [];
	JSON.parse(body, (key, value: unknown) => {
		if (typeof value === 'string') (/^(value|keys|encrypted_keys)$/.test(key) ? secrets : others).push(value);
		return value;
	});
	return { secrets, others };
}
