import { randomUUID } from 'node:crypto';
import { CatalogState } from '../../../src/vault/catalogState';
import type { KeyContext } from '../../../src/vault/model';
import { contextOf, nameOf, organizationId } from './seeds';

const largeSize = 20_000;
const smallSize = 2_000;
const organizations = 300;
const withObjects = 42;
const people = 12;
const objectsOfAUser = 3;
const providers = ['anthropic', 'openai', 'google', 'mistral', 'cohere'];

interface Part {
	readonly id: string;
	readonly size: number;
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** An id as WorkOS makes them: the time at the front, so that neighbours begin alike. */
const idOf = (kind: string, index: number) =>
	`${kind}_01K5ZJ0Q8Y${Array.from({ length: 16 }, (_, place) => letters[((index + 1) * (place + 7) * 31) % 32]).join('')}`;

/** Names and key contexts as applications have them: most name a user, and no organization. */
function shapeOf(index: number): { readonly name: string; readonly keyContext: KeyContext } {
	const user = Math.floor(index / objectsOfAUser);
	const provider = providers[index % providers.length] ?? '';
	switch (index % 4) {
		case 0:
			return { name: `byok-gateway-${idOf('user', user)}-${index}`, keyContext: { userId: idOf('user', user) } };
		case 1:
			return {
				name: `agent/${provider}/${idOf('user', user)}/${index}`,
				keyContext: { user_id: idOf('user', user), data_type: 'oauth' },
			};
		case 2:
			return { name: `app/${provider}/${index}`, keyContext: { app: 'gateway', kind: 'api-key', provider } };
		default: {
			const organization = 2 + (index % (withObjects - 2));
			const name = `${provider}/oauth/${organizationId(organization)}/${index}`;
			return { name, keyContext: { organization_id: organizationId(organization), provider } };
		}
	}
}

/**
 * A catalog of so many objects, made of events and lists, as it is kept: a large organization, a small one, and what
 * applications keep of their users.
 */
export function stateOfMany(count: number): { state: CatalogState; large: Part; small: Part } {
	const state = new CatalogState();
	const now = Date.now();
	for (let index = 0; index < count; index++) {
		// In no order, as a list that is ordered by time has them.
		const number = (index * 7919) % count;
		const organization = index < largeSize ? 0 : 1;
		const shape =
			index < largeSize + smallSize
				? { name: nameOf(number), keyContext: contextOf(organization, index) }
				: shapeOf(number);
		state.objects.put({
			id: randomUUID(),
			...shape,
			updatedAt: new Date(now - index * 60_000),
			updatedBy: `Person ${index % people}`,
			versionId: index % 10 === 0 ? randomUUID() : undefined,
		});
	}
	state.organizations = Array.from({ length: organizations }, (_, index) => ({
		id: organizationId(index),
		name: `Organization ${index + 1}`,
	}));
	state.listing = undefined;
	state.knownUntil = now;
	const [large, small] = [
		{ id: organizationId(0), size: largeSize },
		{ id: organizationId(1), size: smallSize },
	];
	return { state, large, small };
}
