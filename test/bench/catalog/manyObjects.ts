import { randomUUID } from 'node:crypto';
import { snapshotOf, type CatalogSnapshot } from '../../../src/vault/catalogSnapshot';
import { CatalogState } from '../../../src/vault/catalogState';
import { contextOf, nameOf, organizationId } from './seeds';

const largeSize = 20_000;
const smallSize = 2_000;
const others = 40;
const people = 12;

interface Part {
	readonly id: string;
	readonly size: number;
}

/** A catalog of so many objects, made of events and lists, as it is kept: a large organization, a small one, and others. */
export function snapshotOfMany(count: number): { snapshot: CatalogSnapshot; large: Part; small: Part } {
	const state = new CatalogState();
	const now = Date.now();
	for (let index = 0; index < count; index++) {
		const isLarge = index < largeSize;
		const organization = isLarge ? 0 : index < largeSize + smallSize ? 1 : 2 + (index % others);
		state.objects.put({
			id: randomUUID(),
			// In no order, as a list that is ordered by time has them.
			name: nameOf((index * 7919) % count),
			keyContext: contextOf(organization, index),
			updatedAt: new Date(now - index * 60_000),
			updatedBy: `Person ${index % people}`,
			versionId: index % 10 === 0 ? randomUUID() : undefined,
		});
	}
	state.organizations = Array.from({ length: 2 + others }, (_, index) => ({
		id: organizationId(index),
		name: `Organization ${index + 1}`,
	}));
	state.listing = undefined;
	state.knownUntil = now;
	const [large, small] = [
		{ id: organizationId(0), size: largeSize },
		{ id: organizationId(1), size: smallSize },
	];
	return { snapshot: snapshotOf(state), large, small };
}
