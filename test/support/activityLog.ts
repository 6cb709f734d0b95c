import type { ActivityRequest } from '../../src/vault/api';
import type { ActivityEvent, ActivityKind, Actor } from '../../src/vault/activity/activityEvent';
import { VaultError } from '../../src/vault/errors';
import type { Page } from '../../src/vault/model';

/** An event, with the organization that the log puts it down to. */
interface Logged extends ActivityEvent {
	readonly organizationId: string | undefined;
}

/** Of which kinds an event is put down to its object's organization. */
export type KnowsOrganizations = (kind: ActivityKind) => boolean;

/** What a vault tells of what was done with its objects. */
export class ActivityLog {
	/** The requests that it was asked, in order. */
	readonly requests: ActivityRequest[] = [];
	/** Everything that was ever done, the oldest first. */
	readonly events: Logged[] = [];
	/** Older events than this are not told any more. */
	keptSince = -Infinity;
	knowsOrganizations: KnowsOrganizations = () => false;
	#count = 0;

	/** Notes that something was done, later than all that is in the log. */
	add(
		kind: ActivityKind,
		name: string,
		at: number,
		{ by = {}, organizationId }: { by?: Partial<Actor>; organizationId?: string } = {},
	): ActivityEvent {
		const id = `event_${String(++this.#count).padStart(8, '0')}`;
		const actor = { id: 'key_1', name: 'Ann', source: 'api' as const, ...by };
		const event = { kind, id, at: new Date(at), name, by: actor, organizationId };
		this.events.push(event);
		return event;
	}

	/** @throws VaultError `rejected` for a cursor of an event that is not kept */
	list(request: ActivityRequest): Page<ActivityEvent> {
		this.requests.push(request);
		const { kinds, since, until, after, organizationId, limit = 100 } = request;
		const items: ActivityEvent[] = [];
		let isAfter = after === undefined;
		for (let index = this.events.length - 1; index >= 0; index--) {
			const { organizationId: organization, ...event } = this.events[index] as Logged;
			if (event.at.getTime() < this.keptSince) break;
			if (!isAfter) {
				isAfter = event.id === after;
				continue;
			}
			const isOfOrganization = organization === organizationId && this.knowsOrganizations(event.kind);
			if (organizationId !== undefined && !isOfOrganization) continue;
			if (!kinds.includes(event.kind) || (since && event.at <= since) || (until && event.at >= until)) continue;
			if (items.length === limit) return { items, next: items.at(-1)?.id };
			items.push(event);
		}
		if (!isAfter) throw new VaultError('rejected', { status: 400 });
		return { items, next: undefined };
	}
}
