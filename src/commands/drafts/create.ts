import { Draft } from '../../vault/drafts/draft';
import { maxNameLength } from '../../vault/limits';
import { findByName } from '../../vault/drafts/writes';
import { mayChange } from '../access/allowances';
import { askObjectContext, organizationOf } from '../prompts/keyContext';
import type { App, Session, Target } from '../ports';
import { cancelled } from '../ports/ui';
import { suspectIn, valueIn } from '../prompts/secretInName';
import { publishOrKeep } from './publish';
import { sessionOf } from '../access/session';
import { askSource, askTypedValue, askValue } from '../prompts/value';

const title = 'Create Object';

/** Creates an object: organization, name, key context, value. */
export async function createNewObject(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	if (!(await mayChange(app, session))) return;
	const of = await organizationOf(app, target, title);
	if (!of) return;
	const chosen = await askName(app, session, title, { mayHoldValue: true });
	if (!chosen) return;
	const keyContext = await askObjectContext(app, title, chosen.name, of.organization);
	if (!keyContext) return;
	const source = chosen.value === undefined ? await askSource(app, title) : 'typed';
	if (!source) return;
	const draft = Draft.ofNewObject(session.connection.id, chosen.name, keyContext);
	if (source === 'draft') {
		await app.drafts.edit(draft);
		return;
	}
	const value = chosen.value ?? (await askValue(app, title, source));
	if (value === undefined) return;
	draft.write(value);
	await publishOrKeep(app, draft);
}

/** The name of a new object; with the value, where the person typed both and had them told apart. */
export interface ChosenName {
	readonly name: string;
	readonly value?: string | undefined;
}

export interface NameQuestion {
	/** What stands in the box at first. */
	readonly suggested?: string;
	/** True where a value that was typed with the name is of use: only then is it offered to tell both apart. */
	readonly mayHoldValue?: boolean;
}

/** Asks for the name of a new object, until one is free. */
export async function askName(
	app: App,
	session: Session,
	title: string,
	{ suggested = '', mayHoldValue = false }: NameQuestion,
): Promise<ChosenName | undefined> {
	for (;;) {
		const text = await app.ui.input({
			title,
			prompt: 'Such as database-url. It is unique in this environment and can’t be changed later.',
			placeholder: 'The object’s name',
			value: suggested,
			validate: (text) => nameProblem(text.trim()) ?? takenProblem(session, text.trim()),
		});
		const chosen = text === undefined ? undefined : await withoutSecret(app, title, text.trim(), mayHoldValue);
		if (!chosen) return undefined;
		if (chosen === 'again') continue;
		const { name } = chosen;
		const taken = await app.ui.progress('Looking the name up', (signal) => findByName(session.api, name, { signal }));
		if (taken === cancelled) return undefined;
		if (!taken) return chosen;
		session.catalog.put(taken);
		const button = await app.ui.warnAndAsk(`An object named “${name}” exists.`, 'Open It', 'Choose Another Name');
		if (button === 'Open It') await app.view.show(taken);
		if (button !== 'Choose Another Name') return undefined;
	}
}

/** A name is plain text for ever: what looks like a value in it is asked about first. */
async function withoutSecret(
	app: App,
	title: string,
	text: string,
	mayHoldValue: boolean,
): Promise<ChosenName | 'again' | undefined> {
	const suspect = suspectIn(text);
	if (!suspect) return { name: text };
	const { split } = suspect;
	const what = split ? 'a name with its value' : 'a value';
	const message = `This looks like ${what}. A name is never encrypted: everybody who may list the vault reads it, and so do its logs.`;
	const button =
		split && mayHoldValue
			? await app.ui.warnAndAsk(message, 'Split Name and Value', 'Use All as the Name')
			: await app.ui.warnAndAsk(message, 'Choose Another Name', 'Use as the Name');
	if (split && button === 'Split Name and Value') {
		const { name } = split;
		const value = await askTypedValue(app, title, split.value, (copied) => valueIn(copied, name));
		return value === undefined ? undefined : { name, value };
	}
	if (button === 'Choose Another Name') return 'again';
	return button === undefined ? undefined : { name: text };
}

/** Why a text can't be an object's name, in a sentence. */
export function nameProblem(name: string): string | undefined {
	if (name === '') return 'Enter a name.';
	if (name.length <= maxNameLength) return undefined;
	return `A name has at most ${maxNameLength} characters; this one has ${name.length}.`;
}

function takenProblem({ catalog }: Session, name: string): string | undefined {
	if (!catalog.findByName(name)) return undefined;
	return 'An object of this name exists. Choose another name, or open it with Find Object.';
}
