import { formatKeyContext, isSameKeyContext, organizationIdOf } from '../../vault/keyContext';
import type { KeyContext } from '../../vault/model';
import { findByName } from '../../vault/drafts/writes';
import { mayChange } from '../access/allowances';
import { nameProblem } from '../drafts/create';
import { dotenvFileName, maxFileLength, parseDotenv, type DotenvFile, type Variable } from './parse';
import {
	importAll,
	isDone,
	isEnding,
	problemOf,
	type Failure,
	type Outcome,
	type Plan,
	type PlannedVariable,
} from './importer';
import { doubtWords, otherLinesWords, problemWords, reportText, summary, takenWords } from './report';
import { askKeyContext, hintWords, organizationOf } from '../prompts/keyContext';
import type { App, Session, Target } from '../ports';
import { cancelled } from '../ports/ui';
import { sessionOf } from '../access/session';
import { askTextFile, textOf, textOfEditor } from '../prompts/value';

const title = 'Import .env';

/** A file to import, and what it is called. */
interface Source {
	readonly name: string;
	readonly text: string;
}

/** Where the variables go. */
interface Destination {
	readonly keyContext: KeyContext;
	/** What the variables become, in words. */
	readonly words: string;
	/** What may be a mistake in the key context; undefined for nothing. */
	readonly hints: string | undefined;
}

/** Makes the variables of an environment file objects of one key context: file, organization, a preview, a report. */
export async function importEnvironment(app: App, target: Target): Promise<void> {
	const session = sessionOf(app);
	if (!(await mayChange(app, session))) return;
	const source = await askSource(app, target);
	if (!source) return;
	if (source.text.length > maxFileLength) {
		app.ui.warn(
			`Nothing was imported: ${source.name} is larger than 256 KiB. Choose the file that has the variables, or import it in parts.`,
		);
		return;
	}
	const file = await parseDotenv(source.text);
	if (file.variables.length === 0) {
		app.ui.warn(`${source.name} has no line of the form NAME=value. Nothing was imported.`);
		return;
	}
	const destination = await askDestination(app, target);
	if (!destination) return;
	const variables = await lookUpAll(app, session, file.variables, destination);
	const chosen = variables && (await preview(app, session, source, file, variables, destination));
	if (!chosen) return;
	if (chosen.length === 0) {
		app.ui.say('No variable was chosen. Nothing was imported.');
		return;
	}
	// The time for changes may have run out over the questions.
	if (!(await mayChange(app, session))) return;
	const outcomes = await app.ui.progress(`Importing ${source.name}`, (signal, showHowFar) =>
		importAll(session, destination.keyContext, chosen, signal, showHowFar),
	);
	if (outcomes === cancelled) return;
	const lines = variables.map((variable) => ({ variable, outcome: outcomes[chosen.indexOf(variable)] }));
	const heading = `Import of ${source.name} as ${destination.words} (${formatKeyContext(destination.keyContext)})`;
	const describePlan = (variable: PlannedVariable) => planWords(session, variable, destination);
	const report = reportText(heading, lines, describePlan, file.otherLines);
	const failure = outcomes.find(isEnding);
	const isAll = chosen.length === variables.length && chosen.every(({ doubts }) => doubts.length === 0);
	return sayOutcome(app, { outcomes, report, isAll: isAll && file.otherLines.length === 0 }, failure);
}

/** An import as it ended; `isAll` where there was nothing else in the file, and no doubt about any of it. */
interface Ended {
	readonly outcomes: readonly Outcome[];
	readonly report: string;
	readonly isAll: boolean;
}

/** What ended it is told by itself, with the button that helps. No value is held while the messages stand there. */
async function sayOutcome(app: App, ended: Ended, failure: Failure | undefined): Promise<void> {
	await Promise.all([sayReport(app, ended), failure && Promise.reject(failure.error)]);
}

async function askSource(app: App, { file }: Target): Promise<Source | undefined> {
	if (file) {
		// What the person sees counts, saved or not.
		const unsaved = app.textEditor.unsaved(file.address);
		const text = unsaved === undefined ? textOf(app, await app.ui.readFile(file.address)) : textOfEditor(app, unsaved);
		return text === undefined ? undefined : { name: `“${file.name}”`, text };
	}
	const front = app.textEditor.file();
	if (front && dotenvFileName.test(front.name)) {
		const name = `“${front.name}”`;
		const source = await app.ui.pick<'front' | 'other'>(title, 'Which file?', [
			{ label: `Import ${name}`, description: 'as it stands in the editor', icon: 'file', value: 'front' },
			{ label: 'Choose Another File…', icon: 'folder-opened', value: 'other' },
		]);
		if (source !== 'other') {
			const text = source && textOfEditor(app, front.text);
			return text === undefined ? undefined : { name, text };
		}
	}
	const text = await askTextFile(app, title, 'Import');
	return text === undefined ? undefined : { name: 'the file', text };
}

async function askDestination(app: App, target: Target): Promise<Destination | undefined> {
	const chosen = await organizationOf(app, target, title);
	if (!chosen) return undefined;
	const keyContext = await askKeyContext(app, title, chosen.organization);
	const { organization } = chosen;
	const words = organization ? `objects of ${organization.name}` : 'objects without an organization';
	return keyContext && { keyContext, words, hints: hintWords({ keyContext, madeFor: organization?.id }) };
}

/** Looks the names up; where others have some of them, offers to put a prefix before all. */
async function lookUpAll(
	app: App,
	session: Session,
	variables: readonly Variable[],
	destination: Destination,
): Promise<PlannedVariable[] | undefined> {
	const found = await lookUp(app, session, variables, destination);
	if (found === cancelled) return undefined;
	const taken = found.filter(({ plan }) => plan.kind === 'taken').length;
	if (taken === 0) return found;
	const names = taken === 1 ? 'one of the names' : `${taken} of the names`;
	const how = await app.ui.pick<'prefix' | 'without'>(title, `Other objects of this vault have ${names}`, [
		{ label: 'Put a Prefix before All Names…', icon: 'symbol-key', value: 'prefix' },
		{ label: 'Go On without Them', icon: 'arrow-right', value: 'without' },
	]);
	if (how !== 'prefix') return how && found;
	const prefix = await app.ui.input({
		title,
		prompt: 'Such as globex/. An object’s name is unique in the vault, whatever its organization.',
		placeholder: 'The prefix',
		validate: (text) => (text === '' ? 'Enter a text, such as the name of the organization.' : nameProblem(text)),
	});
	if (prefix === undefined) return undefined;
	const renamed = variables.map((variable) => ({ ...variable, name: prefix + variable.name }));
	return lookUpAll(app, session, renamed, destination);
}

/** Asks the vault for each name that the catalog does not know. Nothing is decrypted. */
function lookUp(
	app: App,
	session: Session,
	variables: readonly Variable[],
	{ keyContext }: Destination,
): Promise<PlannedVariable[] | typeof cancelled> {
	return app.ui.progress('Looking the names up', (signal) =>
		Promise.all(
			variables.map(async (variable) => ({ ...variable, plan: await plan(session, variable, keyContext, signal) })),
		),
	);
}

async function plan(session: Session, variable: Variable, keyContext: KeyContext, signal: AbortSignal): Promise<Plan> {
	const problem = problemOf(variable);
	if (problem) return { kind: 'invalid', problem };
	const { api, catalog } = session;
	const { name } = variable;
	const known = catalog.findByName(name);
	const found = known ? undefined : await findByName(api, name, { signal });
	if (found) catalog.put(found);
	const object = known ?? found;
	if (!object) return { kind: 'new' };
	return { kind: isSameKeyContext(object.keyContext, keyContext) ? 'exists' : 'taken', object };
}

/** Shows what would be done with each variable, and lets the person choose. No value is shown. */
function preview(
	app: App,
	session: Session,
	source: Source,
	{ otherLines }: DotenvFile,
	variables: readonly PlannedVariable[],
	destination: Destination,
): Promise<PlannedVariable[] | undefined> {
	const choices = variables.map((variable) => ({
		label: variable.name,
		description: planWords(session, variable, destination),
		isChecked: variable.plan.kind === 'new' && variable.doubts.length === 0,
		value: variable,
	}));
	const question = ['Which variables?', otherLinesWords(otherLines)].filter(Boolean).join(' ');
	return app.ui.pickMany(`Import ${source.name} as ${destination.words}`, question, choices, destination.hints);
}

function planWords(session: Session, variable: PlannedVariable, destination: Destination): string {
	return [wordsOfPlan(session, variable, destination), doubtWords(variable)].filter(Boolean).join(', ');
}

function wordsOfPlan({ outline }: Session, { plan }: PlannedVariable, { keyContext }: Destination): string {
	switch (plan.kind) {
		case 'new':
			return 'new';
		case 'exists':
			return 'exists: a changed value becomes a new version';
		case 'taken': {
			const isOwn = organizationIdOf(plan.object.keyContext) === organizationIdOf(keyContext);
			return takenWords(outline.organizationOf(plan.object)?.name, isOwn);
		}
		case 'invalid':
			return problemWords(plan.problem);
	}
}

async function sayReport(app: App, { outcomes, report, isAll }: Ended): Promise<void> {
	const isWhole = outcomes.every(isDone);
	const advice = isAll
		? 'The file still holds the values in plain text: delete it, or keep it out of git.'
		: 'Keep the file: not all that it says is in the vault, or not for certain.';
	const message = isWhole ? `${summary(outcomes)} ${advice}` : summary(outcomes);
	const button = await (isWhole ? app.ui.ask(message, 'Show Report') : app.ui.warnAndAsk(message, 'Show Report'));
	if (button) await app.documents.reveal({ title: 'Import report', value: report, source: 'report' });
}
