import { Draft } from '../vault/draft';
import { findByName } from '../vault/writes';
import { mayChange } from './allowances';
import { askKeyContext, askOrganization, type OrganizationChoice } from './keyContext';
import type { App, Session, Target } from './ports';
import { publishOrKeep } from './publish';
import { sessionOf } from './session';
import { askSource, askValue } from './value';

const title = 'Create Object';
/** The most characters that an object's name has. */
export const maxNameLength = 200;

/** Creates an object: organization, name, key context, value. */
export async function createNewObject(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	if (!(await mayChange(app, session))) return;
	const called = target.nodes.find((node) => node.kind === 'organization');
	const organization: OrganizationChoice | undefined = called
		? { organization: called.organization }
		: await askOrganization(app, title);
	if (!organization) return;
	const name = await askName(app, session, title);
	if (name === undefined) return;
	const keyContext = await askKeyContext(app, title, organization.organization);
	if (!keyContext) return;
	const source = await askSource(app, title);
	if (!source) return;
	const draft = Draft.ofNewObject(session.connection.id, name, keyContext);
	if (source === 'draft') {
		await app.documents.edit(draft);
		return;
	}
	const value = await askValue(app, title, source);
	if (value === undefined) return;
	draft.write(value);
	await publishOrKeep(app, draft);
}

/** Asks for the name of a new object, until one is free. @param value what stands in the box at first */
export async function askName(app: App, session: Session, title: string, value = ''): Promise<string | undefined> {
	for (;;) {
		const text = await app.ui.input({
			title,
			prompt: 'The object’s name, unique in this environment. It can’t be changed later.',
			placeholder: 'database-url',
			value,
			validate: (text) => nameProblem(session, text.trim()),
		});
		const name = text?.trim();
		if (name === undefined) return undefined;
		const found = await app.ui.progress('Looking the name up', async (signal) => ({
			taken: await findByName(session.api, name, { signal }),
		}));
		if (!found) return undefined;
		const { taken } = found;
		if (!taken) return name;
		session.catalog.put(taken);
		const button = await app.ui.warn(`An object named “${name}” exists.`, 'Open It', 'Choose Another Name');
		if (button === 'Open It') await app.view.show(taken);
		if (button !== 'Choose Another Name') return undefined;
	}
}

function nameProblem({ catalog }: Session, name: string): string | undefined {
	if (name === '') return 'Enter a name.';
	if (name.length > maxNameLength) {
		return `A name has at most ${maxNameLength} characters; this one has ${name.length}.`;
	}
	if (catalog.findByName(name))
		return 'An object of this name exists. Choose another name, or open it with Find Object.';
	return undefined;
}
