import type { CommandId } from '../../commands';
import type { ObjectAct } from '../../isolated/object/messages';
import { dayAfter, dayOf, startOf } from '../../vault/activity/days';

/** Commands that work on the object's row. */
export const onObject = {
	openValue: 'workosVault.revealValue',
	insert: 'workosVault.insertReference',
	edit: 'workosVault.editValue',
	copyValue: 'workosVault.copyValue',
	copyName: 'workosVault.copyName',
	copyLink: 'workosVault.copyLink',
	delete: 'workosVault.deleteObject',
} as const satisfies Partial<Record<ObjectAct['act'], CommandId>>;
/** Commands that work on the row of a version. */
export const onVersion = {
	revealVersion: 'workosVault.revealVersion',
	compare: 'workosVault.compareWithCurrent',
	restore: 'workosVault.restoreVersion',
} as const satisfies Partial<Record<ObjectAct['act'], CommandId>>;
/** Commands for where the page shows no object. */
export const waysOut = {
	unlock: 'workosVault.unlock',
	connect: 'workosVault.switchConnection',
	refresh: 'workosVault.refresh',
} as const satisfies Partial<Record<ObjectAct['act'], CommandId>>;

/** No object is older. The page’s own field for a day has the same bound. */
const firstDay = '2000-01-01';

/** The moments between which a day lies that a page names, where it is one that has been. */
export function boundsOf(day: string, timeZone: string, now = Date.now()): { start: Date; end: Date } | undefined {
	const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && dayAfter(day, 0) === day;
	if (!isDay || day < firstDay || day > dayOf(now, timeZone)) return undefined;
	return { start: new Date(startOf(day, timeZone)), end: new Date(startOf(dayAfter(day), timeZone)) };
}

/** The time zone that a page tells, or UTC where none of that name is known here: a browser may know others. */
export function knownTimeZone(told: string): string {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: told }).resolvedOptions().timeZone;
	} catch {
		return 'UTC';
	}
}

/** Whether a table has what was done in a page. */
export function isIn<A extends { readonly act: string }, T extends object>(
	table: T,
	act: A,
): act is A & { readonly act: keyof T & A['act'] } {
	return Object.hasOwn(table, act.act);
}
