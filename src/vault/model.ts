/** The pairs that an object is encrypted under; fixed when the object is created. Names ≤ 120, values ≤ 500 characters. */
export type KeyContext = Readonly<Record<string, string>>;

/** A customer or team that objects belong to through their key context. */
export interface Organization {
	readonly id: string;
	readonly name: string;
}

/** A row of the vault's list: all that `GET /vault/v1/kv` says of an object. */
export interface ObjectSummary {
	readonly id: string;
	readonly name: string;
	readonly updatedAt: Date | undefined;
}

/** What `GET /vault/v1/kv/{id}/metadata` says of an object. Nothing is decrypted for it. */
export interface ObjectMetadata {
	readonly id: string;
	readonly name: string;
	readonly keyContext: KeyContext;
	readonly keyId: string;
	readonly environmentId: string;
	readonly updatedAt: Date;
	readonly updatedBy: string;
	/** The current version, or undefined where the vault leaves it out (`version_id` is optional and nullable). */
	readonly versionId: string | undefined;
}

/** An object with its decrypted value. */
export interface VaultObject extends ObjectMetadata {
	readonly value: string;
}

/** A row of `GET /vault/v1/kv/{id}/versions`. */
export interface ObjectVersion {
	readonly id: string;
	readonly createdAt: Date;
	readonly isCurrent: boolean;
	/** Bytes of stored data, as the vault counts them. */
	readonly size: number;
	/** Equal for equal values of one object; an opaque text. */
	readonly etag: string;
}

/** A key for encrypting outside the vault, with the blob that the vault can turn back into it. Both are base64. */
export interface DataKeyPair {
	readonly id: string;
	readonly dataKey: string;
	readonly encryptedKeys: string;
	readonly keyContext: KeyContext;
}

/** A decrypted data key, base64. */
export interface DataKey {
	readonly id: string;
	readonly dataKey: string;
}

/** A draft as plain data, to go on with it later or elsewhere. It holds values: it may be kept encrypted only. */
export interface DraftSnapshot {
	readonly id: string;
	readonly connectionId: string;
	readonly name: string;
	readonly keyContext: KeyContext;
	readonly objectId?: string | undefined;
	readonly baseVersion?: string | undefined;
	readonly baseValue?: string | undefined;
	readonly text: string;
	/** Values that the vault may hold, though no answer said so. */
	readonly unanswered: readonly string[];
}

/** One page of a list, and the cursor of the next one where there may be more. */
export interface Page<T> {
	readonly items: readonly T[];
	readonly next: string | undefined;
}

/** What is known of an object, with its value left behind. */
export function withoutValue({ value: _, ...metadata }: VaultObject): ObjectMetadata {
	return metadata;
}
