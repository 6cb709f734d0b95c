import { WorkOS } from '@workos-inc/node';
import type { ActivityEvent } from '../vault/activity/activityEvent';
import type {
	ActivityRequest,
	CallOptions,
	EventRequest,
	NewObject,
	ObjectRequest,
	PageRequest,
	ValueUpdate,
	VaultApi,
} from '../vault/api';
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
	VaultEvent,
	VaultObject,
} from '../vault/model';
import {
	fromMetadata,
	fromObject,
	nextCursor,
	ofObject,
	pageFrom,
	summaryFrom,
	versionFrom,
	whole,
	withValue,
} from './answers';
import { activityFrom, activityQuery, eventFrom, eventQuery, type EventQuery } from './events';
import { Transport, type RequestRecord } from './exchange';
import { Pacing } from './pacing';

const defaultTimeoutMs = 30_000;

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
	readonly #ended = new AbortController();
	readonly #onPause: (until: Date | undefined) => void;
	#isPaused = false;
	#hasOldValues = true;

	/** @param pacing replaced in tests, which don't wait minutes */
	constructor(
		{ apiKey, endpoint, requestsPerMinute, timeout = defaultTimeoutMs, onRequest, onPause }: ClientOptions,
		pacing = new Pacing(requestsPerMinute),
	) {
		const url = new URL(endpoint);
		this.#pacing = pacing;
		this.#onPause = onPause;
		this.#subscription = this.#pacing.onDidPause((until) => {
			this.#isPaused = until !== undefined;
			onPause(until);
		});
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
		const { after, search } = page;
		const filter = { ...(after !== undefined && { after }), ...(search !== undefined && { search }) };
		const answer = await this.#read(() => this.#workos.organizations.listOrganizations({ ...filter, limit }), options);
		const items = answer.data.map(({ id, name }) => ({ id, name }));
		return { items, next: nextCursor(answer.listMetadata, items.length, limit) };
	}

	async getOrganization(id: string, options?: CallOptions): Promise<Organization> {
		const { name } = await this.#read(() => this.#workos.organizations.getOrganization(id), options);
		return whole({ id, name });
	}

	listObjects(page: ObjectRequest, options?: CallOptions): Promise<Page<ObjectSummary>> {
		const { limit = 100, after, search } = page;
		// The SDK's own list sends the time in a form, and at first under a name, that the API does not document.
		const updatedAfter = page.updatedAfter?.toISOString();
		const query = { limit, order: 'desc', after, search, updatedAfter };
		return this.#read(
			async () => pageFrom((await this.#workos.get('/vault/v1/kv', { query })).data, limit, summaryFrom),
			options,
		);
	}

	listEvents(page: EventRequest, options?: CallOptions): Promise<Page<VaultEvent>> {
		return this.#events(eventQuery(page), eventFrom, options);
	}

	listActivity(page: ActivityRequest, options?: CallOptions): Promise<Page<ActivityEvent>> {
		return this.#events(activityQuery(page), activityFrom, options);
	}

	async describeObject(id: string, options?: CallOptions): Promise<ObjectMetadata> {
		return ofObject(id, fromObject(await this.#read(() => this.#workos.vault.describeObject({ id }), options)));
	}

	async readObject(id: string, options?: CallOptions): Promise<VaultObject> {
		return ofObject(id, withValue(await this.#read(() => this.#workos.vault.readObject({ id }), options)));
	}

	async listVersions(id: string, options?: CallOptions): Promise<readonly ObjectVersion[]> {
		const versions = await this.#read(() => this.#workos.vault.listObjectVersions({ id }), options);
		return versions.map(versionFrom);
	}

	get hasOldValues(): boolean {
		return this.#hasOldValues;
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
		const create = async () =>
			fromMetadata(name, await this.#workos.vault.createObject({ name, value, context: { ...keyContext } }));
		return this.#write(create, 'nameTaken', options);
	}

	async updateObject({ id, value, versionCheck }: ValueUpdate, options?: CallOptions): Promise<ObjectMetadata> {
		const checked = { id, value, ...(versionCheck !== undefined && { versionCheck }) };
		return this.#write(async () => fromObject(await this.#workos.vault.updateObject(checked)), 'conflict', options);
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

	/** Ends everything: calls that run or wait reject with an `AbortError`, and nothing is sent with the key any more. */
	dispose(): void {
		this.#ended.abort();
		this.#pacing.dispose();
		this.#subscription.dispose();
		if (this.#isPaused) this.#onPause(undefined);
	}

	#events<T>(
		query: EventQuery,
		read: (row: object) => T | undefined,
		options: CallOptions | undefined,
	): Promise<Page<T>> {
		return this.#read(
			// The SDK's own list gives up on a page for one event that it can't read.
			async () => pageFrom((await this.#workos.get('/events', { query })).data, query.limit, read),
			options,
		);
	}

	/** Sends what changes nothing in the vault: sent again by itself when its answer was lost. */
	#read<T>(run: () => Promise<T>, options?: CallOptions): Promise<T> {
		return this.#call(run, 'unexpected', options, true);
	}

	/** `run` makes of the answer what is handed on: one that lacks something is as good as lost. */
	#write<T>(run: () => Promise<T>, conflictCode: VaultErrorCode, options?: CallOptions): Promise<T> {
		return this.#call(run, conflictCode, options, false);
	}

	#call<T>(
		run: () => Promise<T>,
		conflictCode: VaultErrorCode,
		options: CallOptions = {},
		isRead: boolean,
	): Promise<T> {
		const signals = [this.#ended.signal, ...(options.signal ? [options.signal] : [])];
		const signal = AbortSignal.any(signals);
		const task = () => this.#transport.call(run, signal, conflictCode);
		return this.#pacing.run(task, { ...options, signal, isRead });
	}
}
