import { VaultError, type VaultErrorCode, type VaultErrorDetails } from '../../vault/errors';
import { maxNameLength } from '../../vault/limits';
import type { Doubt } from './doubts';
import { isDone, type Failure, type Outcome, type PlannedVariable, type VariableProblem } from './importer';

/** A variable, and what became of it; undefined where it was not chosen. */
export interface ImportLine {
	readonly variable: PlannedVariable;
	readonly outcome: Outcome | undefined;
}

const problems: Record<VariableProblem, string> = {
	noValue: 'it has no value',
	longName: `its name has more than ${maxNameLength} characters`,
};

const doubts: Record<Doubt, string> = {
	hash: 'a # in it begins a comment for some readers',
	openQuote: 'its quote is not closed',
	innerQuote: 'some readers drop the quotes in it',
	backtick: 'some readers run what is in backticks',
	backslash: 'readers disagree about the backslash in it',
	expansion: 'some readers put another variable in the place of the $ in it',
	swallowedLines: 'its quotes go over lines that look like other variables',
	openKey: 'it begins a key of several lines, which needs quotes',
	colon: '“:” stands in the place of “=”, which many readers don’t know',
	openLines: 'it seems to go on in the next lines, which needs quotes',
	padding: 'it looks like the end of base64 rather than a name',
	severalTimes: 'its name stands there several times; the last value counts',
	severalLines: 'its value begins in a later line, which most readers pass over',
};

const results: Record<Exclude<Outcome, Failure | 'notPossible'>, string> = {
	created: 'created',
	published: 'published as a new version',
	unchanged: 'unchanged: the vault has this value already',
	conflict: 'not imported: somebody published a newer version meanwhile, which was not overwritten',
	notBegun: 'not begun',
};

const reasons: Partial<Record<VaultErrorCode, (details: VaultErrorDetails) => string>> = {
	locked: () => 'WorkOS Vault was locked',
	offline: () => 'the vault could not be reached',
	untrusted: () => 'the vault’s certificate is not trusted',
	proxyRefused: () => 'the proxy refused the request',
	redirected: () => 'the vault’s address sends requests on to another one',
	unavailable: () => 'the vault did not answer',
	rejected: ({ reason }) => `the vault did not accept it${reason === undefined ? '' : `: ${reason}`}`,
	unauthorized: () => 'the API key is not valid for this vault any more',
	forbidden: () => 'this API key may not do it',
	notFound: () => 'the object is not in the vault any more',
	nameTaken: () => 'somebody created an object of this name meanwhile',
	rateLimited: () => 'the vault refuses more requests for now',
	keyUnavailable: () => 'the customer’s own key could not be used',
	keyNotReady: () => 'the key of this key context is still being prepared',
	tooManyKeys: () => 'this environment has no room for another distinct key context',
	contextChanged: () => 'the object belongs to another key context than the tree showed',
};

/** Why a variable can't be imported, in words. */
export function problemWords(problem: VariableProblem): string {
	return `not valid: ${problems[problem]}`;
}

/** What stands in the way of a name. `organization` is the name of the one that has it. */
export function takenWords(organization: string | undefined, isOwn: boolean): string {
	const place = organization === undefined ? 'without an organization' : `in ${organization}`;
	return `taken: an object of this name exists ${place}${isOwn ? ', under another key context' : ''}`;
}

/** What became of an import, counted, in a sentence or two. */
export function summary(outcomes: readonly Outcome[]): string {
	const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
	const [created, published, unchanged] = [count('created'), count('published'), count('unchanged')];
	const done = outcomes.filter(isDone).length;
	const parts = [
		created > 0 && `${created} created`,
		published > 0 && `${published} published as ${published === 1 ? 'a new version' : 'new versions'}`,
		unchanged > 0 && `${unchanged} unchanged`,
	].filter((part) => part !== false);
	const left = outcomes.length - done;
	return [
		`Imported ${done} of ${outcomes.length}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`,
		left > 0 && `${left} ${left === 1 ? 'was' : 'were'} not.`,
	]
		.filter(Boolean)
		.join(' ');
}

const mostLinesNamed = 8;

/** Which lines of a file say nothing to an import, in a sentence; undefined for none. */
export function otherLinesWords(lines: readonly number[]): string | undefined {
	if (lines.length === 0) return undefined;
	const isOne = lines.length === 1;
	return `${isOne ? 'Line' : 'Lines'} ${numbersOf(lines)} ${isOne ? 'is no assignment' : 'are no assignments'}.`;
}

/** The numbers of lines in words; of many, the first ones. */
function numbersOf(lines: readonly number[]): string {
	const left = lines.length - mostLinesNamed;
	const named = left > 0 ? lines.slice(0, mostLinesNamed) : lines.slice(0, -1);
	const last = left > 0 ? `${left} more` : `${lines.at(-1)}`;
	return named.length === 0 ? last : `${named.join(', ')} and ${last}`;
}

/** Why readers may disagree about a variable, and where it stands; undefined where they don't. */
export function doubtWords({ doubts: found, lines }: PlannedVariable): string | undefined {
	if (found.length === 0) return undefined;
	return `in doubt, ${lines.length === 1 ? 'line' : 'lines'} ${numbersOf(lines)}: ${found.map((doubt) => doubts[doubt]).join('; ')}`;
}

/** The report's text: what was imported where, and a line for each variable. Never a value. */
export function reportText(
	heading: string,
	lines: readonly ImportLine[],
	describePlan: (variable: PlannedVariable) => string,
	otherLines: readonly number[],
): string {
	const rows = lines.map(({ variable, outcome }) => {
		if (outcome === undefined) return `${variable.name}: not chosen (${describePlan(variable)})`;
		if (outcome === 'notPossible') return `${variable.name}: not imported (${describePlan(variable)})`;
		const doubt = doubtWords(variable);
		const became = typeof outcome === 'string' ? results[outcome] : failureWords(outcome);
		return `${variable.name}: ${became}${doubt === undefined ? '' : ` (${doubt})`}`;
	});
	const chosen = lines.flatMap(({ outcome }) => outcome ?? []);
	const others = otherLinesWords(otherLines);
	return [heading, summary(chosen), '', ...rows, ...(others === undefined ? [] : ['', others]), ''].join('\n');
}

function failureWords({ error, mayBeDone }: Failure): string {
	const reason = error instanceof VaultError ? reasons[error.code]?.(error.details) : 'it was interrupted';
	if (mayBeDone)
		return `not known: ${reason ?? 'no answer came'}. Look what the vault holds before you import it again`;
	return `not imported: ${reason ?? 'the vault answered with an error'}`;
}
