import assert from 'node:assert/strict';
import type { Answer, Ask } from './running';

/** A customer-managed key as the administration answers it. */
export interface CustomerKey {
	id: string;
	key_context: Record<string, string>;
	key_provider: string;
	enabled: boolean;
	created_at: string;
}
/** What is looked at of an object. */
export interface Stored {
	id: string;
	key_id: string;
	value: string;
	metadata: { key_id: string };
}
/** A data key and its sealed form. */
export interface Pair {
	data_key: string;
	encrypted_keys: string;
}

/** Binds a key to an organization. */
export const bind = async (ask: Ask, organization: string, more: object = {}): Promise<CustomerKey> => {
	const body = { key_context: { organization_id: organization }, ...more };
	const answer = await ask<CustomerKey>('POST', '/_local/customer-keys', body);
	assert.equal(answer.status, 201);
	return answer.body;
};
/** Gives a key back, or takes it away. */
export const turn = (ask: Ask, id: string, way: 'enable' | 'disable'): Promise<Answer<CustomerKey>> =>
	ask<CustomerKey>('POST', `/_local/customer-keys/${id}/${way}`);
/** Deletes a key. */
export const destroy = (ask: Ask, id: string): Promise<Answer<Record<string, unknown>>> =>
	ask('DELETE', `/_local/customer-keys/${id}`);
/** Creates an object whose value says its name. */
export const create = async (ask: Ask, name: string, context: Record<string, string>): Promise<Stored> => {
	const draft = { name, value: `value of ${name}`, key_context: context };
	const { status, body } = await ask<Stored>('POST', '/vault/v1/kv', draft);
	assert.equal(status, 201);
	return body;
};
/** Makes a data key. */
export const dataKey = async (ask: Ask, context: Record<string, string>): Promise<Pair> =>
	(await ask<Pair>('POST', '/vault/v1/keys/data-key', { context })).body;
/** What is said where a key is needed. */
export const sentenceOf = (state: 'disabled' | 'deleted'): string => `KMS error: the customer-managed key is ${state}.`;
