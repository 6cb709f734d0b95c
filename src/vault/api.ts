import type { ActivityEvent, ActivityKind } from './activity/activityEvent';
import type {
	DataKey,
	DataKeyPair,
	KeyContext,
	ObjectMetadata,
	ObjectSummary,
	ObjectVersion,
	Organization,
	Page,
	VaultEvent,
	VaultObject,
} from './model';

/** Who waits for a call: a person, what is visible in the tree, or nobody. */
export type Priority = 'person' | 'visible' | 'background';

/** How a call is made. The default priority is `person`. */
export interface CallOptions {
	readonly priority?: Priority | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** Which page of a list. `limit` is 1 to 100. */
export interface PageRequest {
	readonly limit?: number;
	readonly after?: string | undefined;
	/** Filters by name on the server. */
	readonly search?: string | undefined;
}

/** Which objects a list has. */
export interface ObjectRequest extends PageRequest {
	/** Only those that changed after this time. Some vaults ignore it. */
	readonly updatedAfter?: Date | undefined;
}

/** Which events a list has. */
export interface EventRequest extends Omit<PageRequest, 'search'> {
	readonly kinds: readonly VaultEvent['kind'][];
	readonly order: 'newestFirst' | 'oldestFirst';
	/** Only those after this time. */
	readonly since?: Date | undefined;
}

/** Which of what was done with objects a list has, the newest first. */
export interface ActivityRequest extends Omit<PageRequest, 'search'> {
	readonly kinds: readonly ActivityKind[];
	/** Only what was done after this time. */
	readonly since?: Date | undefined;
	/** Only what was done before this time. */
	readonly until?: Date | undefined;
	/**
	 * Only what the vault itself puts down to this organization. What is not in such a list may have been done all the same:
	 * an event of a read names no organization.
	 */
	readonly organizationId?: string | undefined;
}

/** What a new object is made of. */
export interface NewObject {
	readonly name: string;
	readonly value: string;
	readonly keyContext: KeyContext;
}

/** A new value for an object, published only while `versionCheck` (a version id) is its current version. */
export interface ValueUpdate {
	readonly id: string;
	readonly value: string;
	readonly versionCheck: string | undefined;
}

/**
 * Everything that the extension asks of a vault. Every method rejects with a `VaultError`, or with the signal's reason
 * when it was cancelled. No method retries a write whose answer was lost: see `writes.ts`.
 */
export interface VaultApi {
	listOrganizations(page: PageRequest, options?: CallOptions): Promise<Page<Organization>>;
	getOrganization(id: string, options?: CallOptions): Promise<Organization>;

	/** Lists names only; never decrypts. The vault's audit trail gets one `vault.names.listed` a call. */
	listObjects(page: ObjectRequest, options?: CallOptions): Promise<Page<ObjectSummary>>;
	/**
	 * What happened in the vault. Asking writes nothing into its audit trail.
	 * @throws VaultError `forbidden`, `notFound` or `rejected` where the vault refuses to tell, or knows no such cursor
	 */
	listEvents(page: EventRequest, options?: CallOptions): Promise<Page<VaultEvent>>;
	/**
	 * What was done with all objects, the newest first: the vault can't be asked for those of one object. Asking writes
	 * nothing into its audit trail.
	 * @throws VaultError as `listEvents`
	 */
	listActivity(page: ActivityRequest, options?: CallOptions): Promise<Page<ActivityEvent>>;
	/** Never decrypts. */
	describeObject(id: string, options?: CallOptions): Promise<ObjectMetadata>;
	/** Decrypts: the vault logs a read. */
	readObject(id: string, options?: CallOptions): Promise<VaultObject>;
	/** Newest first. */
	listVersions(id: string, options?: CallOptions): Promise<readonly ObjectVersion[]>;
	/** Whether the vault hands out the values of older versions: true until `readVersion` taught that it does not. */
	readonly hasOldValues: boolean;
	/**
	 * The value of an older version.
	 * @param position 1 is the oldest version in the vault's list
	 * @throws VaultError `noOldValues` where the vault has no route for it (the live API has none)
	 */
	readVersion(id: string, position: number, options?: CallOptions): Promise<string>;
	/** @throws VaultError `nameTaken` */
	createObject(object: NewObject, options?: CallOptions): Promise<ObjectMetadata>;
	/** @throws VaultError `conflict` when `versionCheck` is not the current version any more */
	updateObject(update: ValueUpdate, options?: CallOptions): Promise<ObjectMetadata>;
	/** @throws VaultError `conflict` when `versionCheck` is not the current version any more */
	deleteObject(id: string, versionCheck: string | undefined, options?: CallOptions): Promise<void>;

	createDataKey(keyContext: KeyContext, options?: CallOptions): Promise<DataKeyPair>;
	decryptDataKey(encryptedKeys: string, options?: CallOptions): Promise<DataKey>;
	rekeyDataKey(encryptedKeys: string, keyContext: KeyContext, options?: CallOptions): Promise<DataKeyPair>;
}
