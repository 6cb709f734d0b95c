import type { Choice } from '../../support/choice';

type Kind = 'object' | 'organization' | 'externalId' | 'customerKey' | 'blob' | 'ciphertext';

const MAXIMUM = 10;
const FIELDS: readonly (readonly [field: string, kind: Kind])[] = [
	['external_id', 'externalId'],
	['encrypted_keys', 'blob'],
	['encrypted_key', 'blob'],
	['ciphertext', 'ciphertext'],
];
const MAKERS: readonly (readonly [path: RegExp, kind: Kind])[] = [
	[/^\/vault\/(v1\/kv|object)/, 'object'],
	[/^\/(_local\/)?organizations/, 'organization'],
	[/^\/_local\/customer-keys/, 'customerKey'],
];

/** What the vault has made so far, for requests that get past its first check. */
export class Known {
	readonly #texts = new Map<string, string[]>();

	constructor(private readonly choice: Choice) {}

	/** Takes ids, sealed keys and ciphertexts out of the answer to a POST: what that made may be harmed. */
	learn(target: string, body: Readonly<Record<string, unknown>>): void {
		const maker = MAKERS.find(([path]) => path.test(target));
		if (maker) this.#keep(maker[1], body.id);
		for (const [field, kind] of FIELDS) this.#keep(kind, body[field]);
	}

	/** One of a kind. Now and then it is one of another kind, or its last character is changed. */
	any(kind: string): string {
		if (kind === 'name') return `odd ${this.choice.number(20)}`;
		const texts = this.choice.once(10) ? [...this.#texts.values()].flat() : (this.#texts.get(kind) ?? []);
		if (texts.length === 0) return 'none';
		const text = this.choice.of(texts);
		return this.choice.once(20) ? text.replace(/.$/, 'x') : text;
	}

	#keep(kind: Kind, text: unknown): void {
		if (typeof text !== 'string') return;
		const texts = this.#texts.get(kind) ?? [];
		if (texts.length < MAXIMUM) this.#texts.set(kind, [...texts, text]);
		else texts[this.choice.number(MAXIMUM)] = text;
	}
}
