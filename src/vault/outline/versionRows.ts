import type { VaultApi } from '../api';
import type { Catalog } from '../catalog/catalog';
import { hasCode } from '../errors';
import type { KnownObject } from '../model';
import type { OutlineNode, VersionNode } from './nodes';

interface VersionList {
	/** The object as it was when its versions were asked for. */
	readonly of: KnownObject;
	nodes?: readonly VersionNode[];
	failure?: unknown;
	loading?: Promise<void>;
}

/** The versions of objects, each list asked for when its object's row is opened, and kept while nobody publishes. */
export class VersionLists {
	readonly #lists = new Map<string, VersionList>();

	constructor(
		private readonly api: VaultApi,
		private readonly catalog: Catalog,
	) {}

	/** The rows under an object's row of the key `key`; a failure is a row. Never rejects. */
	async rows(key: string, object: KnownObject): Promise<OutlineNode[]> {
		let list = this.#lists.get(key);
		if (!list || isChanged(list.of, object)) this.#lists.set(key, (list = { of: object }));
		list.loading ??= this.#load(list, object);
		await list.loading;
		if (list.failure !== undefined) return [{ kind: 'failure', key: `failure:${key}`, of: key, failure: list.failure }];
		return [...(list.nodes ?? [])];
	}

	/** Asks for a list again the next time, or for all of them. */
	forget(key?: string): void {
		if (key === undefined) this.#lists.clear();
		else this.#lists.delete(key);
	}

	async #load(list: VersionList, object: KnownObject): Promise<void> {
		try {
			const versions = await this.api.listVersions(object.id, { priority: 'visible' });
			list.nodes = versions.map((version, index) => ({
				kind: 'version',
				key: `version:${object.id}:${version.id}`,
				object,
				version,
				number: versions.length - index,
			}));
		} catch (error) {
			list.failure = error;
			if (hasCode(error, 'notFound')) this.catalog.remove(object.id);
		}
	}
}

function isChanged(before: KnownObject, now: KnownObject): boolean {
	return before.updatedAt.getTime() !== now.updatedAt.getTime();
}
