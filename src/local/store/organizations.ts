import type { Database } from './database';
import type { Events } from './events';
import { ulid } from './identifiers';
import { type Page, type PageRequest, readPage } from './page';
import { Refusal } from './refusal';

/** A domain of an organization. */
export interface OrganizationDomain {
	readonly id: string;
	readonly domain: string;
	readonly state: 'pending' | 'verified';
}

/** An organization. Times are milliseconds since 1970. */
export interface Organization {
	readonly id: string;
	readonly name: string;
	readonly externalId: string | null;
	readonly metadata: Readonly<Record<string, string>>;
	readonly domains: readonly OrganizationDomain[];
	readonly allowsProfilesOutside: boolean;
	readonly createdAt: number;
	readonly updatedAt: number;
}

/** What a new organization is made of. Id and time are given by a seed only. */
export interface NewOrganization {
	readonly name: string;
	readonly externalId?: string | null;
	readonly metadata?: Readonly<Record<string, string>>;
	readonly domains?: readonly Omit<OrganizationDomain, 'id'>[];
	readonly allowsProfilesOutside?: boolean;
	readonly id?: string | undefined;
	readonly at?: number;
}

interface OrganizationRow {
	readonly id: string;
	readonly name: string;
	readonly external_id: string | null;
	readonly metadata: string;
	readonly domains: string;
	readonly allow_profiles_outside_organization: number;
	readonly created_at: number;
	readonly updated_at: number;
}

const COLUMNS = 'id, name, external_id, metadata, domains, allow_profiles_outside_organization, created_at, updated_at';

/** The organizations of a vault, and the events of what is done with them. */
export class Organizations {
	constructor(
		private readonly database: Database,
		private readonly events: Events,
	) {}

	/** @throws {Refusal} `externalIdTaken`; `conflict` when a seed gives an id twice */
	create(draft: NewOrganization): Organization {
		const { externalId = null } = draft;
		return this.database.write(() => {
			// Not before it is our turn to write: what others have written in the meantime came first.
			const at = draft.at ?? Date.now();
			const organization: Organization = {
				id: draft.id ?? `org_${ulid(at)}`,
				name: draft.name,
				externalId,
				metadata: draft.metadata ?? {},
				domains: (draft.domains ?? []).map((domain) => ({ id: `org_domain_${ulid(at)}`, ...domain })),
				allowsProfilesOutside: draft.allowsProfilesOutside ?? false,
				createdAt: at,
				updatedAt: at,
			};
			if (externalId !== null && this.database.one('SELECT 1 FROM organizations WHERE external_id = ?', externalId)) {
				throw new Refusal('externalIdTaken', 'An organization with this external_id exists.');
			}
			if (this.database.one('SELECT 1 FROM organizations WHERE id = ?', organization.id)) {
				throw new Refusal('conflict', 'An organization with this id exists.');
			}
			this.database.run(
				`INSERT INTO organizations (folded_name, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				organization.name.toLowerCase(),
				organization.id,
				organization.name,
				externalId,
				JSON.stringify(organization.metadata),
				JSON.stringify(organization.domains),
				Number(organization.allowsProfilesOutside),
				at,
				at,
			);
			this.events.record('organization.created', organization, organization.id, at);
			return organization;
		});
	}

	/** @throws {Refusal} `notFound` */
	get(id: string): Organization {
		const row = this.database.one<OrganizationRow>(`SELECT ${COLUMNS} FROM organizations WHERE id = ?`, id);
		if (!row) throw new Refusal('notFound', 'Organization not found.');
		return fromRow(row);
	}

	/** Those whose name holds `search` and that have one of `domains`. @throws {Refusal} `malformed` */
	list(request: PageRequest, search: string | undefined, domains: readonly string[]): Page<Organization> {
		const bySearch = search !== undefined;
		const byDomain = domains.length > 0;
		const page = readPage<OrganizationRow>(
			this.database,
			{
				table: 'organizations',
				columns: COLUMNS,
				where: [
					...(bySearch ? ['instr(folded_name, ?) > 0'] : []),
					...(byDomain
						? [
								`EXISTS (SELECT 1 FROM json_each(domains) AS one, json_each(?) AS asked
								WHERE one.value ->> 'domain' = asked.value)`,
							]
						: []),
				],
				values: [...(bySearch ? [search.toLowerCase()] : []), ...(byDomain ? [JSON.stringify(domains)] : [])],
			},
			request,
		);
		return { ...page, data: page.data.map(fromRow) };
	}
}

function fromRow(row: OrganizationRow): Organization {
	return {
		id: row.id,
		name: row.name,
		externalId: row.external_id,
		metadata: JSON.parse(row.metadata) as Record<string, string>,
		domains: JSON.parse(row.domains) as OrganizationDomain[],
		allowsProfilesOutside: row.allow_profiles_outside_organization !== 0,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	};
}
