import { VaultError } from '../../vault/errors';

/** What a link says: nothing that has to be kept secret. */
export interface LinkedIds {
	readonly environmentId: string;
	readonly id: string;
}

/** A link's parts behind its authority, as whoever made it wrote them. */
export interface LinkAddress {
	readonly path: string;
	readonly query: string;
	readonly fragment: string;
}

const path = '/object';
/** Ids of WorkOS have about 40 letters. */
const isId = /^[\w-]{1,100}$/;

/** The link to an object. @throws VaultError `unexpected` for an id of a form that no link can have */
export function linkOf(origin: string, { environmentId, id }: LinkedIds): string {
	if (!isId.test(environmentId) || !isId.test(id)) throw new VaultError('unexpected');
	return `${origin}${path}?environment=${environmentId}&id=${id}`;
}

/** What a link says; undefined for all that `linkOf` would not have made, in either order of the two. */
export function idsIn(address: LinkAddress): LinkedIds | undefined {
	if (address.path !== path || address.fragment !== '') return undefined;
	const parameters = new URLSearchParams(address.query);
	const [environmentId, id] = [parameters.get('environment') ?? '', parameters.get('id') ?? ''];
	if (parameters.size !== 2 || !isId.test(environmentId) || !isId.test(id)) return undefined;
	return { environmentId, id };
}
