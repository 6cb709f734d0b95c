import { WorkOS, type ObjectMetadata as SdkMetadata, type VaultObject as SdkObject } from '@workos-inc/node';
import type { CallOptions, NewObject, PageRequest, ValueUpdate, VaultApi } from '../vault/api';
import { openEnvelope, parseEnvelope } from '../vault/envelope';
import { hasCode, VaultError, type VaultErrorCode } from '../vault/errors';
import type { Disposable } from '../vault/event';
import type {
	DataKey,
	DataKeyPair,
	KeyContext,
	ObjectMetadata,
	ObjectSummary,
	ObjectVersion,
	Organization,
	Page,
	VaultObject,
} from '../vault/model';
import { Transport, type RequestRecord } from './exchange';
import { Pacing } from './pacing';

const defaultTimeout = 30_000;

/** What a connection is made of. */
export interface ClientOptions {
	readonly apiKey: string;
	/** The vault's address, e.g. `https://api.workos.com`; a path in it is ignored by the SDK. */
	readonly endpoint: string;
	readonly requestsPerMinute: number;
	/** Milliseconds until an answer counts as lost; 30 s by default. */
	readonly timeout?: number;
	readonly onRequest: (record: RequestRecord) => void;
	/** Told while the vault makes everybody wait: until when, then undefined. */
	readonly onPause: (until: Date | undefined) => void;
}

/** `VaultApi` over the WorkOS SDK. */
export class WorkOSVault implements VaultApi {
	readonly #workos: WorkOS;
	readonly #transport: Transport;
	readonly #pacing: Pacing;
	readonly #subscription: Disposable;
	#hasOldValues = true;

	/** @param pacing replaced in tests, which don't wait minutes */
	constructor(
		{ apiKey, endpoint, requestsPerMinute, timeout = defaultTimeout, onRequest, onPause }: ClientOptions,
		pacing = new Pacing(requestsPerMinute),
	) {
		const url = new URL(endpoint);
		this.#pacing = pacing;
		this.#subscription = this.#pacing.onDidPause(onPause);
		this.#transport = new Transport(url.host, onRequest, (limit) => this.#pacing.observe(limit));
		this.#workos = new WorkOS({
			apiKey,
			apiHostname: url.hostname,
			https: url.protocol !== 'http:',
			...(url.port !== '' && { port: Number(url.port) }),
			timeout,
			// One place decides on retries: `pacing.ts`.
			maxRetries: 0,
			fetchFn: this.#transport.fetch,
		});
	}

	async listOrganizations(page: PageRequest, options?: CallOptions): Promise<Page<Organization>> {
		const limit = page.limit ?? 100;
		const answer = await this.#read(
			() => this.#workos.organizations.listOrganizations({ ...definedOf(page), limit }),
			options,
		);
		const items = answer.data.map(({ id, name }) => ({ id, name }));
		return { items, next: nextCursor(answer.listMetadata, items.length, limit) };
	}

	async getOrganization(id: string, options?: CallOptions): Promise<Organization> {
		const { name } = await this.#read(() => this.#workos.organizations.getOrganization(id), options);
		return whole({ id, name });
	}

	async createOrganization(name: string, options?: CallOptions): Promise<Organization> {
		const { id } = await this.#write(
			() => this.#workos.organizations.createOrganization({ name }),
			'conflict',
			options,
		);
		return whole({ id, name });
	}

	async listObjects(page: PageRequest, options?: CallOptions): Promise<Page<ObjectSummary>> {
		const limit = page.limit ?? 100;
		const answer = await this.#read(() => this.#workos.vault.listObjects({ ...definedOf(page), limit }), options);
		const items = answer.data.map(({ id, name, updatedAt }) => ({ id, name, updatedAt: updatedAt ?? undefined }));
		return { items, next: nextCursor(answer.listMetadata, items.length, limit) };
	}

	async describeObject(id: string, options?: CallOptions): Promise<ObjectMetadata> {
		return fromObject(await this.#read(() => this.#workos.vault.describeObject({ id }), options));
	}

	async readObject(id: string, options?: CallOptions): Promise<VaultObject> {
		return withValue(await this.#read(() => this.#workos.vault.readObject({ id }), options));
	}

	async readObjectByName(name: string, options?: CallOptions): Promise<VaultObject> {
		return withValue(await this.#read(() => this.#workos.vault.readObjectByName({ name }), options));
	}

	async listVersions(id: string, options?: CallOptions): Promise<readonly ObjectVersion[]> {
		const versions = await this.#read(() => this.#workos.vault.listObjectVersions({ id }), options);
		return versions.map(({ id, createdAt, currentVersion, size, etag }) => ({
			id,
			createdAt,
			isCurrent: currentVersion,
			size: size ?? 0,
			etag: etag ?? '',
		}));
	}

	async readVersion(id: string, position: number, options?: CallOptions): Promise<string> {
		if (!this.#hasOldValues) throw new VaultError('noOldValues');
		try {
			const query = { id, version: String(position) };
			const { data } = await this.#read(
				() => this.#workos.get<{ value?: unknown }>('/vault/object/version', { query }),
				options,
			);
			if (typeof data?.value === 'string') return data.value;
			throw new VaultError('noOldValues');
		} catch (error) {
			if (!hasCode(error, 'notFound')) throw error;
			// Not yet "the object is gone": where it has such a version, it is the route that this vault doesn't have.
			const versions = await this.listVersions(id, options);
			if (position > versions.length) throw error;
			this.#hasOldValues = false;
			throw new VaultError('noOldValues');
		}
	}

	async createObject({ name, value, keyContext }: NewObject, options?: CallOptions): Promise<ObjectMetadata> {
		const create = () => this.#workos.vault.createObject({ name, value, context: { ...keyContext } });
		return fromMetadata(name, await this.#write(create, 'nameTaken', options));
	}

	async updateObject({ id, value, versionCheck }: ValueUpdate, options?: CallOptions): Promise<ObjectMetadata> {
		const update = () =>
			this.#workos.vault.updateObject({ id, value, ...(versionCheck !== undefined && { versionCheck }) });
		return fromObject(await this.#write(update, 'conflict', options));
	}

	async deleteObject(id: string, versionCheck: string | undefined, options?: CallOptions): Promise<void> {
		const remove = () => this.#workos.vault.deleteObject({ id, ...(versionCheck !== undefined && { versionCheck }) });
		await this.#write(remove, 'conflict', options);
	}

	async createDataKey(keyContext: KeyContext, options?: CallOptions): Promise<DataKeyPair> {
		const create = () => this.#workos.vault.createDataKey({ context: { ...keyContext } });
		const { dataKey, encryptedKeys } = await this.#read(create, options);
		return whole({ id: dataKey.id, dataKey: dataKey.key, encryptedKeys, keyContext });
	}

	async decryptDataKey(encryptedKeys: string, options?: CallOptions): Promise<DataKey> {
		const { id, key } = await this.#read(() => this.#workos.vault.decryptDataKey({ keys: encryptedKeys }), options);
		return whole({ id, dataKey: key });
	}

	async rekeyDataKey(encryptedKeys: string, keyContext: KeyContext, options?: CallOptions): Promise<DataKeyPair> {
		const rekey = () => this.#workos.vault.createRekey({ context: { ...keyContext }, encryptedKeys });
		const { id, dataKey, encryptedKeys: rekeyed } = await this.#read(rekey, options);
		return whole<DataKeyPair>({ id, dataKey, encryptedKeys: rekeyed, keyContext });
	}

	encrypt(plaintext: string, keyContext: KeyContext, options?: CallOptions): Promise<string> {
		return this.#read(() => this.#workos.vault.encrypt(plaintext, { ...keyContext }), options);
	}

	async decrypt(ciphertext: string, options?: CallOptions): Promise<string> {
		const envelope = parseEnvelope(ciphertext);
		if (!envelope) throw new VaultError('notCiphertext');
		// The SDK's own decrypt drops a byte order mark at the start of the plaintext.
		const { dataKey } = await this.decryptDataKey(envelope.encryptedKeys, options);
		return openEnvelope(envelope, dataKey);
	}

	/** Ends the reports of `onPause`. */
	dispose(): void {
		this.#subscription.dispose();
	}

	/** Sends what changes nothing in the vault: sent again by itself when its answer was lost. */
	#read<T>(run: () => Promise<T>, options: CallOptions = {}): Promise<T> {
		const task = () => this.#transport.call(run, options.signal, 'unexpected');
		return this.#pacing.run(task, { ...options, isRead: true });
	}

	#write<T>(run: () => Promise<T>, conflictCode: VaultErrorCode, options: CallOptions = {}): Promise<T> {
		const task = () => this.#transport.call(run, options.signal, conflictCode);
		return this.#pacing.run(task, { ...options, isRead: false });
	}
}

/**
 * The cursor of the next page. The documents say `after`; WorkOS' own live tests page with `before` (sent as `after`),
 * which a full page without an `after` falls back to. See `unseenPages` for where the circle ends.
 */
function nextCursor(
	{ after, before }: { after?: string | null; before?: string | null },
	count: number,
	limit: number,
): string | undefined {
	return after ?? (count >= limit ? before : undefined) ?? undefined;
}

function fromMetadata(name: string, metadata: SdkMetadata): ObjectMetadata {
	return {
		id: metadata.id,
		name,
		keyContext: metadata.context,
		keyId: metadata.keyId,
		environmentId: metadata.environmentId,
		updatedAt: metadata.updatedAt,
		updatedBy: metadata.updatedBy.name,
		versionId: metadata.versionId ?? undefined,
	};
}

function fromObject({ name, metadata }: SdkObject): ObjectMetadata {
	return fromMetadata(name, metadata);
}

/** The SDK hands on what a vault left out as undefined. */
function whole<T extends object>(answer: { readonly [K in keyof T]: T[K] | undefined }): T {
	if (Object.values(answer).includes(undefined)) throw new VaultError('unexpected');
	return answer as T;
}

function withValue(object: SdkObject): VaultObject {
	if (object.value === undefined) throw new VaultError('unexpected');
	return { ...fromObject(object), value: object.value };
}

function definedOf({ after, search }: PageRequest): { after?: string; search?: string } {
	return { ...(after !== undefined && { after }), ...(search !== undefined && { search }) };
}
