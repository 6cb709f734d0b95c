import { organizationIdOf } from '../keyContext';
import type { KeyContext } from '../model';
import type { Level } from './arrangement';

/** What the objects under a row have in common with one another, and not with those beside it. */
export type Step =
	| { readonly by: 'organization'; readonly id: string | undefined }
	| { readonly by: 'pair'; readonly name: string; readonly value: string | undefined }
	/** The beginning of their names, from the first letter on, with the separator that ends it. */
	| { readonly by: 'folder'; readonly prefix: string };

/** Which objects stand under a row: those of its step among those of the row above. The top has no step. */
export interface Scope {
	/** The same for equal steps: the key of the row. */
	readonly key: string;
	readonly above: Scope | undefined;
	readonly step: Step | undefined;
}

/** All objects. */
export const top: Scope = { key: '', above: undefined, step: undefined };

/** The part of a scope that a step leads to. */
export function within(above: Scope, step: Step): Scope {
	const key = above.key === '' ? partOf(step) : `${above.key}/${partOf(step)}`;
	return { key, above, step };
}

/** The step that leads to an object on a level. */
export function stepOf(level: Level, keyContext: KeyContext): Step {
	if (level.by === 'organization') return { by: 'organization', id: organizationIdOf(keyContext) };
	const { name } = level;
	return { by: 'pair', name, value: Object.hasOwn(keyContext, name) ? keyContext[name] : undefined };
}

/** How many levels lead to a scope; folders are none. */
export function depthOf({ above, step }: Scope): number {
	if (!step || !above) return 0;
	return depthOf(above) + (step.by === 'folder' ? 0 : 1);
}

/** The part of names that stands above a scope's rows already. */
export function prefixOf({ step }: Scope): string {
	return step?.by === 'folder' ? step.prefix : '';
}

/** What tells steps of one level apart. */
export function idOf(step: Step): string | undefined {
	if (step.by === 'organization') return step.id;
	return step.by === 'pair' ? step.value : step.prefix;
}

function partOf(step: Step): string {
	switch (step.by) {
		case 'organization':
			return `organization:${inKey(step.id ?? '')}`;
		case 'pair':
			return `pair:${inKey(step.name)}${step.value === undefined ? '' : `=${inKey(step.value)}`}`;
		case 'folder':
			return `folder:${inKey(step.prefix)}`;
	}
}

/** A text as a part of a key: whatever is in it, no two keys are one. */
function inKey(text: string): string {
	return /^\w*$/.test(text) ? text : JSON.stringify(text);
}
