import { formatKeyContext, parseKeyContext, type KeyContextProblem } from '../../vault/keyContext';
import { keyContextHints, type HintSubject } from '../../vault/keyContextHints';
import { maxPairNameLength, maxPairs, maxPairValueLength } from '../../vault/limits';
import type { KeyContext, Organization } from '../../vault/model';
import { unseenPages } from '../../vault/pages';
import type { App, Target } from '../ports';
import { cancelled, type Choice } from '../ports/ui';
import { sessionOf } from '../access/session';

/** What a person chose: an organization, or none. */
export interface OrganizationChoice {
	readonly organization: Organization | undefined;
}

const lasting = 'It can’t be changed later.';
const note = `${lasting} Each distinct key context is encrypted under a key of its own.`;

const sentences: Record<KeyContextProblem, string> = {
	empty: 'Enter at least one pair, such as team=payments.',
	tooManyPairs: `A key context has at most ${maxPairs} pairs.`,
	emptyName: 'Each pair needs a name before the equals sign.',
	longName: `The name of a pair has at most ${maxPairNameLength} characters.`,
	longValue: `The value of a pair has at most ${maxPairValueLength} characters.`,
	duplicateName: 'Each name may stand there once.',
	notAPair: 'Write each pair as name=value, with commas between the pairs; a value with a comma goes in double quotes.',
};

/** What something is encrypted for: a key context, and the organization that it is of. */
export interface Recipient extends OrganizationChoice {
	readonly keyContext: KeyContext;
}

/** Asks for the organization, of which the last used lead the list, and for its key context. */
export async function askRecipient(app: App, title: string): Promise<Recipient | undefined> {
	const chosen = await askOrganization(app, title, app.recentOrganizations.ids);
	const keyContext = chosen && (await askKeyContext(app, title, chosen.organization));
	return keyContext && { ...chosen, keyContext };
}

/** The organization of the row that a command was called on; from the palette, the person picks one. */
export async function organizationOf(
	app: App,
	{ nodes }: Target,
	title: string,
): Promise<OrganizationChoice | undefined> {
	const row = nodes.find((node) => node.kind === 'organization');
	return row ? { organization: row.organization } : askOrganization(app, title);
}

/** Asks for an organization; those in `first` (ids) lead the list. */
export async function askOrganization(
	app: App,
	title: string,
	first: readonly string[] = [],
): Promise<OrganizationChoice | undefined> {
	const organizations = await app.ui.progress('Listing organizations', (signal) => listAll(app, signal));
	if (organizations === cancelled) return undefined;
	const rank = (id: string) => (first.includes(id) ? first.indexOf(id) : first.length);
	const choices: Choice<OrganizationChoice>[] = organizations
		.toSorted((a, b) => rank(a.id) - rank(b.id))
		.map((organization) => ({
			label: organization.name,
			description: organization.id,
			icon: 'organization',
			value: { organization },
		}));
	const none = { label: 'No Organization', description: 'pairs of your own', icon: 'circle-slash' };
	return app.ui.pick(title, 'Which organization?', [...choices, { ...none, value: { organization: undefined } }]);
}

/** Asks for the key context pattern of an organization's object, or for own pairs. */
export async function askKeyContext(
	app: App,
	title: string,
	organization: Organization | undefined,
): Promise<KeyContext | undefined> {
	if (!organization) return askPairs(app, title, '');
	const base = { organization_id: organization.id };
	const pattern = await app.ui.pick<'organization' | 'data_type' | 'user_id' | 'own'>(title, 'Which key context?', [
		{
			label: 'Organization',
			detail: `The usual choice: one key for the organization. ${lasting}`,
			value: 'organization',
		},
		{ label: 'Organization and Data Type…', detail: `A key for each kind of data. ${lasting}`, value: 'data_type' },
		{ label: 'Organization and User…', detail: `A key for each user. ${lasting}`, value: 'user_id' },
		{
			label: 'Own Pairs…',
			detail: `Up to ${maxPairs}, and a key for each distinct key context. ${lasting}`,
			value: 'own',
		},
	]);
	if (pattern === undefined) return undefined;
	if (pattern === 'organization') return base;
	if (pattern === 'own') return askPairs(app, title, `organization_id=${organization.id}, `);
	const value = await app.ui.input({
		title,
		prompt: `Such as ${pattern === 'data_type' ? 'user_credentials' : 'user_123'}. ${note}`,
		placeholder: `The value of ${pattern}`,
		validate: (text) =>
			text.trim() === '' ? 'Enter a value.' : text.length > maxPairValueLength ? sentences.longValue : undefined,
	});
	return value === undefined ? undefined : { ...base, [pattern]: value.trim() };
}

/**
 * Asks for the key context of a new object. Where something about it may be a mistake, says so before it is kept for good: the
 * person uses it all the same, or changes it.
 */
export async function askObjectContext(
	app: App,
	title: string,
	name: string,
	organization: Organization | undefined,
): Promise<KeyContext | undefined> {
	let keyContext = await askKeyContext(app, title, organization);
	while (keyContext) {
		const hints = hintWords({ keyContext, name, madeFor: organization?.id });
		if (hints === undefined) break;
		const pairs = formatKeyContext(keyContext);
		const choices: Choice<'change' | 'use'>[] = [
			{ label: 'Change It…', icon: 'edit', detail: pairs, value: 'change' },
			{ label: 'Use It All the Same', icon: 'check', detail: lasting, value: 'use' },
		];
		const answer = await app.ui.pick(title, 'Is this key context meant?', choices, hints);
		if (answer !== 'change') return answer && keyContext;
		keyContext = await askPairs(app, title, pairs);
	}
	return keyContext;
}

/** What may be a mistake, in a sentence each; undefined for nothing. */
export function hintWords(subject: HintSubject): string | undefined {
	const sentences = keyContextHints(subject).map(({ sentence }) => sentence);
	return sentences.length === 0 ? undefined : sentences.join(' ');
}

async function askPairs(app: App, title: string, start: string): Promise<KeyContext | undefined> {
	const text = await app.ui.input({
		title,
		prompt: `Such as team=payments, region=eu. ${note}`,
		placeholder: 'The pairs of the key context',
		value: start,
		validate: (text) => {
			const parsed = parseKeyContext(text);
			return 'problem' in parsed ? sentences[parsed.problem] : undefined;
		},
	});
	if (text === undefined) return undefined;
	const parsed = parseKeyContext(text);
	return 'context' in parsed ? parsed.context : undefined;
}

async function listAll(app: App, signal: AbortSignal): Promise<Organization[]> {
	const { api } = sessionOf(app);
	const all: Organization[] = [];
	const pages = unseenPages((after) => api.listOrganizations({ limit: 100, after }, { signal }));
	for await (const { items } of pages) all.push(...items);
	return all;
}
