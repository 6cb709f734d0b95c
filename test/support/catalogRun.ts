import assert from 'node:assert/strict';
import type { CallOptions, VaultApi } from '../../src/vault/api';
import { Catalog } from '../../src/vault/catalog/catalog';
import type { CatalogSnapshot } from '../../src/vault/catalog/snapshot';
import { hasCode, VaultError, type VaultErrorCode } from '../../src/vault/errors';
import type { KeyContext, ObjectMetadata } from '../../src/vault/model';
import type { Turns } from '../../src/vault/pause';
import { ChangingVault, mostRows } from './changingVault';
import { seededRandom } from './seededRandom';

const steps = 60;
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const contexts: readonly KeyContext[] = [{}, { organization_id: 'org_1' }, { organization_id: 'org_2', app: 'x' }];
const failures: readonly VaultErrorCode[] = ['rejected', 'unavailable', 'unexpected', 'offline', 'rateLimited'];
const hour = 60 * 60_000;
/** How far apart two times may be, in ms: an event may be made a second late, and may be of the change before. */
const tolerance = 2000;

interface Window {
	readonly label: string;
	catalog: Catalog;
	/** Ends with the window: its calls are answered to nobody. */
	life: AbortController;
	isSaving: boolean;
}

/** As a window does that ends: it waits for nothing else. */
const inOneGo: Turns = { isOver: false, next: () => Promise.resolve() };

/**
 * One vault, which others change, and two windows with a catalog each, over one file: with answers that fail, are slow and
 * late, events that come late, clocks that are set, and windows that end at any await.
 */
export class CatalogRun {
	readonly steps: string[] = [];
	readonly #random: () => number;
	readonly #vault: ChangingVault;
	readonly #windows: Window[];
	/** Calls that wait to arrive, and answers that wait to be given. */
	readonly #waiting: { readonly what: string; go(): void }[] = [];
	#file: string | undefined;
	#isQuiet = false;
	/** How often a cursor of events was of no use, or seemed to be: two in a row are a reason to ask for none for a day. */
	#uselessCursors = 0;
	/** Then cursors may seem to lead back: pages are small here. */
	#wasClockSet = false;
	#clock = 0;
	#latestClock = 0;
	/** What was asked since all is quiet. */
	#asked: string[] = [];

	constructor(
		seed: number,
		private readonly counts: Map<string, number>,
	) {
		this.#random = seededRandom(seed);
		this.#vault = new ChangingVault({
			tellsEvents: this.#chance(0.85),
			knowsUpdatedAfter: this.#chance(0.85),
			keepsCursors: this.#chance(0.7),
			forgetsEvents: this.#chance(0.5),
		});
		this.#windows = ['one', 'two'].map((label) => this.#open(label));
	}

	/** Runs it, and fails where a catalog and the vault don't agree in the end. */
	async run(): Promise<void> {
		const now = Date.now;
		Date.now = () => now() + this.#clock;
		try {
			for (let count = this.#below(6); count > 0; count--) this.#changeVault();
			for (let step = 0; step < steps; step++) {
				await this.#act();
				await settled();
			}
			await this.#calmDown();
			for (const window of this.#windows) await this.#judge(window);
			for (const window of this.#windows) await this.#save(window);
			for (const window of this.#windows) await this.#judge(window);
			for (const window of this.#windows) await this.#judgeCosts(window);
		} finally {
			Date.now = now;
			for (const { catalog } of this.#windows) catalog.dispose();
		}
	}

	async #act(): Promise<void> {
		const waiting = this.#waiting.length;
		if (waiting > 0 && this.#chance(0.55)) {
			const [next] = this.#waiting.splice(this.#below(waiting), 1);
			next?.go();
		} else if (this.#chance(0.35)) this.#changeVault();
		else if (this.#chance(0.4) && this.#vault.untold.length > 0)
			this.#vault.tell(this.#below(this.#vault.untold.length));
		else await this.#useWindow(this.#oneOf(this.#windows));
	}

	#changeVault(): void {
		const vault = this.#vault;
		const objects = [...vault.objects.values()];
		const object = objects.length > 0 ? this.#oneOf(objects) : undefined;
		const kind = this.#random();
		vault.eventLag = this.#below(900);
		if (kind < 0.35 || !object) this.#create('others');
		else if (kind < 0.55) {
			this.#note('others', `update ${object.name} ${object.id}`);
			vault.update(object);
		} else if (kind < 0.7) {
			this.#note('others', `delete ${object.name} ${object.id}`);
			vault.delete(object.id);
		} else if (kind < 0.8) {
			this.#note('others', `recreate ${object.name} ${object.id}`);
			vault.delete(object.id);
			vault.create({ name: object.name, keyContext: this.#oneOf(contexts) });
		} else if (kind < 0.85) vault.createOrganization(`Organization ${this.#below(1000)}`);
		else if (kind < 0.88) vault.renameOrganization(this.#below(5), `Renamed ${this.#below(1000)}`);
		else if (kind < 0.91) vault.deleteOrganization(this.#below(5));
		else if (kind < 0.95) {
			this.#note('vault', 'its clock is set');
			vault.moveClock((this.#random() - 0.7) * hour);
			this.#wasClockSet = true;
		} else if (kind < 0.96) {
			this.#note('vault', 'it forgets events');
			vault.forgetEvents(this.#below(vault.events.length));
		} else {
			this.#note('machine', 'its clock is set');
			this.#clock += (this.#random() - 0.5) * 60 * hour;
			this.#latestClock = Math.max(this.#clock, this.#latestClock);
		}
	}

	#create(by: string): ObjectMetadata | undefined {
		const name = this.#oneOf(names);
		if (this.#vault.named(name)) return undefined;
		this.#note(by, `create ${name}`);
		return this.#vault.create({ name, keyContext: this.#oneOf(contexts) });
	}

	async #useWindow(window: Window): Promise<void> {
		const { catalog, life } = window;
		const kind = this.#random();
		if (kind < 0.3) this.#inBackground(window, 'sync', () => catalog.sync());
		else if (kind < 0.36) this.#inBackground(window, 'refresh', () => catalog.refresh());
		else if (kind < 0.42) this.#inBackground(window, 'list organizations', () => catalog.organizations.load());
		else if (kind < 0.44) catalog.stop();
		else if (kind < 0.6) this.#inBackground(window, 'save', () => this.#save(window));
		else if (kind < 0.75) {
			this.#note(window.label, 'ends, and opens again');
			// What is written is written every now and then: the last of it is mostly not.
			if (this.#chance(0.5)) await this.#save(window, inOneGo);
			life.abort();
			catalog.dispose();
			Object.assign(window, this.#open(window.label));
		} else this.#write(window);
	}

	/** A call of our own, such as an edit's, whose answer the catalog takes in when it comes. */
	#write({ label, catalog, life }: Window): void {
		const objects = [...catalog.objects()];
		const object = objects.length > 0 ? this.#oneOf(objects) : undefined;
		const kind = this.#random();
		const own = async (): Promise<void> => {
			if (kind < 0.3 || !object) {
				const created = await this.#call(`${label} creates`, life.signal, () => this.#create(label));
				if (created) catalog.put(created);
			} else if (kind < 0.5) {
				catalog.put(await this.#call(`${label} updates ${object.id}`, life.signal, () => this.#vault.update(object)));
			} else if (kind < 0.7) {
				await this.#call(`${label} deletes ${object.id}`, life.signal, () => this.#vault.delete(object.id));
				catalog.remove(object.id);
			} else {
				catalog.open(
					await this.#call(`${label} opens ${object.id}`, life.signal, () => this.#vault.describe(object.id)),
				);
			}
		};
		void own().catch(() => undefined);
	}

	#inBackground({ label }: Window, what: string, work: () => Promise<void>): void {
		this.#note(label, what);
		void work().then(
			() => this.#note(label, `${what} is done`),
			(error: unknown) => this.#note(label, `${what} failed: ${String(error)}`),
		);
	}

	/** As the files of catalogs do: takes in what the other window wrote, and writes. */
	async #save(window: Window, turns = this.#turns(window.label)): Promise<void> {
		const { label, catalog, life } = window;
		if (window.isSaving) return;
		window.isSaving = true;
		this.#note(label, 'takes in what is kept, and keeps its own');
		try {
			if (this.#file !== undefined) await catalog.merge(JSON.parse(this.#file) as CatalogSnapshot, turns);
			life.signal.throwIfAborted();
			this.#file = JSON.stringify(catalog.snapshot());
		} finally {
			if (window.life === life) window.isSaving = false;
		}
	}

	/** Lets others have a turn now and then while much is taken in. */
	#turns(label: string): Turns {
		const isPausing = () => !this.#isQuiet && this.#chance(0.2);
		return {
			get isOver() {
				return isPausing();
			},
			next: () => this.#gate(`${label} goes on taking in`),
		};
	}

	#open(label: string): Window {
		const life = new AbortController();
		const kept = this.#file === undefined ? undefined : (JSON.parse(this.#file) as CatalogSnapshot);
		return { label, catalog: new Catalog(this.#api(label, life.signal), kept), life, isSaving: false };
	}

	/** What a window asks of the vault. */
	#api(label: string, life: AbortSignal): VaultApi {
		const asked =
			<Page, Answer>(what: string, answer: (page: Page) => Answer) =>
			(page: Page, options?: CallOptions) =>
				this.#call(
					`${label} ${what} ${JSON.stringify(page)}`,
					AbortSignal.any([life, ...(options?.signal ? [options.signal] : [])]),
					() => answer(page),
				);
		const api: Partial<VaultApi> = {
			listObjects: asked('listObjects', (page) => this.#vault.listObjects(page)),
			listEvents: async (page, options) => {
				const answer = asked('listEvents', () => this.#vault.listEvents(page))(page, options);
				answer.catch((error) => hasCode(error, 'rejected', 'unexpected') && this.#uselessCursors++);
				return answer;
			},
			listOrganizations: asked('listOrganizations', (page) => this.#vault.listOrganizations(page)),
			describeObject: asked('describeObject', (id) => this.#vault.describe(id)),
		};
		return api as VaultApi;
	}

	/** One call: it arrives some time, may fail before or after it took effect, and its answer comes some time. */
	async #call<T>(what: string, signal: AbortSignal, run: () => T): Promise<T> {
		const fails = !this.#isQuiet && this.#chance(0.1);
		const isApplied = this.#chance(0.4);
		await this.#gate(`${what} arrives`);
		signal.throwIfAborted();
		if (fails && !isApplied) throw this.#failure(what);
		const answer = run();
		if (this.#isQuiet) {
			this.#note(what, JSON.stringify(answer));
			this.#asked.push(what);
		}
		await this.#gate(`${what} is answered`);
		signal.throwIfAborted();
		if (fails) throw this.#failure(what);
		return answer;
	}

	#failure(what: string): VaultError {
		const code = this.#oneOf(failures);
		this.#note(what, `fails: ${code}`);
		return new VaultError(code);
	}

	async #gate(what: string): Promise<void> {
		if (this.#isQuiet) return;
		const { promise, resolve } = Promise.withResolvers<void>();
		const go = () => {
			this.#note(what);
			resolve();
		};
		this.#waiting.push({ what, go });
		await promise;
	}

	/** Everything that is under way ends, and everything that happened is told. */
	async #calmDown(): Promise<void> {
		this.#isQuiet = true;
		this.#note('all is quiet');
		while (this.#waiting.length > 0) {
			const [next] = this.#waiting.splice(this.#below(this.#waiting.length), 1);
			next?.go();
			await settled();
		}
		while (this.#vault.untold.length > 0) this.#vault.tell(this.#below(this.#vault.untold.length));
	}

	/** Two quiet syncs, one of which is a whole list; where events come, none has to be. */
	async #judge(window: Window): Promise<void> {
		const { catalog } = window;
		await catalog.sync();
		if (this.#chance(0.5)) {
			await this.#wholeList(window);
			this.#compare(window, 'with a whole list');
			return;
		}
		await catalog.sync();
		const { tellsEvents } = this.#vault.habits;
		const isTold = tellsEvents && catalog.snapshot().refusedEventsAt === undefined;
		const mayRefuse = this.#uselessCursors > 1 || this.#wasClockSet;
		assert.ok(isTold || mayRefuse || !tellsEvents, 'events count as refused');
		if (isTold) {
			this.#count('agreed by events alone');
			this.#compare(window, 'by events alone');
		}
		await this.#wholeList(window);
		this.#compare(window, 'with a whole list after two syncs');
	}

	/** One sync that lists everything, where events don't tell. */
	async #wholeList({ label, catalog }: Window): Promise<void> {
		if (this.#chance(0.5)) {
			// As the tree's button does.
			if (catalog.organizations.isLoaded) await catalog.organizations.reload();
			await catalog.refresh();
			this.#note(label, 'is refreshed');
		} else {
			// A day later by the latest that the clock ever said.
			this.#clock = this.#latestClock + 25 * hour;
			this.#latestClock = this.#clock;
			await catalog.sync();
			this.#note(label, 'is in step a day later');
		}
	}

	/** No more requests than the benchmark allows: one where nothing is new, and one more for each new object. */
	async #judgeCosts(window: Window): Promise<void> {
		const { catalog } = window;
		// What an interrupted scan left to read is read once, also where another window's list made it needless.
		await catalog.refresh();
		await catalog.sync();
		const isTold = this.#vault.habits.tellsEvents && catalog.snapshot().refusedEventsAt === undefined;
		// An empty vault that tells no events is learnt anew each time.
		if (!isTold && this.#vault.objects.size === 0) return;
		const pages = Math.max(1, Math.ceil(this.#vault.objects.size / mostRows));
		const nothing = isTold || this.#vault.habits.knowsUpdatedAfter ? 1 : pages;
		await this.#cost(window, 'a sync with nothing new', nothing, () => catalog.sync());
		// What changed is asked for first, and then the list.
		await this.#cost(window, 'a whole list', nothing + pages, () => catalog.refresh());
		if (!isTold) return;
		this.#count('costs judged by events');
		const [object] = this.#vault.objects.values();
		if (object && !this.#wasClockSet) {
			this.#vault.update(object);
			this.#vault.tell(0);
			await this.#cost(window, 'a sync with an update', 1, () => catalog.sync());
		}
		const name = names.find((one) => !this.#vault.named(one));
		if (name === undefined || this.#wasClockSet) return;
		this.#vault.create({ name, keyContext: {} });
		this.#vault.tell(0);
		await this.#cost(window, 'a sync with a new object', 2, () => catalog.sync());
		this.#compare(window, 'after a new object');
	}

	async #cost({ label }: Window, what: string, most: number, work: () => Promise<void>): Promise<void> {
		this.#asked = [];
		await work();
		const asked = this.#asked;
		assert.ok(
			asked.length <= most,
			`window ${label}: ${what}: ${asked.length} requests, not ${most}: ${asked.join(', ')}`,
		);
	}

	#compare({ label, catalog }: Window, how: string): void {
		const where = `window ${label}, ${how}`;
		assert.equal(catalog.progress.phase, 'complete', where);
		const unreadable = new Set(catalog.unreadable.map(({ id }) => id));
		const known = new Map(Array.from(catalog.objects(), (object) => [object.id, object]));
		assert.equal(catalog.unseenCount, catalog.countUnseen(catalog.objects()), `${where}: a mark is of no object`);
		for (const { id, name, keyContext, updatedAt } of this.#vault.objects.values()) {
			const object = known.get(id);
			if (!object && unreadable.delete(id)) continue;
			assert.ok(object, `${where}: ${name} ${id} is not shown`);
			assert.deepEqual(object.keyContext, keyContext, `${where}: ${name} ${id} has another key context`);
			const apart = Math.abs(object.updatedAt.getTime() - updatedAt.getTime());
			assert.ok(apart <= tolerance, `${where}: ${name} ${id} was changed ${apart} ms apart`);
			known.delete(id);
		}
		assert.deepEqual(
			[...known.values()].map(({ name, id }) => `${name} ${id}`),
			[],
			`${where}: gone, and shown`,
		);
		assert.deepEqual([...unreadable], [], `${where}: gone, and counted as unreadable`);
		const { items, isLoaded, hasMore } = catalog.organizations;
		if (!isLoaded || hasMore) return;
		this.#count('agreed on organizations');
		const sorted = (organizations: readonly { id: string; name: string }[]) =>
			organizations.map(({ id, name }) => `${id} ${name}`).sort();
		assert.deepEqual(sorted(items), sorted(this.#vault.organizations), `${where}: organizations`);
	}

	#note(...what: readonly string[]): void {
		this.steps.push(what.join(': '));
	}

	#count(what: string): void {
		this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
	}

	#chance(share: number): boolean {
		return this.#random() < share;
	}

	#below(count: number): number {
		return Math.floor(this.#random() * count);
	}

	#oneOf<T>(items: readonly T[]): T {
		return items[this.#below(items.length)] as T;
	}
}

/** Resolves when all that can go on has gone on. */
function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
