import assert from 'node:assert/strict';
import type { ActivityEvent } from '../../src/vault/activity/activityEvent';
import { activityDays } from '../../src/vault/activity/dayCounts';
import { dayOf } from '../../src/vault/activity/days';
import { ObjectActivity } from '../../src/vault/activity/objectActivity';
import type { Trail } from '../../src/vault/activity/trail';
import type { ActivityRequest, CallOptions } from '../../src/vault/api';
import { VaultError } from '../../src/vault/errors';
import type { Page } from '../../src/vault/model';
import { ActivityLog } from './activityLog';
import { Choice } from './choice';
import { seededRandom } from './seededRandom';

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;
/** A vault serves so many rows a page, whatever it is asked for: few events make many pages. */
const mostRows = 6;
const name = 'token';
const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'];

/** What happened in the runs, so that a test can say that it did. */
export const happened = {
	whole: 0,
	proven: 0,
	useless: 0,
	creation: 0,
	vaultEnd: 0,
	gap: 0,
	cancelled: 0,
	failed: 0,
	all: 0,
};

/** One object's activity in a vault that others use meanwhile, looked through at random, and judged by all that ever was done. */
export class ActivityRun {
	readonly #choice: Choice;
	readonly #log = new ActivityLog();
	readonly #activity: ObjectActivity;
	readonly #timeZone: string;
	readonly #skewMs: number;
	readonly #keptMs: number;
	readonly #bornAt: number;
	readonly #createdAt: Date;
	readonly #organizationId: string | undefined;
	/** How many events there were when the newest ones of a kind were asked for. */
	readonly #there = new Map<Trail, number>();
	readonly steps: string[] = [];
	#now = Date.UTC(2026, 2, 20);
	#failsAt = Infinity;
	#isCreationKnown = false;
	#doesCancel = false;
	#abort: AbortController | undefined;

	constructor(seed: number) {
		const choice = (this.#choice = new Choice(seededRandom(seed)));
		this.#timeZone = choice.of(zones);
		this.#skewMs = choice.of([0, 0, 7 * 60 * second, -7 * 60 * second]);
		this.#keptMs = choice.of([Infinity, 30 * day, 9 * day]);
		const known = choice.of(['none', 'changes', 'all'] as const);
		this.#log.knowsOrganizations = (kind) => known === 'all' || (known === 'changes' && kind !== 'read');
		const organizationId = choice.of([undefined, 'org_one', 'org_two']);
		this.#live(choice.number(40), false, undefined);
		if (choice.once(2)) {
			this.#add('created', name, organizationId);
			this.#live(choice.number(60), true, 'org_of_another');
			// What is older than the creation by less, only the event of a deletion tells apart.
			this.#now += 3 * second;
			this.#add('deleted', name, organizationId);
			this.#now += choice.of([500, hour]);
		}
		this.#bornAt = this.#now;
		this.#add('created', name, organizationId);
		this.#createdAt = new Date(this.#bornAt - choice.number(900));
		this.#live(choice.number(120), true, organizationId);
		this.#activity = new ObjectActivity(
			{ listActivity: (request, options) => this.#list(request, options) },
			{ name, organizationId },
			() => this.#now + this.#skewMs,
		);
		if (choice.once(2)) this.#learnCreation();
		this.#organizationId = organizationId;
	}

	async run(): Promise<void> {
		for (let step = 0; step < 12; step++) {
			this.#live(this.#choice.number(8), true, this.#organizationId);
			this.#wait(hour);
			await this.#step();
			this.#judge();
		}
		this.#learnCreation();
		this.#failsAt = Infinity;
		await this.#press('renew', 2, () => this.#activity.renew());
		for (let press = 0; this.#activity.hasMore; press++) {
			assert.ok(press < 300, 'it comes to an end');
			await this.#press('further', 5, () => this.#activity.lookFurtherBack());
			this.#judge();
		}
		happened.all++;
		const kept = this.#truth().filter(({ at }) => at.getTime() >= this.#log.keptSince);
		const found = new Set(this.#activity.own.map(({ id }) => id));
		const missing = kept.filter(({ id }) => !found.has(id));
		assert.deepEqual(missing, [], 'in the end, all that the vault keeps is known');
	}

	#learnCreation(): void {
		this.#activity.createdAt = this.#createdAt;
		this.#isCreationKnown = true;
	}

	async #step(): Promise<void> {
		const { signal } = (this.#abort = new AbortController());
		this.#failsAt = this.#choice.once(6) ? this.#log.requests.length + this.#choice.number(5) : Infinity;
		this.#doesCancel = this.#choice.once(2);
		const act = this.#choice.of(['open', 'renew', 'further', 'further', 'jump', 'jump', 'born'] as const);
		const isFailure = this.#failsAt < Infinity;
		try {
			if (act === 'open') await this.#press(act, 1, () => this.#activity.open({ signal }));
			if (act === 'renew') await this.#press(act, 2, () => this.#activity.renew({ signal }));
			if (act === 'further') await this.#press(act, 5, () => this.#activity.lookFurtherBack({ signal }));
			if (act === 'born') this.#learnCreation();
			if (act !== 'jump') return;
			const start = this.#now - this.#choice.number(50) * day - this.#choice.number(day);
			const jump = () => this.#activity.jumpTo(new Date(start), new Date(start + day), { signal });
			await this.#press(`jump ${new Date(start).toISOString()}`, 5, jump);
		} catch (error) {
			if (!isFailure || error instanceof assert.AssertionError) throw error;
			happened[this.#doesCancel ? 'cancelled' : 'failed']++;
		}
	}

	async #press(what: string, most: number, act: () => Promise<void>): Promise<void> {
		this.steps.push(what);
		const before = this.#log.requests.length;
		try {
			await act();
		} finally {
			assert.ok(
				this.#log.requests.length - before <= most,
				`${what} made ${this.#log.requests.length - before} requests`,
			);
		}
	}

	async #list(request: ActivityRequest, options: CallOptions = {}): Promise<Page<ActivityEvent>> {
		await Promise.resolve();
		if (this.#log.requests.length === this.#failsAt) {
			this.#failsAt = Infinity;
			if (!this.#doesCancel) throw new VaultError('offline');
			this.#abort?.abort();
		}
		options.signal?.throwIfAborted();
		this.#log.keptSince = this.#now - this.#keptMs;
		const page = this.#log.list({ ...request, limit: mostRows });
		const { until, after, organizationId, kinds } = request;
		const trail = kinds.includes('read') ? this.#activity.reads : this.#activity.changes;
		const isNewest = until === undefined && after === undefined;
		if (isNewest) this.#there.set(trail, this.#log.events.length);
		const of = organizationId ?? 'everybody';
		this.steps.push(
			`  ${kinds.join()} of ${of} ${until?.toISOString() ?? ''} after ${after}: ${page.items.length}, next ${page.next}`,
		);
		this.#now += this.#choice.number(second);
		return page;
	}

	/** What was done with the object and no other one, ever. */
	#truth(): ActivityLog['events'] {
		return this.#log.events.filter((event) => event.name === name && event.at.getTime() >= this.#bornAt);
	}

	#judge(): void {
		const activity = this.#activity;
		const truth = this.#truth();
		const own = new Set(activity.own.map(({ id }) => id));
		const isCreationKnown = this.#isCreationKnown;
		for (const trail of [activity.reads, activity.changes]) {
			const isRead = trail === activity.reads;
			const there = new Set(this.#log.events.slice(0, this.#there.get(trail) ?? 0).map(({ id }) => id));
			const ofKind = truth.filter(({ kind }) => (kind === 'read') === isRead);
			// While one looks, the vault may let go of the object's first minute.
			const isLost = (at: number) => at < Math.min(this.#bornAt + 60 * second, this.#log.keptSince);
			const old = ofKind.filter(({ id, at }) => there.has(id) && !isLost(at.getTime()));
			if (trail.reaches.length > 1) happened.gap++;
			if (trail.isFilterProven === true) happened.proven++;
			if (trail.isFilterProven === false) happened.useless++;
			for (const { back = Infinity, until, end, isNewest } of trail.reaches) {
				if (end) happened[end === 'creation' ? 'creation' : 'vaultEnd']++;
				if (end === 'creation' && !isCreationKnown) continue;
				const all = isNewest && end === 'creation';
				const inside = old.filter(({ at }) => all || (at.getTime() > back && at.getTime() < until));
				const missing = inside.filter(({ id }) => !own.has(id));
				assert.deepEqual(missing, [], 'what is said to be looked through is known');
			}
			if (!isCreationKnown || !this.#choice.once(4)) continue;
			const now = this.#now + this.#skewMs;
			const days = activityDays(activity, {
				timeZone: this.#timeZone,
				last: dayOf(now, this.#timeZone),
				count: 60,
				now,
			});
			for (const one of days) {
				const { count, coverage } = isRead ? one.reads : one.changes;
				if (coverage !== 'whole') continue;
				happened.whole++;
				const isOf = ({ at }: { at: Date }) => dayOf(at.getTime(), this.#timeZone) === one.day;
				const [least, most] = [old.filter(isOf).length, ofKind.filter(isOf).length];
				assert.ok(
					count >= least && count <= most,
					`${one.day}: ${count} for ${least} to ${most} of ${trail === activity.reads ? 'reads' : 'changes'}`,
				);
			}
		}
		if (isCreationKnown) {
			const real = new Set(truth.map(({ id }) => id));
			assert.deepEqual(
				[...own].filter((id) => !real.has(id)),
				[],
				'no event of another object is taken for this one’s',
			);
		}
	}

	/** Lets others use the vault, and the object, where it is there. */
	#live(count: number, isThere: boolean, organizationId: string | undefined): void {
		for (let done = 0; done < count; done++) {
			this.#wait(this.#choice.of([second, hour, day]));
			const kind = this.#choice.of(['read', 'read', 'read', 'updated'] as const);
			const isOurs = isThere && this.#choice.once(4);
			this.#add(
				kind,
				isOurs ? name : 'other',
				isOurs ? organizationId : this.#choice.of([undefined, 'org_one', 'org_two']),
			);
		}
	}

	#add(kind: 'created' | 'read' | 'updated' | 'deleted', of: string, organizationId: string | undefined): void {
		this.#log.add(kind, of, this.#now, organizationId === undefined ? {} : { organizationId });
	}

	#wait(most: number): void {
		this.#now += 1 + this.#choice.number(most);
	}
}
