/** What every value that is sent starts with: an answer that refuses a request must not repeat it. */
export const SENT = 'SENT-VALUE';

/** A route with a request that it would serve. `{object}` stands for the id of an object, and so on. */
export interface Route {
	readonly method: string;
	readonly path: string;
	/** Parameters; one that has to be there comes with a good value. */
	readonly query?: string;
	readonly body?: Readonly<Record<string, unknown>>;
}

const key_context = { team: 'odd' };
const value = `${SENT} 🔑`;
const data = { value };
const data_key = Buffer.alloc(32, 'k').toString('base64');
const get = (path: string, query = ''): Route => ({ method: 'GET', path, query });
const post = (path: string, body: Route['body'] = {}): Route => ({ method: 'POST', path, body });
const paging = 'limit before after';
const object = '/vault/v1/kv/{object}';
const organization = { name: 'Odd', domains: ['odd.example'], domain_data: [], metadata: {}, external_id: '{name}' };
// A route that nobody asks for: a fault that took effect would not be a failure of the server.
const fault = { route: 'GET /_nowhere', times: 1, status: 503, retry_after: 5 };
const customerKey = '/_local/customer-keys/{customerKey}';

/** Everything that Local Vault serves but POST /_local/reset, which would take away what has to be left alone. */
export const everyRoute: readonly Route[] = [
	get('/vault/v1/kv', `${paging} order search updatedAfter updated_after`),
	post('/vault/v1/kv', { name: '{name}', value, key_context }),
	get(object),
	{ method: 'PUT', path: object, body: { value, version_check: null } },
	{ method: 'DELETE', path: object, query: 'version_check' },
	get(`${object}/metadata`),
	get(`${object}/versions`, paging),
	get('/vault/v1/kv/name/{name}'),
	post('/vault/v1/keys/data-key', { context: key_context }),
	post('/vault/v1/keys/decrypt', { keys: '{blob}' }),
	post('/vault/v1/keys/rekey', { context: key_context, encrypted_keys: '{blob}' }),
	get('/organizations', `${paging} order search domains`),
	post('/organizations', organization),
	get('/organizations/{organization}'),
	{ method: 'PUT', path: '/organizations/{organization}', body: organization },
	get('/organizations/external_id/{externalId}'),
	get('/events', `${paging} order events events[] range_start range_end organization_id`),
	post('/vault/key/create-data-key', { key_context }),
	post('/vault/key/encrypt-data', { plaintext: value, data_key }),
	post('/vault/key/decrypt-data', { ciphertext: '{ciphertext}', data_key }),
	post('/vault/key/decrypt-data-key', { encrypted_key: '{blob}' }),
	post('/vault/object/create', { name: '{name}', data, key_context }),
	get('/vault/object/get', 'id={object} key_context'),
	get('/vault/object/get-by-name', 'name={name} key_context'),
	get('/vault/object/list', paging),
	get('/vault/object/metadata', 'id={object}'),
	get('/vault/object/version', 'id={object} version=1'),
	get('/vault/object/versions', 'id={object}'),
	{ method: 'PUT', path: '/vault/object/update', body: { id: '{object}', data, key_context, version: 1 } },
	{ method: 'DELETE', path: '/vault/object/delete', body: { id: '{object}', key_context, version: 1 } },
	get('/_local/state'),
	post('/_local/faults', { ...fault, delay_ms: 1 }),
	get('/_local/faults'),
	{ method: 'DELETE', path: '/_local/faults' },
	post('/_local/organizations', { name: 'Odd' }),
	get('/_local/customer-keys'),
	post('/_local/customer-keys', { key_context: { organization_id: 'org_odd' }, key_provider: 'AWS_KMS' }),
	post(`${customerKey}/enable`),
	post(`${customerKey}/disable`),
	{ method: 'DELETE', path: customerKey },
];
