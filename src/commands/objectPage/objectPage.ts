import type { ObjectActivity } from '../../vault/activity/objectActivity';
import type { CallOptions } from '../../vault/api';
import { hasCode } from '../../vault/errors';
import { Emitter, type Disposable, type Event } from '../../vault/event';
import type { KnownObject, ObjectMetadata } from '../../vault/model';
import type { VersionNode } from '../../vault/outline/nodes';
import type { Session } from '../ports';

/** An answer of the vault, as far as it came. `unasked`: nobody asked yet. */
export type Answer<T> =
	| { readonly state: 'unasked' | 'loading' }
	| { readonly state: 'failed'; readonly failure: unknown }
	| { readonly state: 'shown'; readonly value: T };

type AskActivity = (activity: ObjectActivity, options: CallOptions) => Promise<void>;

/**
 * What the page of one object shows: what the catalog knows, which costs nothing, and what three requests add: metadata,
 * versions, and the newest reads of the environment. Never decrypts anything. Where the object changes, all are asked for
 * again.
 */
export class ObjectPage implements Disposable {
	readonly #changed = new Emitter<void>();
	readonly #subscription: Disposable;
	/** Aborted with what is asked for, by closing the page or by asking anew. */
	#asking = new AbortController();
	/** When the object was last changed, as known when the vault was asked; undefined for not asked. */
	#askedOf: Date | undefined;
	#metadata: Answer<ObjectMetadata> = { state: 'unasked' };
	#versions: Answer<readonly VersionNode[]> = { state: 'unasked' };

	#activityAsking = new AbortController();
	#activityFailure: unknown;

	/** Fires when what is shown may have changed. */
	readonly onDidChange: Event<void> = this.#changed.event;

	constructor(
		readonly session: Session,
		private readonly objectId: string,
	) {
		this.#subscription = session.catalog.onDidChange(() => {
			if (this.#askedOf !== undefined && this.#isOutOfDate) void this.askIfOutdated();
			else this.#changed.fire();
		});
	}

	/** The object; undefined where this vault has none of its id, or it is not indexed yet. */
	get object(): KnownObject | undefined {
		return this.session.catalog.get(this.objectId);
	}

	get metadata(): Answer<ObjectMetadata> {
		return this.#metadata;
	}

	/** Newest first. */
	get versions(): Answer<readonly VersionNode[]> {
		return this.#versions;
	}

	/** Who read and changed the object, as far as that was looked for. */
	activityOf(object: KnownObject): ObjectActivity {
		return this.session.activity.of(object);
	}

	/** Why the last look at the events failed; undefined where it did not. */
	get activityFailure(): unknown {
		return this.#activityFailure;
	}

	/** Looks at earlier events. Never rejects. */
	lookFurtherBack(): Promise<void> {
		return this.#askActivity((activity, options) => activity.lookFurtherBack(options));
	}

	/** Looks at what happened since it was looked last: one request for each kind that was asked for. Never rejects. */
	readNewestEvents(): Promise<void> {
		return this.#askActivity((activity, options) => activity.renew(options));
	}

	/** Looks at the events between two moments. Never rejects. */
	jumpTo(start: Date, end: Date): Promise<void> {
		return this.#askActivity((activity, options) => activity.jumpTo(start, end, options));
	}

	/** Gives up looking at events; what was learnt stays. */
	cancelLooking(): void {
		this.#activityAsking.abort();
	}

	/**
	 * Asks for metadata, versions and the newest events of one kind, once while the object stays as it is: three requests.
	 * Never rejects.
	 */
	async askIfOutdated(): Promise<void> {
		if (this.#isOutOfDate) await this.#ask((activity, options) => activity.renew(options, 1));
	}

	/** Asks for all of it once more, as a person wants it: the newest events of each kind that was asked for. Never rejects. */
	async askAgain(): Promise<void> {
		const { object } = this;
		if (object) this.session.outline.forgetVersions(object);
		await this.#ask((activity, options) => activity.renew(options));
	}

	dispose(): void {
		this.#asking.abort();
		this.#activityAsking.abort();
		this.#subscription.dispose();
		this.#changed.dispose();
	}

	get #isOutOfDate(): boolean {
		const { object } = this;
		return object !== undefined && object.updatedAt.getTime() !== this.#askedOf?.getTime();
	}

	async #ask(renew: AskActivity): Promise<void> {
		const { object } = this;
		if (!object) return;
		this.#asking.abort();
		const { signal } = (this.#asking = new AbortController());
		this.#askedOf = object.updatedAt;
		if (this.#metadata.state !== 'shown') this.#metadata = { state: 'loading' };
		if (this.#versions.state !== 'shown') this.#versions = { state: 'loading' };
		this.#changed.fire();
		const asking = this.#askActivity((activity, options) =>
			activity.reads.isAsked ? renew(activity, options) : activity.open(options),
		);
		await Promise.all([this.#describe(signal), this.#list(object, signal), asking]);
		if (signal.aborted || !this.#isListOlder) return;
		// Somebody published between the two answers.
		this.session.outline.forgetVersions(object);
		await this.#list(object, signal);
	}

	/** Whether the list of versions was answered before a publish that metadata tells of. */
	get #isListOlder(): boolean {
		if (this.#metadata.state !== 'shown' || this.#versions.state !== 'shown') return false;
		const { versionId } = this.#metadata.value;
		return versionId !== undefined && !this.#versions.value.some(({ version }) => version.id === versionId);
	}

	async #describe(signal: AbortSignal): Promise<void> {
		const { api, catalog } = this.session;
		try {
			const metadata = await api.describeObject(this.objectId, { priority: 'visible', signal });
			if (signal.aborted) return;
			this.#metadata = { state: 'shown', value: metadata };
			// What it tells of the object is no change that would have to be asked for again.
			this.#askedOf = metadata.updatedAt;
			catalog.put(metadata);
		} catch (failure) {
			if (signal.aborted) return;
			this.#metadata = { state: 'failed', failure };
			if (hasCode(failure, 'notFound')) catalog.remove(this.objectId);
		}
		this.#changed.fire();
	}

	async #list(object: KnownObject, signal: AbortSignal): Promise<void> {
		const { outline } = this.session;
		const rows = await outline.children(outline.objectNode(object));
		if (signal.aborted) return;
		const failed = rows.find((row) => row.kind === 'failure');
		if (failed) this.#versions = { state: 'failed', failure: failed.failure };
		else this.#versions = { state: 'shown', value: rows.filter((row) => row.kind === 'version') };
		this.#noteCreation(object);
		this.#changed.fire();
	}

	/** Events of an earlier object of this name are told from its own by the time of its oldest version. */
	#noteCreation(object: KnownObject): void {
		const oldest = this.#versions.state === 'shown' ? this.#versions.value.at(-1) : undefined;
		if (oldest) this.activityOf(object).createdAt = oldest.version.createdAt;
	}

	async #askActivity(ask: AskActivity): Promise<void> {
		const { object } = this;
		if (!object) return;
		const activity = this.activityOf(object);
		if (this.#activityAsking.signal.aborted) this.#activityAsking = new AbortController();
		const { signal } = this.#activityAsking;
		this.#activityFailure = undefined;
		const learning = activity.onDidLearn(() => this.#changed.fire());
		try {
			await ask(activity, { priority: 'visible', signal });
		} catch (failure) {
			if (!signal.aborted) this.#activityFailure = failure;
		} finally {
			learning.dispose();
		}
		this.#changed.fire();
	}
}
