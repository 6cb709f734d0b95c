import { randomUUID } from 'node:crypto';
import { ObjectIndex } from '../../../src/vault/catalog/known/objectIndex';
import { CatalogState } from '../../../src/vault/catalog/state';
import { shapeOf } from '../../support/applicationShapes';
import { contextOf, nameOf, organizationId } from './seeds';

const largeSize = 20_000;
const smallSize = 2_000;
const organizations = 300;
const withObjects = 42;
const people = 12;

interface Part {
	readonly id: string;
	readonly size: number;
}

/**
 * A catalog of so many objects, made of events and lists, as it is kept: a large organization, a small one, and what
 * applications keep of their users.
 */
export function stateOfMany(count: number): { state: CatalogState; large: Part; small: Part } {
	const objects = new ObjectIndex();
	const now = Date.now();
	for (let index = 0; index < count; index++) {
		// In no order, as a list that is ordered by time has them.
		const number = (index * 7919) % count;
		const organization = index < largeSize ? 0 : 1;
		const shape =
			index < largeSize + smallSize
				? { name: nameOf(number), keyContext: contextOf(organization, index) }
				: shapeOf(number, organizationId(2 + (number % (withObjects - 2))));
		objects.put({
			id: randomUUID(),
			...shape,
			updatedAt: new Date(now - index * 60_000),
			updatedBy: `Person ${index % people}`,
			versionId: index % 10 === 0 ? randomUUID() : undefined,
		});
	}
	const state = new CatalogState(objects);
	const items = Array.from({ length: organizations }, (_, index) => ({
		id: organizationId(index),
		name: `Organization ${index + 1}`,
	}));
	state.organizations.list({ items, next: undefined });
	state.listing.end(now);
	state.listing.reachTime(now);
	const [large, small] = [
		{ id: organizationId(0), size: largeSize },
		{ id: organizationId(1), size: smallSize },
	];
	return { state, large, small };
}
