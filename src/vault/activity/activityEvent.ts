import type { VaultEventMark } from '../model';

/** What is done with an object, as the vault's events tell it. */
export type ActivityKind = 'created' | 'updated' | 'deleted' | 'read';

/** Who did it: an API key, or a person in the dashboard. What the vault left out is undefined, or an empty name. */
export interface Actor {
	readonly name: string;
	readonly source: 'api' | 'dashboard' | undefined;
}

/**
 * One thing that was done with an object. The object goes by its name, which another one may have had before, and may have
 * after it was deleted. Never a value.
 */
export interface ActivityEvent extends VaultEventMark {
	readonly kind: ActivityKind;
	readonly name: string;
	readonly by: Actor;
}
