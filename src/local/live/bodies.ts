import * as z from 'zod';
import { body, hasAtMost, keyContext, name, organizationName, text, value } from '../schema';

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

const maxDomains = 100;
const maxMetadataPairs = 50;

// Counted before anything in it is looked at: a body of some MiB could hold millions of wrong entries.
const domains = <Item extends z.ZodType>(item: Item) =>
	z
		.array(z.unknown(), { error: 'must be a list' })
		.max(maxDomains, `must have at most ${maxDomains} entries`)
		.pipe(z.array(item))
		.optional();

const metadata = z
	.custom<object>(
		(raw) => typeof raw !== 'object' || raw === null || Object.keys(raw).length <= maxMetadataPairs,
		`must have at most ${maxMetadataPairs} pairs`,
	)
	.pipe(
		z.record(
			text.refine((key) => hasAtMost(40, key), 'must have at most 40 characters'),
			text.refine((entry) => hasAtMost(600, entry), 'must have at most 600 characters'),
			{ error: 'must be an object of strings with names of at most 40 characters' },
		),
	);

/** Body of an organization's creation. */
export const organizationBody = z.object(
	{
		name: organizationName,
		allow_profiles_outside_organization: z.boolean({ error: 'must be true or false' }).optional(),
		domains: domains(domain),
		domain_data: domains(
			z.object({ domain, state: z.enum(['pending', 'verified'], { error: 'must be pending or verified' }) }, body),
		),
		metadata: metadata.nullish(),
		external_id: text
			.refine((id) => /^[ -~]{1,128}$/.test(id), 'must have 1 to 128 printable ASCII characters')
			.nullish(),
	},
	body,
);

/** Body of an organization's update: what is left out stays. */
export const organizationUpdateBody = organizationBody.partial();
