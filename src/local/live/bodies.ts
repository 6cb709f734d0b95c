import * as z from 'zod';
import { body, charactersOf, keyContext, name, organizationName, text, value } from '../schema';

/** Body of a create. */
export const createBody = z.object({ name, value, key_context: keyContext }, body);

/** Body of an update. */
export const updateBody = z.object({ value, version_check: text.nullish() }, body);

/** Body of a data key's creation. */
export const dataKeyBody = z.object({ context: keyContext }, body);

/** Body of a data key's decryption. */
export const decryptBody = z.object({ keys: text }, body);

/** Body of a data key's re-encryption under another context. */
export const rekeyBody = z.object({ context: keyContext, encrypted_keys: text }, body);

const domain = text.refine((candidate) => /^[^\s\0/@]+\.[^\s\0/@.]+$/.test(candidate), 'must be a domain');

/** Body of an organization's creation. */
export const organizationBody = z.object(
	{
		name: organizationName,
		allow_profiles_outside_organization: z.boolean({ error: 'must be true or false' }).optional(),
		domains: z.array(domain, { error: 'must be a list' }).optional(),
		domain_data: z
			.array(
				z.object({ domain, state: z.enum(['pending', 'verified'], { error: 'must be pending or verified' }) }, body),
				{ error: 'must be a list' },
			)
			.optional(),
		metadata: z
			.record(
				text.refine((key) => charactersOf(key) <= 40, 'must have at most 40 characters'),
				text.refine((entry) => charactersOf(entry) <= 600, 'must have at most 600 characters'),
				{ error: 'must be an object of strings with names of at most 40 characters' },
			)
			.refine((entries) => Object.keys(entries).length <= 50, 'must have at most 50 pairs')
			.nullish(),
		external_id: text
			.refine((id) => /^[ -~]{1,128}$/.test(id), 'must have 1 to 128 printable ASCII characters')
			.nullish(),
	},
	body,
);
