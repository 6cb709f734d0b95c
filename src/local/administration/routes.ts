import { Hono } from 'hono';
import * as z from 'zod';
import { isoTime } from '../http/answer';
import { type Environment, readJson, refuseUnknown } from '../http/request';
import { organizationAnswer } from '../live/organizations';
import { body, keyContext, organizationId, organizationName, parse } from '../schema';
import type { CustomerKey } from '../store/keys/customerKeys';
import { CannotStart, Refusal } from '../store/refusal';
import type { Vault } from '../store/vault';
import { faultBody } from './fault';
import type { Faults } from './faults';

/** What the administration tells and works on, beside the vault. */
export interface Administered {
	readonly faults: Faults;
	/** Fills an empty vault with what the server was started with. */
	readonly seed: (vault: Vault) => void;
	/** What the server was started with. */
	readonly settings: Readonly<Record<string, unknown>>;
}

const organizationBody = z.object({ name: organizationName, id: organizationId.optional() }, body);

const providers = ['AWS_KMS', 'GCP_KMS', 'AZURE_KEY_VAULT'] as const;

const customerKeyBody = z.object(
	{
		key_context: keyContext.refine((context) => Object.keys(context).length === 1, 'must have exactly one pair'),
		key_provider: z.enum(providers, { error: `must be one of ${providers.join(', ')}` }).default('AWS_KMS'),
	},
	body,
);

/** The routes under `/_local`: what WorkOS' dashboard or its customers do, and what only a test wants. */
export function administrationRoutes(vault: Vault, { faults, seed, settings }: Administered): Hono<Environment> {
	const { customerKeys, organizations } = vault;
	const state = () => {
		const { deletedObjects, customerKeys: keysOfCustomers, ...counts } = vault.counts();
		return {
			environment_id: vault.environmentId,
			...counts,
			deleted_objects: deletedObjects,
			customer_keys: keysOfCustomers,
			faults: faults.list().length,
			...settings,
		};
	};

	const routes = new Hono<Environment>();

	routes.get('/state', (c) => c.json(state()));

	routes.post('/reset', (c) => {
		try {
			vault.reset(seed);
		} catch (error) {
			if (error instanceof CannotStart) throw new Refusal('invalid', error.message);
			throw error;
		}
		faults.clear();
		return c.json(state());
	});

	routes.get('/faults', (c) => {
		refuseUnknown(c, 'invalid', []);
		return c.json({ data: faults.list() });
	});
	routes.post('/faults', async (c) => c.json(faults.add(parse(faultBody, await readJson(c), 'invalid')), 201));
	routes.delete('/faults', (c) => {
		faults.clear();
		return c.json({ data: [] });
	});

	routes.post('/organizations', async (c) => {
		return c.json(organizationAnswer(organizations.create(parse(organizationBody, await readJson(c), 'invalid'))), 201);
	});

	routes.get('/customer-keys', (c) => {
		refuseUnknown(c, 'invalid', []);
		return c.json({ data: customerKeys.list().map(answered) });
	});
	routes.post('/customer-keys', async (c) => {
		const { key_context: context, key_provider: provider } = parse(customerKeyBody, await readJson(c), 'invalid');
		const [item] = Object.entries(context);
		if (!item) throw new Refusal('invalid', 'The key context has no pair.');
		return c.json(answered(customerKeys.bind(item, provider)), 201);
	});
	routes.post('/customer-keys/:id/enable', (c) => c.json(answered(customerKeys.setEnabled(c.req.param('id'), true))));
	routes.post('/customer-keys/:id/disable', (c) => c.json(answered(customerKeys.setEnabled(c.req.param('id'), false))));
	routes.delete('/customer-keys/:id', (c) => {
		customerKeys.delete(c.req.param('id'));
		return c.json({ id: c.req.param('id'), deleted: true });
	});

	// Answered here, or it would go on to the limit and the faults that are meant for the dialects.
	routes.all('*', () => {
		throw new Refusal('noRoute', 'Local Vault has no such route.');
	});

	return routes;
}

function answered({ id, item: [name, value], provider, isEnabled, createdAt }: CustomerKey): object {
	return {
		id,
		key_context: { [name]: value },
		key_provider: provider,
		enabled: isEnabled,
		created_at: isoTime(createdAt),
	};
}
