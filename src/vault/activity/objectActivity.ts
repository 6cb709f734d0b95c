import type { CallOptions, VaultApi } from '../api';
import { hasCode } from '../errors';
import { Emitter } from '../event';
import type { ActivityEvent } from './activityEvent';
import { ownEvents } from './ownEvents';
import { slackMs } from './stretch';
import { type Step, Trail } from './trail';

/** The most requests of one press. */
const mostRequests = 5;

/** Which object's activity is asked for. */
export interface ActiveObject {
	readonly name: string;
	/** The organization in its key context. */
	readonly organizationId: string | undefined;
}

/**
 * Who read and who changed an object, as far as the vault's events were looked through. The vault can't be asked for those
 * of one object: its newest reads are asked for when `open` is called, with one request, and all else when a person wants
 * it, with at most five a press. Every method that asks rejects with a `VaultError` or the signal's reason, and keeps what
 * it learnt before that; only a refusal to tell any events is no failure: `refusal` says so.
 */
export class ObjectActivity {
	readonly reads: Trail;
	readonly changes: Trail;
	readonly name: string;
	readonly organizationId: string | undefined;
	readonly #learnt = new Emitter<void>();
	/** Fires whenever something more is known. */
	readonly onDidLearn = this.#learnt.event;
	#createdAt: Date | undefined;
	/** Of how many events of the object's name which ones are its own. */
	#sorted: { readonly of: number; readonly own: readonly ActivityEvent[] } | undefined;
	#keptMs = 0;
	#refusal: 'forbidden' | 'notFound' | undefined;
	#isAsking = false;
	#turn: Promise<unknown> = Promise.resolve();

	/** @param now replaced in tests */
	constructor(
		private readonly api: Pick<VaultApi, 'listActivity'>,
		{ name, organizationId }: ActiveObject,
		private readonly now: () => number = Date.now,
	) {
		this.name = name;
		this.organizationId = organizationId;
		this.reads = new Trail(['read'], this);
		this.changes = new Trail(['created', 'updated', 'deleted'], this);
	}

	/** What is older is of another object of this name, in ms: told by the event of its creation, or by its oldest version. */
	get bornAt(): number | undefined {
		const created = this.own.find(({ kind }) => kind === 'created');
		return created?.at.getTime() ?? (this.#createdAt && this.#createdAt.getTime() - slackMs);
	}

	/** The time of the oldest version, as soon as the versions are known. */
	set createdAt(at: Date) {
		this.#createdAt = at;
		this.#sorted = undefined;
		this.#learnt.fire();
	}

	/** How old an event was, in ms, that the vault told. */
	get keptMs(): number {
		return this.#keptMs;
	}

	/** The events that are known to be this object's, the newest first. */
	get own(): readonly ActivityEvent[] {
		const named = [...this.reads.named, ...this.changes.named];
		if (named.length !== this.#sorted?.of) this.#sorted = { of: named.length, own: ownEvents(named, this.#createdAt) };
		return this.#sorted.own;
	}

	/** The newest read that is known of. */
	get lastRead(): ActivityEvent | undefined {
		return this.own.find(({ kind }) => kind === 'read');
	}

	/** Why the vault tells no events; undefined where it does, or was not asked. */
	get refusal(): 'forbidden' | 'notFound' | undefined {
		return this.#refusal;
	}

	/** True while the vault is asked. */
	get isAsking(): boolean {
		return this.#isAsking;
	}

	/** True where *Look Further Back* may bring more. */
	get hasMore(): boolean {
		return this.reads.hasMore || this.changes.hasMore;
	}

	/** The vault told an event which was so old. */
	noteKept(ms: number): void {
		this.#keptMs = Math.max(this.#keptMs, ms);
	}

	/** Asks for the newest reads, with one request; with none where they were asked for before. */
	open(options?: CallOptions): Promise<void> {
		return this.#inTurn(() => this.#ask(this.reads.isAsked ? [] : [this.reads], { most: 1 }, options));
	}

	/** Asks again for the newest events of the kinds that were asked for before: one request for each, changes first. */
	renew(options?: CallOptions, most = mostRequests): Promise<void> {
		return this.#inTurn(async () => {
			for (const trail of [this.changes, this.reads].filter(({ isAsked }) => isAsked).slice(0, most)) {
				trail.goTo(undefined, this.now());
				await this.#ask([trail], { most: 1 }, options);
			}
		});
	}

	/** Looks further back from where it was looked last, then in gaps: always for the kind that it was looked for less far. At most five requests. */
	lookFurtherBack(options?: CallOptions): Promise<void> {
		return this.#inTurn(() => this.#ask([this.changes, this.reads], { most: mostRequests, mayMove: true }, options));
	}

	/** Looks at the time between two moments, such as a day, from its end on. At most five requests. */
	jumpTo(start: Date, end: Date, options?: CallOptions): Promise<void> {
		return this.#inTurn(() => {
			const now = this.now();
			const trails = [this.changes, this.reads];
			for (const trail of trails) trail.goTo(end.getTime() > now ? undefined : end.getTime(), now);
			return this.#ask(trails, { most: mostRequests, start: start.getTime() }, options);
		});
	}

	async #ask(trails: readonly Trail[], bounds: Bounds, options: CallOptions = {}): Promise<void> {
		for (let count = 0; count < bounds.most; count++) {
			options.signal?.throwIfAborted();
			const due = this.#due(trails, bounds);
			if (!due) return;
			const { trail, step } = due;
			try {
				trail.accept(step, await this.api.listActivity(step.request, options));
				this.#refusal = undefined;
			} catch (error) {
				if (options.signal?.aborted) throw error;
				if (trail.acceptFailure(step, error)) continue;
				if (!hasCode(error, 'forbidden', 'notFound')) throw error;
				this.#refusal = error.code === 'forbidden' ? 'forbidden' : 'notFound';
				return;
			}
			this.#learnt.fire();
		}
	}

	/** What to ask next, of the kind that it was looked for least far. */
	#due(
		trails: readonly Trail[],
		{ start = -Infinity, mayMove = false }: Bounds,
	): { trail: Trail; step: Step } | undefined {
		const waiting = trails.filter(({ back }) => back > start);
		for (const trail of waiting.sort((a, b) => (a.back === b.back ? 0 : b.back - a.back))) {
			const step = trail.next(this.now(), mayMove);
			if (step) return { trail, step };
		}
		return undefined;
	}

	#inTurn(run: () => Promise<void>): Promise<void> {
		const turn = this.#turn.then(async () => {
			this.#isAsking = true;
			this.#learnt.fire();
			try {
				await run();
			} finally {
				this.#isAsking = false;
				this.#learnt.fire();
			}
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}
}

/** How far to look. */
interface Bounds {
	/** The most requests. */
	readonly most: number;
	/** Not further back than this, in ms. */
	readonly start?: number;
	/** Whether it goes on with what was left out, where nothing is left at the place. */
	readonly mayMove?: boolean;
}
