import assert from 'node:assert/strict';
import type { ActivityEvent } from '../../src/vault/activity/activityEvent';
import type {
	ActivityRequest,
	CallOptions,
	EventRequest,
	NewObject,
	ObjectRequest,
	PageRequest,
	ValueUpdate,
	VaultApi,
} from '../../src/vault/api';
import { VaultError } from '../../src/vault/errors';
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
} from '../../src/vault/model';
import { ActivityLog } from './activityLog';
import { dataKey, dataKeyId, wrappedFor } from './envelopes';
import { Fates } from './fates';
import { metadataOf, withValue, type KeptObject } from './keptObject';
import { pageOf } from './pageOf';

export type Method = Exclude<keyof VaultApi, 'hasOldValues'>;

/** A vault in memory. Its clock moves with each write. */
export class FakeVault implements VaultApi {
	/** The methods that were called, in order. */
	readonly calls: Method[] = [];
	/** The priorities of the calls, in the same order. */
	readonly priorities: CallOptions['priority'][] = [];
	/** What it was asked to search names for, in order. */
	readonly searches: string[] = [];
	readonly organizations: Organization[] = [];
	/** Whether the next answer to a write has a `version_id`. */
	answersVersionId: () => boolean = () => true;
	/** Whether the next answer to a read or a look at the metadata has a `version_id`. */
	tellsVersionId: () => boolean = () => true;
	hasOldValues = true;
	/** False where the vault refuses `GET /events`. */
	tellsEvents = true;
	/** False where the vault takes `updatedAfter` for nothing. */
	knowsUpdatedAfter = true;
	/** How far its clock moves with each write, in ms. */
	step = 60_000;
	/** Who writes as another client. */
	actor = 'Ann';
	/** What happened, the oldest first. */
	readonly events: VaultEvent[] = [];
	/** What was done with objects, as a test says. */
	readonly activity = new ActivityLog();
	readonly #objects = new Map<string, KeptObject>();
	readonly #fates = new Fates<Method>();
	#count = 0;
	#now = Date.UTC(2026, 0, 1);

	/** The next call of `method` fails; with `applied`, after it took effect: its answer is lost. */
	failNext(method: Method, error: Error | undefined, when: 'before' | 'applied' = 'before'): void {
		this.#fates.plan(method, { error, isApplied: when === 'applied' });
	}

	/** Something happens just before the next call of `method` takes effect, such as another client's write. */
	beforeNext(method: Method, act: () => void): void {
		this.#fates.plan(method, { act });
	}

	/** The answer of the next call of `method` comes when the answered function is called. */
	holdNext(method: Method): () => void {
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#fates.plan(method, { held: promise });
		return resolve;
	}

	count(method: Method): number {
		return this.calls.filter((call) => call === method).length;
	}

	forgetCalls(): void {
		this.calls.length = 0;
		this.priorities.length = 0;
	}

	addOrganizations(...names: string[]): Organization[] {
		const added = names.map((name) => ({ id: `org_${name.toLowerCase().replaceAll(' ', '_')}`, name }));
		this.organizations.push(...added);
		return added;
	}

	/** Keeps an object with its versions, oldest first, as another client would. */
	add(name: string, keyContext: KeyContext = {}, ...values: string[]): ObjectMetadata {
		const kept: KeptObject = { id: this.#nextId('secret'), name, keyContext, versions: [] };
		this.#objects.set(kept.id, kept);
		for (const value of values.length > 0 ? values : [`value of ${name}`]) {
			this.#append(kept, value);
			this.#tell(kept, kept.versions.length === 1 ? 'created' : 'updated');
		}
		return metadataOf(kept);
	}

	/** Publishes as another client would. */
	publish(id: string, value: string): ObjectMetadata {
		const kept = this.#objects.get(id);
		assert.ok(kept);
		this.#append(kept, value);
		this.#tell(kept, 'updated');
		return metadataOf(kept);
	}

	/** Deletes as another client would. */
	erase(id: string): void {
		const kept = this.#objects.get(id);
		assert.ok(kept);
		this.#objects.delete(id);
		this.#now += this.step;
		this.events.push({
			kind: 'deleted',
			id: this.#nextEventId(),
			at: new Date(this.#now),
			name: kept.name,
			by: this.actor,
		});
	}

	/** The values of an object, oldest first, or undefined when there is none. */
	valuesOf(id: string): string[] | undefined {
		return this.#objects.get(id)?.versions.map(({ value }) => value);
	}

	named(name: string): ObjectMetadata | undefined {
		const kept = [...this.#objects.values()].find((object) => object.name === name);
		return kept && metadataOf(kept);
	}

	listOrganizations(page: PageRequest, options?: CallOptions): Promise<Page<Organization>> {
		return this.#call('listOrganizations', options, () => pageOf(this.organizations, page));
	}

	getOrganization(id: string, options?: CallOptions): Promise<Organization> {
		return this.#call('getOrganization', options, () => {
			const found = this.organizations.find((organization) => organization.id === id);
			if (!found) throw new VaultError('notFound');
			return found;
		});
	}

	listObjects(page: ObjectRequest, options?: CallOptions): Promise<Page<ObjectSummary>> {
		return this.#call('listObjects', options, () => {
			const { search = '', updatedAfter } = page;
			if (search !== '') this.searches.push(search);
			const since = (this.knowsUpdatedAfter && updatedAfter) || new Date(0);
			const rows = [...this.#objects.values()]
				.map(metadataOf)
				.filter(({ name, updatedAt }) => name.includes(search) && updatedAt > since);
			return pageOf(
				rows.map(({ id, name, updatedAt }) => ({ id, name, updatedAt })),
				page,
			);
		});
	}

	listEvents(page: EventRequest, options?: CallOptions): Promise<Page<VaultEvent>> {
		return this.#call('listEvents', options, () => {
			const { kinds, order, after, since = new Date(0) } = page;
			if (!this.tellsEvents) throw new VaultError('forbidden', { status: 403 });
			if (after !== undefined && !this.events.some(({ id }) => id === after)) {
				throw new VaultError('rejected', { status: 400 });
			}
			const ordered = order === 'newestFirst' ? this.events.toReversed() : this.events;
			// What the cursor names may be of another kind.
			const rows = ordered.filter(({ id, kind, at }) => (kinds.includes(kind) && at > since) || id === after);
			return pageOf(rows, page);
		});
	}

	listActivity(page: ActivityRequest, options?: CallOptions): Promise<Page<ActivityEvent>> {
		return this.#call('listActivity', options, () => {
			if (!this.tellsEvents) throw new VaultError('forbidden', { status: 403 });
			return this.activity.list(page);
		});
	}

	describeObject(id: string, options?: CallOptions): Promise<ObjectMetadata> {
		return this.#call('describeObject', options, () => this.#told(metadataOf(this.#kept(id))));
	}

	readObject(id: string, options?: CallOptions): Promise<VaultObject> {
		return this.#call('readObject', options, () => this.#told(withValue(this.#kept(id))));
	}

	listVersions(id: string, options?: CallOptions): Promise<readonly ObjectVersion[]> {
		return this.#call('listVersions', options, () =>
			this.#kept(id)
				.versions.map((version, index, { length }) => ({
					id: version.id,
					createdAt: version.at,
					isCurrent: index === length - 1,
					size: version.value.length,
					etag: version.id,
				}))
				.reverse(),
		);
	}

	readVersion(id: string, position: number, options?: CallOptions): Promise<string> {
		return this.#call('readVersion', options, () => {
			const value = this.#kept(id).versions[position - 1]?.value;
			if (!this.hasOldValues || value === undefined) throw new VaultError('noOldValues');
			return value;
		});
	}

	createObject({ name, value, keyContext }: NewObject, options?: CallOptions): Promise<ObjectMetadata> {
		return this.#call('createObject', options, () => {
			if (this.named(name)) throw new VaultError('nameTaken', { status: 409 });
			return this.#answered(this.add(name, keyContext, value));
		});
	}

	updateObject({ id, value, versionCheck }: ValueUpdate, options?: CallOptions): Promise<ObjectMetadata> {
		return this.#call('updateObject', options, () => {
			this.#check(id, versionCheck);
			return this.#answered(this.publish(id, value));
		});
	}

	deleteObject(id: string, versionCheck: string | undefined, options?: CallOptions): Promise<void> {
		return this.#call('deleteObject', options, () => {
			this.#check(id, versionCheck);
			this.erase(id);
		});
	}

	createDataKey(keyContext: KeyContext, options?: CallOptions): Promise<DataKeyPair> {
		return this.#call('createDataKey', options, () => pairFor(keyContext));
	}

	decryptDataKey(_encryptedKeys: string, options?: CallOptions): Promise<DataKey> {
		return this.#call('decryptDataKey', options, () => ({ id: dataKeyId, dataKey }));
	}

	rekeyDataKey(_encryptedKeys: string, keyContext: KeyContext, options?: CallOptions): Promise<DataKeyPair> {
		return this.#call('rekeyDataKey', options, () => pairFor(keyContext));
	}

	async #call<T>(method: Method, options: CallOptions | undefined, run: () => T | Promise<T>): Promise<T> {
		this.calls.push(method);
		this.priorities.push(options?.priority);
		const { act, error, isApplied, held } = this.#fates.next(method);
		options?.signal?.throwIfAborted();
		act?.();
		if (error !== undefined && !isApplied) throw error;
		const result = await run();
		await held;
		options?.signal?.throwIfAborted();
		if (error !== undefined) throw error;
		return result;
	}

	#check(id: string, versionCheck: string | undefined): void {
		const { versions } = this.#kept(id);
		if (versionCheck !== undefined && versions.at(-1)?.id !== versionCheck) {
			throw new VaultError('conflict', { status: 409 });
		}
	}

	#answered(object: ObjectMetadata): ObjectMetadata {
		return this.answersVersionId() ? object : { ...object, versionId: undefined };
	}

	#told<T extends ObjectMetadata>(object: T): T {
		return this.tellsVersionId() ? object : { ...object, versionId: undefined };
	}

	#kept(id: string): KeptObject {
		const kept = this.#objects.get(id);
		if (!kept) throw new VaultError('notFound', { status: 404 });
		return kept;
	}

	#append({ versions }: KeptObject, value: string): void {
		this.#now += this.step;
		versions.push({ id: this.#nextId('version'), value, at: new Date(this.#now) });
	}

	#tell({ name, keyContext }: KeptObject, kind: 'created' | 'updated'): void {
		this.events.push({ kind, id: this.#nextEventId(), at: new Date(this.#now), name, keyContext, by: this.actor });
	}

	#nextEventId(): string {
		return `event_${String(this.events.length).padStart(6, '0')}`;
	}

	#nextId(what: string): string {
		return `${what}_${String(++this.#count).padStart(8, '0')}`;
	}
}

function pairFor(keyContext: KeyContext): DataKeyPair {
	return { id: dataKeyId, dataKey, encryptedKeys: wrappedFor(keyContext), keyContext };
}
