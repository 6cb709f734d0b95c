import type { CallOptions, VaultApi } from '../api';
import { VaultError } from '../errors';
import type { ObjectMetadata, VaultObject } from '../model';

/** How often it is looked again where somebody published between two looks. */
const maxAttempts = 5;

/**
 * An object's current value, with the id of its version for a later check: `version_id` is optional and nullable in the
 * live API's answers (`GET /vault/v1/kv/{id}`).
 * @throws VaultError `conflict` when others publish faster than can be looked, and as the calls do
 */
export function readCurrent(api: VaultApi, id: string, options?: CallOptions): Promise<VaultObject> {
	return identified(api, id, () => api.readObject(id, options), options);
}

/**
 * An object's current metadata, with the id of its version.
 * @throws VaultError as `readCurrent` does
 */
export function describeCurrent(api: VaultApi, id: string, options?: CallOptions): Promise<ObjectMetadata> {
	return identified(api, id, () => api.describeObject(id, options), options);
}

/**
 * Takes an id that an answer leaves out from the list of versions (`GET /vault/v1/kv/{id}/versions`). The list is asked
 * before and after: where the two differ, the answer may be of either version, and a wrong id would pass the check over
 * what somebody else published.
 */
async function identified<T extends ObjectMetadata>(
	api: VaultApi,
	id: string,
	look: () => Promise<T>,
	options: CallOptions | undefined,
): Promise<T> {
	let current = await look();
	for (let attempt = 0; current.versionId === undefined; attempt++) {
		if (attempt === maxAttempts) throw new VaultError('conflict', { name: current.name });
		const before = await newestOf(api, id, options);
		current = await look();
		const versionId = await newestOf(api, id, options);
		if (current.versionId === undefined && versionId === before) current = { ...current, versionId };
	}
	return current;
}

/** @throws VaultError `unexpected` where the vault lists no version of an object that it has */
async function newestOf(api: VaultApi, id: string, options: CallOptions | undefined): Promise<string> {
	const versions = await api.listVersions(id, options);
	const current = versions.find(({ isCurrent }) => isCurrent) ?? versions[0];
	if (!current) throw new VaultError('unexpected');
	return current.id;
}
