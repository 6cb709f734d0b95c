import assert from 'node:assert/strict';
import type { Choice } from '../../support/choice';
import { type Kept, catalogue, live } from './dialects';
import type { Ask } from './running';

interface Entry {
	id: string;
	/** The values that were acknowledged, oldest first; undefined where there is no object. */
	values: readonly string[] | undefined;
	/** What they are if a write took effect whose answer never came. */
	pending: { readonly values: Entry['values'] } | undefined;
}

/** Writes to objects of its own in both dialects, and remembers what was acknowledged. */
export class Writer {
	/** How many writes were acknowledged. */
	acknowledged = 0;
	/** How many writes were not answered, and how many of those took effect. */
	readonly unanswered = { count: 0, kept: 0 };
	readonly #entries = new Map<string, Entry>();
	readonly #recent = new Set<string>();
	#writes = 0;

	constructor(
		private readonly name: string,
		private readonly choice: Choice,
	) {}

	/** All names that were ever written to. */
	get names(): readonly string[] {
		return [...this.#entries.keys()];
	}

	/** The names that were written to since this was last asked. */
	takeRecent(): readonly string[] {
		const names = [...this.#recent];
		this.#recent.clear();
		return names;
	}

	/** A create, an update or a deletion. Rejects when it was not answered. */
	async write(ask: Ask): Promise<void> {
		const dialect = this.choice.of([live, catalogue]);
		const text = 'é'.repeat(this.choice.number(3000));
		const value = JSON.stringify({ writer: this.name, write: ++this.#writes, text });
		const known = this.choice.of([undefined, ...this.#entries]);
		if (known?.[1].values === undefined) {
			const name = `${this.name}, object ${this.#writes}`;
			const entry = this.#begin(name, { id: '', values: undefined, pending: undefined }, [value]);
			const { status, body } = await dialect.create(ask, name, value);
			assert.equal(status, 201);
			entry.id = body.id;
			this.#acknowledge(entry);
			return;
		}
		const [name, entry] = known;
		const isDeletion = this.choice.once(4);
		this.#begin(name, entry, isDeletion ? undefined : [...known[1].values, value]);
		const { status } = await (isDeletion ? dialect.delete(ask, entry.id) : dialect.update(ask, entry.id, value));
		assert.ok(status === 200 || status === 201, String(status));
		this.#acknowledge(entry);
	}

	/**
	 * Fails unless a vault holds what was acknowledged; where a write was not answered, what it would have made is as
	 * good, and is what has to be there from now on.
	 */
	compare(name: string, kept: Kept | undefined): void {
		const entry = this.#entries.get(name);
		assert.ok(entry);
		const { pending } = entry;
		entry.pending = undefined;
		const tookEffect = pending !== undefined && JSON.stringify(kept?.values) === JSON.stringify(pending.values);
		if (pending) this.unanswered.count++;
		if (tookEffect) {
			this.unanswered.kept++;
			Object.assign(entry, { values: pending.values, id: kept?.id ?? entry.id });
		}
		assert.deepEqual(kept?.values, entry.values, `"${name}" is not what was acknowledged`);
	}

	#begin(name: string, entry: Entry, values: Entry['values']): Entry {
		entry.pending = { values };
		this.#entries.set(name, entry);
		this.#recent.add(name);
		return entry;
	}

	#acknowledge(entry: Entry): void {
		entry.values = entry.pending?.values;
		entry.pending = undefined;
		this.acknowledged++;
	}
}
