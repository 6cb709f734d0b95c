import type { KnownObject, ObjectMetadata } from '../../src/vault/model';

/** What a catalog keeps of an object's metadata. */
export function known({ id, name, keyContext, updatedAt, updatedBy, versionId }: ObjectMetadata): KnownObject {
	return { id, name, keyContext, updatedAt, updatedBy, versionId };
}
