import type { KeyContext } from '../../src/vault/model';

const objectsOfAUser = 3;
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const providers = ['anthropic', 'openai', 'google', 'mistral', 'cohere'];

/** An id as WorkOS makes them: the time at the front, so that neighbours begin alike. */
export function idOf(kind: string, index: number): string {
	const digits = Array.from({ length: 16 }, (_, place) => letters[(((index + 1) * 2654435761) >>> (place % 16)) & 31]);
	return `${kind}_01K5ZJ0Q8Y${digits.join('')}`;
}

/** A name and a key context as applications have them; most name a user, and no organization. */
export function shapeOf(
	index: number,
	organizationId: string,
): { readonly name: string; readonly keyContext: KeyContext } {
	const user = idOf('user', Math.floor(index / objectsOfAUser));
	const provider = providers[index % providers.length] ?? '';
	switch (index % 4) {
		case 0:
			return { name: `byok-gateway-${user}-${index}`, keyContext: { userId: user } };
		case 1:
			return { name: `agent/${provider}/${user}/${index}`, keyContext: { user_id: user, data_type: 'oauth' } };
		case 2:
			return { name: `app/${provider}/${index}`, keyContext: { app: 'gateway', kind: 'api-key', provider } };
		default: {
			const name = `${provider}/oauth/${organizationId}/${index}`;
			return { name, keyContext: { organization_id: organizationId, provider } };
		}
	}
}
