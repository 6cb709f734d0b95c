import type { Catalog } from '../../vault/catalog/catalog';
import { hasCode } from '../../vault/errors';
import type { KnownObject, ObjectSummary } from '../../vault/model';
import { age } from '../prompts/age';
import { describeMatch } from './matchText';
import { parseQuery } from './query';
import type { App, Session } from '../ports';
import type { Choice } from '../ports/ui';
import { Ranking, type Match } from './ranking';
import { sessionOf } from '../access/session';

/** For how long after it was in step a complete catalog knows better than to ask, in ms. */
const inStepForMs = 1_000;
const looksLikeId = /^(secret_[0-9a-f]{8,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Finds an object by what a person knows of it, while they type, and shows it in the tree. */
export async function findObject(app: App): Promise<void> {
	const object = await pickObject(app, 'Find Object');
	if (object) await app.view.show(object);
}

/** Lets a person pick an object: from the catalog at once, and from the vault's own search for what it has not seen. */
export async function pickObject(app: App, title: string): Promise<KnownObject | undefined> {
	const session = sessionOf(app);
	const { api, catalog, outline } = session;
	if (catalog.progress.phase === 'idle') void catalog.scan();
	// People look for organizations by their names.
	outline.nameOrganizations();
	const ranking = new Ranking(catalog);
	const changes = outline.onDidChange(() => {
		ranking.outdate();
		outline.nameOrganizations();
	});
	try {
		const picked = await app.ui.search<ObjectSummary>({
			title,
			placeholder: 'Type a name, an ID, an organization, or a value of the key context',
			known: async (text, signal) => {
				return (await ranking.best(text, signal)).map((match) => knownChoice(session, match));
			},
			find: async (text, signal) => {
				const named = await describedBy(text, session, signal);
				if (named) return [knownChoice(session, { object: named, by: ['id'] })];
				await catchUp(catalog);
				// The vault's own search knows names only.
				if (!parseQuery(text)?.isForNames) return [];
				if (isInStep(catalog) && (await ranking.best(text, signal)).length > 0) return [];
				const page = await api.listObjects({ limit: 100, search: text }, { signal });
				return page.items.filter(({ id }) => !catalog.get(id)).map(choice);
			},
			none: (text) => noMatch(text, session),
			onDidLearn: outline.onDidChange,
		});
		return picked && (catalog.get(picked.id) ?? (await describe(picked.id, session)));
	} finally {
		changes.dispose();
	}
}

/** Brings a complete catalog in step, which costs no list where the vault tells events. */
async function catchUp(catalog: Catalog): Promise<void> {
	if (catalog.progress.phase !== 'complete' || isInStep(catalog)) return;
	// The vault's own search tells, then, or fails with the reason.
	await catalog.sync().catch(() => undefined);
}

/** Every list that is asked for is written into the customer's audit trail: none that can tell nothing new. */
function isInStep({ progress, sinceSynced }: Catalog): boolean {
	return progress.phase === 'complete' && sinceSynced < inStepForMs;
}

/** The object of this id, where the text is one that the catalog does not know. */
async function describedBy(text: string, session: Session, signal: AbortSignal): Promise<KnownObject | undefined> {
	if (!looksLikeId.test(text) || session.catalog.get(text)) return undefined;
	try {
		return await describe(text, session, signal);
	} catch (error) {
		// No object of that id, or not all of it is typed yet.
		if (hasCode(error, 'notFound') || hasCode(error, 'rejected')) return undefined;
		throw error;
	}
}

async function describe(id: string, { api, catalog }: Session, signal?: AbortSignal): Promise<KnownObject> {
	const object = await api.describeObject(id, { signal });
	catalog.put(object);
	return object;
}

function knownChoice({ outline }: Session, match: Match): Choice<ObjectSummary> {
	const { object } = match;
	const organization = outline.organizationOf(object)?.name ?? 'No organization';
	return {
		label: object.name,
		description: `${organization} · ${age(object.updatedAt)}`,
		detail: describeMatch(match),
		icon: 'key',
		value: object,
	};
}

/** Says that nothing matches, and of how many objects: while they are indexed, one may still come. */
function noMatch(text: string, { catalog: { progress } }: Session): Choice<undefined> {
	const { known, phase } = progress;
	const objects = `${known.toLocaleString('en-US')} known ${known === 1 ? 'object' : 'objects'}`;
	const description = `in ${objects}${phase === 'scanning' ? ' · still indexing' : ''}`;
	return { label: `Nothing matches “${text}”`, description, icon: 'info', value: undefined };
}

function choice(row: ObjectSummary): Choice<ObjectSummary> {
	return { label: row.name, description: row.updatedAt && age(row.updatedAt), icon: 'key', value: row };
}
