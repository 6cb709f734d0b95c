import assert from 'node:assert/strict';
import type { KeyContext, ObjectMetadata, VaultObject } from '../../src/vault/model';

/** An object as the fake vault keeps it: its versions, oldest first. */
export interface KeptObject {
	readonly id: string;
	readonly name: string;
	readonly keyContext: KeyContext;
	readonly versions: { readonly id: string; readonly value: string; readonly at: Date }[];
}

export function metadataOf({ id, name, keyContext, versions }: KeptObject): ObjectMetadata {
	const current = versions.at(-1);
	assert.ok(current);
	const made = { keyId: 'key', environmentId: 'environment', updatedBy: 'a colleague' };
	return { id, name, keyContext, ...made, updatedAt: current.at, versionId: current.id };
}

export function withValue(kept: KeptObject): VaultObject {
	return { ...metadataOf(kept), value: kept.versions.at(-1)?.value ?? '' };
}
