import { Writing } from './snapshot';
import type { CatalogState } from './state';
import { Pieces } from '../pause';

const entriesInAPart = 2_000;

/**
 * What a state knows as text, made with a pause now and then: lines of JSON, each with a part of a snapshot. What changes
 * meanwhile is in it or not; events are read from before it on.
 */
export async function textOf(state: CatalogState): Promise<string> {
	const writing = new Writing(state);
	const lines: string[] = [];
	const pieces = new Pieces();
	const add = async (name: string, entries: readonly unknown[]) => {
		lines.push(JSON.stringify({ [name]: entries }));
		if (pieces.isOver) await pieces.next();
	};
	for (const part of partsOf(writing.objects)) {
		const known = part.flatMap(({ id }) => state.known.objects.get(id) ?? []);
		await add(
			'objects',
			known.map((object) => writing.rowOf(object)),
		);
	}
	const { format, ...others } = writing.others;
	for (const [name, value] of Object.entries({
		...others,
		...writing.lists,
	})) {
		if (Array.isArray(value)) for (const part of partsOf(value as readonly unknown[])) await add(name, part);
		else lines.push(JSON.stringify({ [name]: value as unknown }));
	}
	return [...lines, JSON.stringify({ format })].join('\n');
}

/** A list in parts; an empty one is one part. */
function* partsOf<T>(entries: readonly T[]): Iterable<readonly T[]> {
	for (let at = 0; at === 0 || at < entries.length; at += entriesInAPart) yield entries.slice(at, at + entriesInAPart);
}

/** What `textOf` made a text of, read with a pause now and then. @throws SyntaxError where it is not such a text */
export async function snapshotIn(text: string): Promise<unknown> {
	const snapshot: Record<string, unknown> = {};
	const pieces = new Pieces();
	for (const line of text.split('\n')) {
		for (const [name, value] of Object.entries(JSON.parse(line) as Record<string, unknown>)) {
			const before = snapshot[name];
			if (Array.isArray(before) && Array.isArray(value)) for (const entry of value as unknown[]) before.push(entry);
			else snapshot[name] = value;
		}
		if (pieces.isOver) await pieces.next();
	}
	return snapshot;
}
