import type { KnownObject, ObjectVersion, Organization } from '../model';
import type { Scope } from './scope';

/** A row of the tree. `key` is its identity, stable over refreshes. */
export type OutlineNode =
	| OrganizationNode
	| GroupNode
	| FolderNode
	| {
			readonly kind: 'organizations';
			readonly key: string;
			readonly count: number | undefined;
			readonly isFiltered: boolean;
	  }
	| ObjectNode
	| VersionNode
	| { readonly kind: 'more'; readonly key: string; readonly of: string; readonly left: number | undefined }
	| { readonly kind: 'filter'; readonly key: string; readonly of: string; readonly total: number }
	| { readonly kind: 'filtered'; readonly key: string; readonly of: string; readonly filter: string }
	| { readonly kind: 'unreadable'; readonly key: string; readonly count: number }
	| { readonly kind: 'failure'; readonly key: string; readonly of: string; readonly failure: unknown }
	| { readonly kind: 'scanning' | 'stopped'; readonly key: string }
	/** Nothing is there; where a filter is set, nothing that it lets through. */
	| { readonly kind: 'nothing'; readonly key: string; readonly filter: string | undefined };

/** A row that stands for the objects under it. */
interface Branching {
	readonly key: string;
	readonly scope: Scope;
	/** How many objects there are under it; undefined until all are looked up. */
	readonly count: number | undefined;
	/** How many of them others changed since a person last opened them. */
	readonly changed: number;
	/** Whether a filter is set on what is under it. */
	readonly isFiltered: boolean;
}

/** An organization; undefined for the objects without one. */
export interface OrganizationNode extends Branching {
	readonly kind: 'organization';
	readonly organization: Organization | undefined;
}

/** The objects whose key contexts have one value of a name; undefined for those without the name. */
export interface GroupNode extends Branching {
	readonly kind: 'group';
	readonly name: string;
	readonly value: string | undefined;
}

/** The objects whose names begin with `prefix`; `label` is what no row above says of it. */
export interface FolderNode extends Branching {
	readonly kind: 'folder';
	readonly prefix: string;
	readonly label: string;
}

/** An object; `label` is what of its name no row above says. */
export interface ObjectNode {
	readonly kind: 'object';
	readonly key: string;
	readonly object: KnownObject;
	readonly label: string;
}

/** A version under its object; `number` counts from 1, the oldest. */
export interface VersionNode {
	readonly kind: 'version';
	readonly key: string;
	readonly object: KnownObject;
	readonly version: ObjectVersion;
	readonly number: number;
}
