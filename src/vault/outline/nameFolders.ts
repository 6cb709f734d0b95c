import type { KnownObject } from '../model';
import { visitInSteps } from './inSteps';

/** Where names are split: at `/`, and at `:` too where a vault's names use it. */
export type Separators = '/' | '/:';

const address = /^[a-z][a-z0-9+.-]*:\/\//i;

/** What the names of a vault are split at: `:` counts where at least half of them have one and none is a URL. */
export async function separatorsIn(objects: readonly KnownObject[]): Promise<Separators> {
	let count = 0;
	let hasAddress = false;
	await visitInSteps(objects, ({ name }) => {
		if (!name.includes(':')) return;
		count++;
		hasAddress ||= address.test(name);
	});
	return count > 0 && count * 2 >= objects.length && !hasAddress ? '/:' : '/';
}

/**
 * The folder that a name is in, below the one of `prefix`: the beginning of the name up to its next separator, with it.
 * Undefined where it is in none. A separator at an end, or beside another one, is a part of the name: no part is empty.
 */
function folderOf(name: string, prefix: string, separators: Separators): string | undefined {
	for (let at = prefix.length + 1; at < name.length - 1; at++) {
		if (
			isSeparator(name[at], separators) &&
			!isSeparator(name[at - 1], separators) &&
			!isSeparator(name[at + 1], separators)
		)
			return name.slice(0, at + 1);
	}
	return undefined;
}

/** Objects by the folders below `prefix`; those that are in none, or alone in one, stand for themselves. */
export async function intoFolders(
	objects: readonly KnownObject[],
	prefix: string,
	separators: Separators,
): Promise<{ readonly folders: ReadonlyMap<string, readonly KnownObject[]>; readonly others: readonly KnownObject[] }> {
	const folders = new Map<string, KnownObject[]>();
	const others: KnownObject[] = [];
	await visitInSteps(objects, (object) => {
		const folder = folderOf(object.name, prefix, separators);
		if (folder === undefined) others.push(object);
		else addTo(folders, folder, object);
	});
	await visitInSteps([...folders], ([folder, inIt]) => {
		if (inIt.length > 1) return;
		folders.delete(folder);
		others.push(...inIt);
	});
	return { folders, others };
}

/** The innermost of the folders in one another that hold nothing else: `a/b/` for `a/` where all is in `a/b/`. */
export async function innermost(
	folder: string,
	objects: readonly KnownObject[],
	separators: Separators,
): Promise<string> {
	const [first] = objects;
	let common = first?.name ?? '';
	await visitInSteps(objects, ({ name }) => {
		common = name.slice(0, commonLength(common, name));
	});
	for (let inner = folder; ;) {
		const next = first && folderOf(first.name, inner, separators);
		if (next === undefined || next.length > common.length) return inner;
		// What all names go on with after it makes it a folder of all; else each has to be looked at.
		let isAll = true;
		if (next.length === common.length) {
			await visitInSteps(objects, ({ name }) => {
				isAll &&= folderOf(name, inner, separators) === next;
			});
		}
		if (!isAll) return inner;
		inner = next;
	}
}

function commonLength(one: string, other: string): number {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length++;
	return length;
}

/** Adds to the list of a key. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}

function isSeparator(letter: string | undefined, separators: Separators): boolean {
	return letter !== undefined && separators.includes(letter);
}
