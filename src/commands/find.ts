import { formatKeyContext } from '../vault/keyContext';
import type { KnownObject, ObjectSummary } from '../vault/model';
import { age } from './age';
import type { App, Choice, Session } from './ports';
import { sessionOf } from './session';

/** Finds an object by name while the person types, and shows it in the tree. */
export async function findObject(app: App): Promise<void> {
	const object = await pickObject(app, 'Find Object');
	if (object) await app.view.show(object);
}

/** Lets a person pick an object: from the catalog at once, and from the vault's own search for what it has not seen. */
export async function pickObject(app: App, title: string): Promise<KnownObject | undefined> {
	const session = sessionOf(app);
	const { api, catalog } = session;
	const picked = await app.ui.search<ObjectSummary>({
		title,
		placeholder: 'Type a part of the name',
		known: (text) => {
			const words = text.toLowerCase();
			return [...catalog.objects()]
				.filter(({ id, name }) => name.toLowerCase().includes(words) || id === text)
				.map((object) => knownChoice(session, object));
		},
		find: async (text, signal) => {
			const page = await api.listObjects({ limit: 100, search: text }, { signal });
			return page.items.filter(({ id }) => !catalog.get(id)).map(choice);
		},
	});
	if (!picked) return undefined;
	const known = catalog.get(picked.id);
	if (known) return known;
	const object = await api.describeObject(picked.id);
	catalog.put(object);
	return object;
}

function knownChoice({ outline }: Session, object: KnownObject): Choice<ObjectSummary> {
	const organization = outline.organizationOf(object)?.name ?? 'No organization';
	return {
		label: object.name,
		description: `${organization} · ${age(object.updatedAt)}`,
		detail: formatKeyContext(object.keyContext),
		icon: 'key',
		value: object,
	};
}

function choice(row: ObjectSummary): Choice<ObjectSummary> {
	return { label: row.name, description: row.updatedAt && age(row.updatedAt), icon: 'key', value: row };
}
