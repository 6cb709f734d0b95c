import type { CallOptions, VaultApi } from '../api';
import { readCurrent } from './currentVersion';
import { hasCode, VaultError } from '../errors';
import { Emitter, type Event } from '../event';
import { isSameKeyContext } from '../keyContext';
import { withoutValue, type DraftSnapshot, type KeyContext, type ObjectMetadata, type VaultObject } from '../model';
import { untilAborted } from '../pause';
import { createObject, findByName, publishValue, type Publication } from './writes';

/** How a publish ended; `unchanged` when there was nothing to publish. */
export type PublishResult = Publication | { readonly outcome: 'unchanged' };

/** An edit that is not published yet: of an object from a base version on, or the first value of a new object. */
export class Draft {
	readonly id: string;
	readonly name: string;
	readonly keyContext: KeyContext;
	readonly #changed = new Emitter<void>();
	#objectId: string | undefined;
	#baseVersion: string | undefined;
	#baseAt: Date | undefined;
	#baseValue: string | undefined;
	#text: string;
	#connectionId: string;
	/** Values whose publish has no answer, not yet or never: the vault may hold one of them. */
	readonly #unanswered: Set<string>;
	/** The publish that was asked for last, while it runs or waits for the one before it. */
	#last: { readonly text: string; readonly result: Promise<PublishResult> } | undefined;

	/** Fires when the text or what it is compared with changed. */
	readonly onDidChange: Event<void> = this.#changed.event;

	private constructor(snapshot: DraftSnapshot) {
		this.id = snapshot.id;
		this.name = snapshot.name;
		this.keyContext = snapshot.keyContext;
		this.#connectionId = snapshot.connectionId;
		this.#objectId = snapshot.objectId;
		this.#baseVersion = snapshot.baseVersion;
		this.#baseAt = snapshot.baseAt === undefined ? undefined : new Date(snapshot.baseAt);
		this.#baseValue = snapshot.baseValue;
		this.#text = snapshot.text;
		this.#unanswered = new Set(snapshot.unanswered);
	}

	/** A draft that starts from the current version of an object. */
	static ofObject(connectionId: string, { id, name, keyContext, versionId, updatedAt, value }: VaultObject): Draft {
		const text = { baseValue: value, text: value };
		const base = { objectId: id, baseVersion: versionId, baseAt: updatedAt.getTime(), ...text };
		return new Draft({ id: crypto.randomUUID(), connectionId, name, keyContext, unanswered: [], ...base });
	}

	/** A draft whose first publish creates the object. */
	static ofNewObject(connectionId: string, name: string, keyContext: KeyContext): Draft {
		return new Draft({ id: crypto.randomUUID(), connectionId, name, keyContext, unanswered: [], text: '' });
	}

	/** Goes on with a draft from where its snapshot was taken. */
	static restore(snapshot: DraftSnapshot): Draft {
		return new Draft(snapshot);
	}

	/** All that is needed to go on with this draft. A publish that runs counts as unanswered. */
	snapshot(): DraftSnapshot {
		const { id, connectionId, name, keyContext } = this;
		return {
			id,
			connectionId,
			name,
			keyContext,
			objectId: this.#objectId,
			baseVersion: this.#baseVersion,
			baseAt: this.#baseAt?.getTime(),
			baseValue: this.#baseValue,
			text: this.#text,
			unanswered: [...this.#unanswered],
		};
	}

	/** The connection that it belongs to: it is never published to another vault unless the person moves it. */
	get connectionId(): string {
		return this.#connectionId;
	}

	/** Has the draft belong to another connection, for one that was signed out of. */
	moveTo(connectionId: string): void {
		this.#connectionId = connectionId;
		this.#changed.fire();
	}

	/** The object's id, or undefined until a new object was created. */
	get objectId(): string | undefined {
		return this.#objectId;
	}

	/** When the version was published that the draft goes on from, where that is known. */
	get baseAt(): Date | undefined {
		return this.#baseAt;
	}

	get text(): string {
		return this.#text;
	}

	/** True while the text is not what the vault was last known to hold. */
	get isUnpublished(): boolean {
		return !this.#isBase(this.#text);
	}

	/** True when the vault was last known to hold `value`, and was sent nothing else since. */
	#isBase(value: string): boolean {
		return value === this.#baseValue && [...this.#unanswered].every((sent) => sent === value);
	}

	/** Replaces the text. */
	write(text: string): void {
		if (text === this.#text) return;
		this.#text = text;
		this.#changed.fire();
	}

	/** Goes on from another version, published at `at`, without touching the text: the next publish is checked against it. */
	rebase(version: string | undefined, at = this.#baseAt): void {
		this.#baseVersion = version;
		this.#baseAt = at;
		// What that version holds is not known here: any text may differ from it.
		this.#baseValue = undefined;
		this.#changed.fire();
	}

	/** Takes somebody else's version as what the text is compared with and checked against. */
	acceptBase(theirs: VaultObject): void {
		this.#baseVersion = theirs.versionId;
		this.#baseAt = theirs.updatedAt;
		this.#baseValue = theirs.value;
		this.#changed.fire();
	}

	/**
	 * Publishes the text that there is now, one publish at a time: a second call for the same text shares the answer of
	 * the first, unless that was cancelled, and one for another text waits its turn. What is typed meanwhile stays an
	 * unpublished change on top. On a conflict and on an error the text is what it was.
	 * @throws VaultError as `publishValue` and `createObject` do
	 */
	publish(api: VaultApi, options?: CallOptions): Promise<PublishResult> {
		const text = this.#text;
		const before = this.#last;
		const result = before ? this.#publishAfter(before, api, text, options) : this.#publish(api, text, options);
		const last = (this.#last = { text, result });
		const end = () => {
			if (this.#last === last) this.#last = undefined;
		};
		result.then(end, end);
		return before ? untilAborted(result, options?.signal) : result;
	}

	/** Resolves when no publish runs any more, however it ended. */
	async whenSettled(): Promise<void> {
		await this.#last?.result.catch(() => undefined);
	}

	async #publishAfter(
		before: { readonly text: string; readonly result: Promise<PublishResult> },
		api: VaultApi,
		value: string,
		options: CallOptions | undefined,
	): Promise<PublishResult> {
		try {
			const result = await before.result;
			if (before.text === value) return result;
		} catch (error) {
			// Whoever asked before may have cancelled; this call goes on all the same.
			if (before.text === value && error instanceof VaultError) throw error;
		}
		options?.signal?.throwIfAborted();
		return this.#publish(api, value, options);
	}

	async #publish(api: VaultApi, value: string, options: CallOptions | undefined): Promise<PublishResult> {
		if (this.#isBase(value)) return { outcome: 'unchanged' };
		const isFirst = !this.#unanswered.has(value);
		this.#unanswered.add(value);
		// Whoever keeps the draft has to know what the vault may hold from now on.
		this.#changed.fire();
		let result: Publication;
		try {
			result = await this.#send(api, value, options);
		} catch (error) {
			if (isFirst && error instanceof VaultError && !error.isAnswerLost) this.#unanswered.delete(value);
			// Nothing holds the old text any more.
			if (hasCode(error, 'notFound')) this.#baseValue = undefined;
			this.#changed.fire();
			throw error;
		}
		if (result.outcome === 'published') {
			await this.#settle(api, value, result.current, options);
			return result;
		}
		if (isFirst) this.#unanswered.delete(value);
		const current = await this.#acceptOurs(api, result.theirs, options);
		if (current.isOurs) {
			if (this.#isBase(value)) return { outcome: 'published', current: current.metadata };
			return this.#publish(api, value, options);
		}
		if (this.#objectId === undefined) throw new VaultError('nameTaken', { name: this.name });
		// Checked against an older version than theirs, nothing of ours can take effect any more.
		this.#unanswered.clear();
		// The vault holds theirs: going back to the old text is a change to publish, too.
		this.rebase(this.#baseVersion);
		return { outcome: 'conflict', theirs: current.metadata };
	}

	async #send(api: VaultApi, value: string, options: CallOptions | undefined): Promise<Publication> {
		if (this.#objectId !== undefined) {
			const theirs = this.#baseVersion === undefined && (await this.#findBase(api, this.#objectId, options));
			if (theirs) return { outcome: 'conflict', theirs };
			return publishValue(api, { id: this.#objectId, value, versionCheck: this.#baseVersion }, options);
		}
		try {
			const object = { name: this.name, keyContext: this.keyContext, value };
			return { outcome: 'published', current: await createObject(api, object, options) };
		} catch (error) {
			const theirs = hasCode(error, 'nameTaken') && (await findByName(api, this.name, options));
			if (!theirs) throw error;
			return { outcome: 'conflict', theirs };
		}
	}

	/**
	 * Finds the base of a draft that was kept without its version: nothing is published unchecked. Returns what is in the
	 * way where the vault holds another value than the one that the draft started from.
	 */
	async #findBase(api: VaultApi, id: string, options: CallOptions | undefined): Promise<ObjectMetadata | undefined> {
		const current = await readCurrent(api, id, options);
		if (current.value !== this.#baseValue) return withoutValue(current);
		this.#baseVersion = current.versionId;
		this.#baseAt = current.updatedAt;
		// Whoever keeps the draft has to know it before anything is sent.
		this.#changed.fire();
		return undefined;
	}

	/**
	 * What is in the way now. Where it is an earlier publish of ours whose answer never came, it is the new base: one of
	 * the unanswered values, right on top of the base. Anywhere else somebody restored or repeated that value.
	 */
	async #acceptOurs(
		api: VaultApi,
		theirs: ObjectMetadata,
		options: CallOptions | undefined,
	): Promise<{ readonly metadata: ObjectMetadata; readonly isOurs: boolean }> {
		if (this.#unanswered.size === 0 || !isSameKeyContext(theirs.keyContext, this.keyContext)) {
			return { metadata: theirs, isOurs: false };
		}
		const [newest, before] = await api.listVersions(theirs.id, options);
		const current = await readCurrent(api, theirs.id, options);
		const metadata = withoutValue(current);
		const isOnBase = current.versionId === newest?.id && (before === undefined || before.id === this.#baseVersion);
		if (!isOnBase || !this.#unanswered.has(current.value)) return { metadata, isOurs: false };
		this.#objectId = current.id;
		this.#unanswered.clear();
		this.acceptBase(current);
		return { metadata, isOurs: true };
	}

	async #settle(api: VaultApi, value: string, current: ObjectMetadata, options: CallOptions | undefined) {
		this.#objectId = current.id;
		this.#baseValue = value;
		this.#baseAt = current.updatedAt;
		this.#unanswered.clear();
		if (current.versionId !== undefined) this.#baseVersion = current.versionId;
		else await this.#findVersion(api, value, current.id, options);
		this.#changed.fire();
	}

	/** `version_id` is optional in the live API's answers; the current version is ours only while it holds our value. */
	async #findVersion(api: VaultApi, value: string, id: string, options: CallOptions | undefined) {
		// Until it is found, the next publish has to end in a conflict, which `#isOurs` settles: no version has this id.
		this.#baseVersion ??= crypto.randomUUID();
		this.#unanswered.add(value);
		try {
			const current = await readCurrent(api, id, options);
			if (current.value !== value) return;
			this.#baseVersion = current.versionId;
			this.#baseAt = current.updatedAt;
			this.#unanswered.clear();
		} catch {
			// Whatever keeps us from looking, the value is published.
		}
	}
}
