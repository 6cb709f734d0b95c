import type { EventRequest, NewObject, ObjectRequest, PageRequest, ValueUpdate } from '../../src/vault/api';
import { VaultError } from '../../src/vault/errors';
import type { KeyContext, ObjectMetadata, ObjectSummary, Organization, Page, VaultEvent } from '../../src/vault/model';

/** A vault serves so many rows a page, whatever it is asked for: few objects make several pages. */
export const mostRows = 3;
const second = 1000;

interface Kept {
	readonly id: string;
	readonly name: string;
	readonly keyContext: KeyContext;
	updatedAt: Date;
	versionId: string;
	/** Where it stands in the list: what changed last comes first. */
	moved: number;
}

type Untold = VaultEvent extends infer E ? (E extends VaultEvent ? Omit<E, 'id' | 'at'> : never) : never;

/** How a vault differs from others. */
export interface Habits {
	readonly tellsEvents: boolean;
	readonly knowsUpdatedAfter: boolean;
	/** False where the cursor of a row that is gone is not known. */
	readonly keepsCursors: boolean;
	/** True where it lets go of old events: then some were told before anybody asked. */
	readonly forgetsEvents: boolean;
}

/**
 * What a vault holds and tells, with a clock that anybody may set and events that come when they come. What it does is done
 * at once: whoever calls it waits before and after.
 */
export class ChangingVault {
	readonly objects = new Map<string, Kept>();
	readonly organizations: Organization[] = [];
	/** In the order in which they were told. */
	readonly events: VaultEvent[] = [];
	/** What happened and is not told yet. */
	readonly untold: VaultEvent[] = [];
	/** How long ago by its clock a change was made when it says so, in ms. */
	eventLag = 0;
	#now = Date.UTC(2026, 0, 1);
	#count = 0;

	constructor(readonly habits: Habits) {
		if (!habits.forgetsEvents) return;
		this.createOrganization('First');
		this.tell(0);
	}

	/** Sets the clock forward, or back. */
	moveClock(ms: number): void {
		this.#now += ms;
	}

	named(name: string): Kept | undefined {
		return [...this.objects.values()].find((object) => object.name === name);
	}

	create({ name, keyContext }: Pick<NewObject, 'name' | 'keyContext'>): ObjectMetadata {
		if (this.named(name)) throw new VaultError('nameTaken');
		const kept = { id: this.#next('id'), name, keyContext, ...this.#change() };
		this.objects.set(kept.id, kept);
		this.#tell({ kind: 'created', name, keyContext, by: 'Ann' });
		return metadataOf(kept);
	}

	update({ id }: Pick<ValueUpdate, 'id'>): ObjectMetadata {
		const kept = this.#kept(id);
		Object.assign(kept, this.#change());
		this.#tell({ kind: 'updated', name: kept.name, keyContext: kept.keyContext, by: 'Ann' });
		return metadataOf(kept);
	}

	delete(id: string): void {
		const { name } = this.#kept(id);
		this.objects.delete(id);
		this.#change();
		this.#tell({ kind: 'deleted', name, by: 'Ann' });
	}

	createOrganization(name: string): Organization {
		const organization = { id: this.#next('org'), name };
		this.organizations.unshift(organization);
		this.#tell({ kind: 'organization', organization });
		return organization;
	}

	renameOrganization(index: number, name: string): void {
		const { id } = this.organizations[index] ?? {};
		if (id === undefined) return;
		const organization = (this.organizations[index] = { id, name });
		this.#tell({ kind: 'organization', organization });
	}

	deleteOrganization(index: number): void {
		const [gone] = this.organizations.splice(index, 1);
		if (gone) this.#tell({ kind: 'organizationDeleted', organizationId: gone.id });
	}

	/** Tells of the nth of what happened; of one object, things are told in their order. */
	tell(index: number): void {
		const chosen = this.untold[index];
		if (!chosen) return;
		const first = this.untold.findIndex((one) => subjectOf(one) === subjectOf(chosen));
		this.events.push(...this.untold.splice(first, 1).map((event) => ({ ...event, id: this.#next('event') })));
	}

	/** Lets go of the oldest events, where it does. */
	forgetEvents(count: number): void {
		if (this.habits.forgetsEvents) this.events.splice(0, count);
	}

	describe(id: string): ObjectMetadata {
		return metadataOf(this.#kept(id));
	}

	listObjects({ after, updatedAfter, search = '' }: ObjectRequest): Page<ObjectSummary> {
		const since = (this.habits.knowsUpdatedAfter && updatedAfter) || new Date(0);
		const rows = [...this.objects.values()]
			.filter(({ name, updatedAt }) => name.includes(search) && updatedAt > since)
			.sort((a, b) => b.moved - a.moved);
		const [at = '', of = ''] = after?.split(' ') ?? [];
		if (after !== undefined && !this.habits.keepsCursors && !this.objects.has(of)) throw new VaultError('rejected');
		const left = after === undefined ? rows : rows.filter(({ moved }) => moved < Number(at));
		const items = left.slice(0, mostRows);
		const last = items.at(-1);
		return {
			items: items.map(({ id, name, updatedAt }) => ({ id, name, updatedAt })),
			next: last && left.length > mostRows ? `${last.moved} ${last.id}` : undefined,
		};
	}

	listEvents({ kinds, order, after }: EventRequest): Page<VaultEvent> {
		if (!this.habits.tellsEvents) throw new VaultError('forbidden');
		const ordered = order === 'newestFirst' ? this.events.toReversed() : this.events;
		const index = after === undefined ? -1 : ordered.findIndex(({ id }) => id === after);
		if (after !== undefined && index < 0) throw new VaultError('rejected');
		const left = ordered.slice(index + 1).filter(({ kind }) => kinds.includes(kind));
		const items = left.slice(0, mostRows);
		return { items, next: left.length > mostRows ? items.at(-1)?.id : undefined };
	}

	listOrganizations({ after }: PageRequest): Page<Organization> {
		const index = after === undefined ? -1 : this.organizations.findIndex(({ id }) => id === after);
		if (after !== undefined && index < 0) throw new VaultError('rejected');
		const left = this.organizations.slice(index + 1);
		const items = left.slice(0, mostRows);
		return { items, next: left.length > mostRows ? items.at(-1)?.id : undefined };
	}

	#kept(id: string): Kept {
		const kept = this.objects.get(id);
		if (!kept) throw new VaultError('notFound');
		return kept;
	}

	#change() {
		this.#now += 3 * second;
		return { updatedAt: new Date(this.#now), versionId: this.#next('version'), moved: ++this.#count };
	}

	#tell(event: Untold): void {
		this.untold.push({ ...event, id: '', at: new Date(this.#now + this.eventLag) });
	}

	#next(what: string): string {
		return `${what}_${String(++this.#count).padStart(6, '0')}`;
	}
}

function metadataOf({ id, name, keyContext, updatedAt, versionId }: Kept): ObjectMetadata {
	return { id, name, keyContext, updatedAt, versionId, updatedBy: 'Ann', keyId: 'key', environmentId: 'environment' };
}

function subjectOf(event: VaultEvent): string {
	if (event.kind === 'organization') return event.organization.id;
	if (event.kind === 'organizationDeleted') return event.organizationId;
	return event.kind === 'dataKey' ? '' : event.name;
}
