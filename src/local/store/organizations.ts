import type { Database } from './database';
import type { Events } from './events';
import { ulid } from './identifiers';
import type { NewOrganization, Organization, OrganizationChange, OrganizationDomain } from './organization';
import { type Page, type PageRequest, readPage } from './page';
import { Refusal } from './refusal';

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

const columns = 'id, name, external_id, metadata, domains, allow_profiles_outside_organization, created_at, updated_at';

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
			if (externalId !== null && this.#has(externalId)) {
				throw new Refusal('externalIdTaken', 'An organization with this external_id exists.');
			}
			if (this.database.one('SELECT 1 FROM organizations WHERE id = ?', organization.id)) {
				throw new Refusal('conflict', 'An organization with this id exists.');
			}
			this.database.run(
				`INSERT INTO organizations (folded_name, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
		const row = this.database.one<OrganizationRow>(`SELECT ${columns} FROM organizations WHERE id = ?`, id);
		if (!row) throw new Refusal('notFound', 'Organization not found.');
		return fromRow(row);
	}

	/** @throws {Refusal} `notFound` */
	getByExternalId(externalId: string): Organization {
		const condition = 'WHERE external_id = ?';
		const row = this.database.one<OrganizationRow>(`SELECT ${columns} FROM organizations ${condition}`, externalId);
		if (!row) throw new Refusal('notFound', 'Organization not found.');
		return fromRow(row);
	}

	/** Changes what is given, and leaves the rest. @throws {Refusal} `notFound`, `externalIdTaken` */
	update(id: string, change: OrganizationChange): Organization {
		return this.database.write(() => {
			const before = this.get(id);
			const at = Math.max(Date.now(), before.updatedAt);
			const { externalId = before.externalId } = change;
			const isTaken = externalId !== null && externalId !== before.externalId && this.#has(externalId);
			if (isTaken) throw new Refusal('externalIdTaken', 'An organization with this external_id exists.');
			const kept = new Map(before.domains.map((domain) => [domain.domain, domain.id]));
			const after: Organization = {
				...before,
				name: change.name ?? before.name,
				externalId,
				metadata: change.metadata ?? before.metadata,
				domains: (change.domains ?? before.domains).map(({ domain, state }) => {
					return { id: kept.get(domain) ?? `org_domain_${ulid(at)}`, domain, state };
				}),
				allowsProfilesOutside: change.allowsProfilesOutside ?? before.allowsProfilesOutside,
				updatedAt: at,
			};
			this.database.run(
				`UPDATE organizations SET folded_name = ?, name = ?, external_id = ?, metadata = ?, domains = ?,
				allow_profiles_outside_organization = ?, updated_at = ? WHERE id = ?`,
				after.name.toLowerCase(),
				after.name,
				externalId,
				JSON.stringify(after.metadata),
				JSON.stringify(after.domains),
				Number(after.allowsProfilesOutside),
				at,
				id,
			);
			this.events.record('organization.updated', after, id, at);
			return after;
		});
	}

	/** Its objects stay: they belong to a key context, not to it. @throws {Refusal} `notFound` */
	delete(id: string): void {
		this.database.write(() => {
			const organization = this.get(id);
			this.database.run('DELETE FROM organizations WHERE id = ?', id);
			this.events.record('organization.deleted', organization, id);
		});
	}

	#has(externalId: string): boolean {
		return this.database.one('SELECT 1 FROM organizations WHERE external_id = ?', externalId) !== undefined;
	}

	/** Those whose name holds `search` and that have one of `domains`. @throws {Refusal} `malformed` */
	list(request: PageRequest, search: string | undefined, domains: readonly string[]): Page<Organization> {
		const bySearch = search !== undefined;
		const byDomain = domains.length > 0;
		const page = readPage<OrganizationRow>(
			this.database,
			{
				table: 'organizations',
				columns: columns,
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
