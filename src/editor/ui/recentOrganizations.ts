import type { Organization } from '../../vault/model';

/** Organizations that selections were encrypted for in this window, the last used first. */
export class RecentOrganizations {
	#ids: readonly string[] = [];

	get ids(): readonly string[] {
		return this.#ids;
	}

	use(organization: Organization | undefined): void {
		if (organization) this.#ids = [...new Set([organization.id, ...this.#ids])];
	}
}
