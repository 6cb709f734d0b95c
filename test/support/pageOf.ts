import type { PageRequest } from '../../src/vault/api';
import type { Page } from '../../src/vault/model';

/** A page after the row whose id is the cursor. */
export function pageOf<T extends { readonly id: string }>(
	rows: readonly T[],
	{ limit = 10, after }: PageRequest,
): Page<T> {
	const start = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
	const items = rows.slice(start, start + limit);
	return { items, next: start + limit < rows.length ? items.at(-1)?.id : undefined };
}
