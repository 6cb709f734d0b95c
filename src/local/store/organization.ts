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

/** What is to be another one in an organization; what is undefined stays. */
export interface OrganizationChange {
	readonly name: string | undefined;
	readonly externalId: string | null | undefined;
	readonly metadata: Readonly<Record<string, string>> | undefined;
	readonly domains: NewOrganization['domains'];
	readonly allowsProfilesOutside: boolean | undefined;
}
