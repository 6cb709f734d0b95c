/** Organizations that selections were encrypted for in this window, the last used first. */
export class RecentOrganizations {
	#ids: readonly string[] = [];

	get ids(): readonly string[] {
		return this.#ids;
	}

	use(id: string): void {
		this.#ids = [id, ...this.#ids.filter((other) => other !== id)];
	}
}
