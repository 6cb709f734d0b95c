import type { Database } from './database';
import { numberOfUlid, numberedUlid } from './identifiers';
import type { KeyContext } from './keys/keyContext';
import type { Organization } from './organization';
import { type Page, type PageRequest, readPage } from './page';

/**
 * What can happen in a vault, and what is told of it (vault-api §4): names and key ids, never a value. An
 * organization is told whole, as it was then.
 */
export interface VaultEvents {
	'organization.created': Organization;
	'organization.updated': Organization;
	'organization.deleted': Organization;
	'vault.data.created': { readonly kv_name: string; readonly key_id: string; readonly key_context: KeyContext };
	'vault.data.updated': { readonly kv_name: string; readonly key_id: string; readonly key_context: KeyContext };
	'vault.data.read': { readonly kv_name: string; readonly key_id: string };
	'vault.data.deleted': { readonly kv_name: string };
	'vault.metadata.read': { readonly kv_name: string };
	'vault.names.listed': Readonly<Record<never, never>>;
	'vault.kek.created': { readonly key_name: string; readonly key_id: string };
	'vault.dek.read': { readonly key_ids: readonly string[]; readonly key_context: KeyContext };
	'vault.dek.decrypted': { readonly key_id: string };
	'vault.byok_key.verification_completed': {
		readonly organization_id: string;
		readonly key_provider: KeyProvider;
		readonly verified: boolean;
	};
	'vault.byok_key.deleted': { readonly organization_id: string; readonly key_provider: KeyProvider };
}

/** Where a customer keeps a key. */
export type KeyProvider = 'AWS_KMS' | 'GCP_KMS' | 'AZURE_KEY_VAULT';

// What happens to an organization, or to a customer's key, is not told with who used the API: so it is in the live API.
const eventsWithoutActor = [
	'organization.created',
	'organization.updated',
	'organization.deleted',
	'vault.byok_key.verification_completed',
	'vault.byok_key.deleted',
] as const satisfies readonly (keyof VaultEvents)[];

interface Actor {
	readonly actor_id: string;
	readonly actor_source: 'api';
	readonly actor_name: string;
}

type EventOf<Name extends keyof VaultEvents> = {
	readonly id: string;
	readonly name: Name;
	readonly createdAt: number;
	readonly data: Name extends (typeof eventsWithoutActor)[number] ? VaultEvents[Name] : VaultEvents[Name] & Actor;
};

/** An event as it is listed. Times are milliseconds since 1970. */
export type VaultEvent = { [Name in keyof VaultEvents]: EventOf<Name> }[keyof VaultEvents];

/** Which events a list holds. */
export interface EventFilter {
	readonly names?: readonly string[];
	/** Only those created after this time. */
	readonly after?: number | undefined;
	/** Only those created before this time. */
	readonly before?: number | undefined;
	readonly organization?: string | undefined;
}

interface EventRow {
	readonly position: number;
	readonly name: keyof VaultEvents;
	readonly created_at: number;
	readonly data: string;
}

// Every read writes an event. An index with all of them would make each read dearer: there is one of the others, which is
// used where this condition is spelled as in the index.
const readingEvents: readonly string[] = ['vault.data.read', 'vault.metadata.read', 'vault.names.listed'];
const isChangeSql = `name NOT IN (${readingEvents.map((name) => `'${name}'`).join(', ')})`;

/** What happened in a vault, in the order in which it happened. Each event is written with what it tells of, or not at all. */
export class Events {
	constructor(
		private readonly database: Database,
		private readonly actor: { readonly id: string; readonly name: string },
	) {}

	/**
	 * Notes what happened, in the transaction that is open. The time (a seed's is an older one) never goes back from one
	 * event to the next, so that ids and times sort like what happened, even where a clock was set back.
	 */
	record<Name extends keyof VaultEvents>(
		name: Name,
		data: VaultEvents[Name],
		organization: string | undefined,
		at = Date.now(),
	): void {
		this.database.run(
			`INSERT INTO events (name, organization, data, created_at)
			VALUES (?, ?, ?, max(?, coalesce((SELECT created_at FROM events ORDER BY position DESC LIMIT 1), 0)))`,
			name,
			organization ?? null,
			JSON.stringify(data),
			at,
		);
	}

	/** One page, in the order in which things happened. @throws {Refusal} `malformed` when a cursor is unknown */
	list(request: PageRequest, { names = [], after, before, organization }: EventFilter): Page<VaultEvent> {
		const filters: [string, string | number | undefined][] = [
			['name IN (SELECT value FROM json_each(?))', names.length > 0 ? JSON.stringify(names) : undefined],
			['created_at > ?', after],
			['created_at < ?', before],
			['organization = ?', organization],
		];
		const used = filters.filter((filter): filter is [string, string | number] => filter[1] !== undefined);
		const isOfChanges = names.length > 0 && !names.some((name) => readingEvents.includes(name));
		const page = readPage<EventRow>(
			this.database,
			{
				table: 'events',
				columns: 'name, created_at, data',
				where: [...(isOfChanges ? [isChangeSql] : []), ...used.map(([condition]) => condition)],
				values: used.map(([, value]) => value),
				positionOf: (id) => this.#positionOf(id),
			},
			request,
		);
		return { ...page, data: page.data.map((row) => this.#fromRow(row)) };
	}

	#fromRow(row: EventRow): VaultEvent {
		const { name, created_at: createdAt, data } = row;
		const actor: Actor = { actor_id: this.actor.id, actor_source: 'api', actor_name: this.actor.name };
		const isWithoutActor = eventsWithoutActor.some((one) => one === name);
		const eventData = { ...(isWithoutActor ? {} : actor), ...(JSON.parse(data) as object) };
		return { id: idOf(row), name, createdAt, data: eventData } as VaultEvent;
	}

	#positionOf(id: string): number | undefined {
		const position = numberOfUlid(id.replace(/^event_/, ''));
		const row = this.database.one<EventRow>('SELECT position, created_at FROM events WHERE position = ?', position);
		return row && idOf(row) === id ? row.position : undefined;
	}
}

// Made of what is there anyway: an index of ids would have to be written with every read.
function idOf(row: Pick<EventRow, 'position' | 'created_at'>): string {
	return `event_${numberedUlid(row.created_at, row.position)}`;
}
