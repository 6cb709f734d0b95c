import { organizationIdOf } from '../../vault/keyContext';
import type { KnownObject } from '../../vault/model';
import type { Level } from '../../vault/outline/arrangement';
import { top } from '../../vault/outline/scope';
import type { App } from '../ports';
import type { Choice } from '../ports/ui';
import { sessionOf } from '../access/session';
import { groupingText } from './arrangementText';

/** Groups the tree by what the person picks: organizations, values of key contexts, several in one another, or nothing. */
export async function groupBy(app: App): Promise<void> {
	const { outline } = sessionOf(app);
	const levels = levelsOf(app);
	const now = groupingText(outline.arrangement.levels);
	const single: Choice<readonly Level[] | 'several'>[] = levels.map((choice) => ({ ...choice, value: [choice.value] }));
	single.push({ label: 'Nothing', description: 'a plain list', icon: 'list-flat', value: [] });
	if (levels.length > 1) single.push({ label: 'Several Levels…', icon: 'list-tree', value: 'several' });
	const picked = await app.ui.pick('Group By', `What the tree is grouped by. Now: ${now}`, single);
	const chosen = picked === 'several' ? await pickSeveral(app, levels) : picked;
	if (!chosen) return;
	outline.arrange({ levels: chosen });
	app.ui.announce(`Grouped by ${groupingText(chosen)}.`);
}

/** Orders rows by name, or by their last change. */
export async function sortBy(app: App): Promise<void> {
	const { outline } = sessionOf(app);
	const isByName = outline.arrangement.sortBy === 'name';
	const picked = await app.ui.pick('Sort By', 'The order of rows', [
		{ label: 'Name', description: isByName ? 'now' : undefined, icon: 'case-sensitive', value: 'name' },
		{ label: 'Last Change', description: isByName ? undefined : 'now', icon: 'history', value: 'change' },
	] as const);
	if (!picked) return;
	outline.arrange({ sortBy: picked });
	app.ui.announce(`Sorted by ${picked === 'name' ? 'name' : 'last change'}.`);
}

/** Shows the parts of names as folders. */
export function viewAsTree(app: App): void {
	sessionOf(app).outline.arrange({ isTree: true });
	app.ui.announce('The parts of names are folders.');
}

/** Shows whole names. */
export function viewAsList(app: App): void {
	sessionOf(app).outline.arrange({ isTree: false });
	app.ui.announce('Names are shown whole.');
}

/** Shows in the tree what has a pair of an object's key context, or its organization: the one at this place. */
export async function showAlike(app: App, object: KnownObject, index: number): Promise<void> {
	const { catalog, outline } = sessionOf(app);
	const [name, value] = Object.entries(object.keyContext)[index] ?? [];
	if (name === undefined || value === undefined) return;
	const isOrganization = value === organizationIdOf(object.keyContext);
	const level: Level = isOrganization ? { by: 'organization' } : { by: 'pair', name };
	outline.arrange({ levels: [level] });
	await outline.filter(top.key, isOrganization ? (catalog.organizations.find(value)?.name ?? value) : value);
	app.ui.announce(`Grouped by ${groupingText([level])}, and only with “${value}”.`);
}

/** Takes the marks from all objects that others changed. */
export function markAllSeen(app: App): Promise<void> {
	return sessionOf(app).outline.markAllSeen();
}

/** Level by level, in the order in which they are picked. */
async function pickSeveral(app: App, choices: readonly Choice<Level>[]): Promise<readonly Level[] | undefined> {
	const levels: Level[] = [];
	for (let left = choices; left.length > 0;) {
		const done: Choice<Level | 'done'>[] = levels.length > 0 ? [{ label: 'Done', icon: 'check', value: 'done' }] : [];
		const placeholder = levels.length === 0 ? 'The first level' : `Within ${groupingText(levels)}`;
		const picked = await app.ui.pick('Group By Several Levels', placeholder, [...done, ...left]);
		if (picked === undefined) return undefined;
		if (picked === 'done') break;
		levels.push(picked);
		left = left.filter(({ value }) => value !== picked);
	}
	return levels;
}

/** What objects can be grouped by, as far as they are indexed; the most used first. */
function levelsOf(app: App): Choice<Level>[] {
	const { outline } = sessionOf(app);
	const byOrganization = { label: 'Organization', icon: 'organization', value: { by: 'organization' } } as const;
	const byName = outline.contextNames().map(({ name, count }) => ({
		label: name,
		description: count === 1 ? '1 object' : `${count.toLocaleString('en-US')} objects`,
		icon: 'tag',
		value: { by: 'pair', name } as const,
	}));
	return [byOrganization, ...byName];
}
