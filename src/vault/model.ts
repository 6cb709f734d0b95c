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

/** What is known of an object without its value: from its metadata, or from what events and lists tell. */
export interface KnownObject {
	readonly id: string;
	readonly name: string;
	readonly keyContext: KeyContext;
	readonly updatedAt: Date;
	/** Who published the current version, or undefined where only a list told of it. */
	readonly updatedBy: string | undefined;
	/**
	 * The current version, or undefined: events and lists don't tell it, and the vault may leave it out (`version_id` is
	 * optional and nullable).
	 */
	readonly versionId: string | undefined;
}

/** What `GET /vault/v1/kv/{id}/metadata` says of an object. Nothing is decrypted for it. */
export interface ObjectMetadata extends KnownObject {
	readonly keyId: string;
	readonly environmentId: string;
	readonly updatedBy: string;
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
	/** When the base version was published, in ms. */
	readonly baseAt?: number | undefined;
	readonly baseValue?: string | undefined;
	readonly text: string;
	/** Values that the vault may hold, though no answer said so. */
	readonly unanswered: readonly string[];
}

/**
 * What `GET /events` says happened to an object, an organization or a data key (vault-api §4). An object goes by its name, which is
 * unique among those that there are at a time. Never a value.
 */
export type VaultEvent = VaultEventMark &
	(
		| {
				readonly kind: 'created' | 'updated';
				readonly name: string;
				readonly keyContext: KeyContext;
				readonly by: string;
		  }
		| { readonly kind: 'deleted'; readonly name: string; readonly by: string }
		/** Created, or changed. */
		| { readonly kind: 'organization'; readonly organization: Organization }
		| { readonly kind: 'organizationDeleted'; readonly organizationId: string }
		/** A data key was made, or re-encrypted: under which keys, and for which key context. */
		| { readonly kind: 'dataKey'; readonly keyIds: readonly string[]; readonly keyContext: KeyContext }
	);

/** A place in the order of events. Ids of events that were made one after another sort in that order. */
export interface VaultEventMark {
	readonly id: string;
	readonly at: Date;
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
