import type { CallOptions, VaultApi } from '../api';
import { fromBase64, toLatin1 } from './base64';
import type { KeyContext } from '../model';
import { unseenPages } from '../pages';

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;
const pageSize = 100;
const mostPages = 10;

/**
 * The ids of the keys that a data key is wrapped under, as its key blob tells them: the uuids in it but for the data key's
 * own, which comes first. Each once, in lower case; none where the blob tells nothing.
 */
export function keyIdsIn(encryptedKeys: string): readonly string[] {
	const blob = fromBase64(encryptedKeys);
	const [dataKeyId, ...keyIds] = (blob && toLatin1(blob).match(uuid)) ?? [];
	return unique(keyIds).filter((id) => id !== dataKeyId?.toLowerCase());
}

/**
 * The key context of a wrapped data key, from the newest of the vault's last 1,000 data-key events that names the same
 * keys; undefined where none does. Asking writes nothing into the vault's audit trail.
 * @throws VaultError `forbidden`, `notFound` or `rejected` where the vault refuses to tell
 */
export async function findKeyContext(
	api: VaultApi,
	encryptedKeys: string,
	options?: CallOptions,
): Promise<KeyContext | undefined> {
	const wanted = keyIdsIn(encryptedKeys);
	if (wanted.length === 0) return undefined;
	let pagesLeft = mostPages;
	const pages = unseenPages((after) =>
		api.listEvents({ kinds: ['dataKey'], order: 'newestFirst', limit: pageSize, after }, options),
	);
	for await (const { items } of pages) {
		for (const event of items) {
			if (event.kind === 'dataKey' && isSameSet(wanted, unique(event.keyIds))) return event.keyContext;
		}
		if (--pagesLeft === 0) break;
	}
	return undefined;
}

function unique(ids: readonly string[]): readonly string[] {
	return [...new Set(ids.map((id) => id.toLowerCase()))];
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((id) => other.includes(id));
}
