import { Draft } from '../../vault/drafts/draft';
import { readCurrent } from '../../vault/drafts/currentVersion';
import { generalCodes, hasCode, VaultError } from '../../vault/errors';
import { isSameKeyContext } from '../../vault/keyContext';
import { maxNameLength } from '../../vault/limits';
import { withoutValue, type KeyContext, type KnownObject, type VaultObject } from '../../vault/model';
import type { Variable } from './parse';
import type { Session } from '../ports';
import { onObject } from '../access/session';

/** Why a variable can't become an object. */
export type VariableProblem = 'noValue' | 'longName';

/** What an import would do with a variable: `taken` is a name of an object under another key context. */
export type Plan =
	| { readonly kind: 'new' }
	| { readonly kind: 'exists' | 'taken'; readonly object: KnownObject }
	| { readonly kind: 'invalid'; readonly problem: VariableProblem };

/** A variable with what an import would do with it. */
export interface PlannedVariable extends Variable {
	readonly plan: Plan;
}

/** What became of a variable. */
export type Outcome = 'created' | 'published' | 'unchanged' | 'conflict' | 'notPossible' | 'notBegun' | Failure;

/** Why a variable was not imported. */
export interface Failure {
	readonly error: Error;
	/** True where no answer came to what was sent: the vault may hold the value all the same. */
	readonly mayBeDone: boolean;
}

/** The first rule that a variable breaks, or undefined. */
export function problemOf({ name, value }: Variable): VariableProblem | undefined {
	if (value === '') return 'noValue';
	return name.length > maxNameLength ? 'longName' : undefined;
}

/** True where the vault holds the variable's value. */
export function isDone(outcome: Outcome): boolean {
	return outcome === 'created' || outcome === 'published' || outcome === 'unchanged';
}

/** True for a failure after which no other variable is tried: of the vault as a whole, or one that nobody foresaw. */
export function isEnding(outcome: Outcome): outcome is Failure {
	if (typeof outcome === 'string') return false;
	return !(outcome.error instanceof VaultError) || hasCode(outcome.error, ...generalCodes, 'locked');
}

/**
 * Imports variables one after another, each whole, and tells of each before it begins. Aborted, it stops before the next
 * one; a failure of one ends only the others that would fail in the same way. Never rejects.
 */
export async function importAll(
	session: Session,
	keyContext: KeyContext,
	variables: readonly PlannedVariable[],
	signal: AbortSignal,
	tell: (howFar: string) => void,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const [index, variable] of variables.entries()) {
		if (signal.aborted || outcomes.some(isEnding)) {
			outcomes.push(canBe(variable) ? 'notBegun' : 'notPossible');
			continue;
		}
		tell(`${index + 1} of ${variables.length}`);
		outcomes.push(await importOne(session, keyContext, variable, signal));
	}
	return outcomes;
}

function canBe({ plan }: PlannedVariable): boolean {
	return plan.kind === 'new' || plan.kind === 'exists';
}

async function importOne(
	session: Session,
	keyContext: KeyContext,
	{ name, value, plan }: PlannedVariable,
	signal: AbortSignal,
): Promise<Outcome> {
	if (plan.kind !== 'new' && plan.kind !== 'exists') return 'notPossible';
	let draft: Draft | undefined;
	try {
		draft =
			plan.kind === 'new'
				? Draft.ofNewObject(session.connection.id, name, keyContext)
				: Draft.ofObject(session.connection.id, await readForUpdate(session, plan.object, signal));
		return await publish(session, draft, value);
	} catch (error) {
		// Reading is given up at once, and changes nothing.
		if (!draft && signal.aborted) return 'notBegun';
		const isRefusal = error instanceof VaultError && !error.isAnswerLost;
		return { error: error as Error, mayBeDone: draft !== undefined && !isRefusal };
	}
}

/** Publishes without a way to cancel: a write that is given up leaves nobody knowing what the vault holds. */
async function publish(session: Session, draft: Draft, value: string): Promise<Outcome> {
	const isNew = draft.objectId === undefined;
	draft.write(value);
	const result = await draft.publish(session.api);
	if (result.outcome === 'unchanged') return 'unchanged';
	if (result.outcome === 'conflict') {
		session.outline.applyPublished(result.theirs);
		return 'conflict';
	}
	session.outline.applyPublished(result.current);
	return isNew ? 'created' : 'published';
}

/** @throws VaultError `contextChanged` when the object's key context is not the one that was planned with */
async function readForUpdate(session: Session, object: KnownObject, signal: AbortSignal): Promise<VaultObject> {
	const current = await onObject(session, object, () => readCurrent(session.api, object.id, { signal }));
	if (isSameKeyContext(current.keyContext, object.keyContext)) return current;
	session.catalog.put(withoutValue(current));
	throw new VaultError('contextChanged', { name: object.name });
}
