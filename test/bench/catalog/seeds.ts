import { randomBytes } from 'node:crypto';
import type { KeyContext } from '../../../src/vault/model';

const organizationCount = 8;
const kinds = ['DATABASE_URL', 'api-client.json', 'production.env', 'signing-key.pem', 'webhook-secret'];

/** The id of the organization of that number. */
export const organizationId = (index: number): string => `org_01K0BENCH${String(index).padStart(17, '0')}`;

/** A name as teams give them; each number has its own. */
export const nameOf = (index: number): string =>
	`services/${String(index).padStart(6, '0')}/${kinds[index % kinds.length]}`;

/** A key context of an organization: most have its id only, some a second pair. */
export function contextOf(organization: number, index: number): KeyContext {
	const organization_id = organizationId(organization);
	if (index % 50 === 0) return { organization_id, user_id: `user_${index}` };
	return index % 4 === 0 ? { organization_id, data_type: 'credentials' } : { organization_id };
}

/** A value that nobody knows. */
export const newValue = (): string => randomBytes(30).toString('base64');

/** A seed for Local Vault: so many objects, evenly in eight organizations. */
export const seedOf = (count: number): unknown => ({
	organizations: Array.from({ length: organizationCount }, (_, index) => ({
		id: organizationId(index),
		name: `Organization ${index + 1}`,
	})),
	objects: Array.from({ length: count }, (_, index) => ({
		name: nameOf(index),
		value: newValue(),
		context: contextOf(index % organizationCount, index),
	})),
});
