import { chartOf } from './chart';
import { element, icon, part, withIcon } from './elements';
import { eventIcons, type IconName } from './icons';
import { parseTree } from './jsonText';
import { treeOf } from './jsonTree';
import type { ActivityLine, Detail, ObjectAct, ObjectContent, ShownValue, VersionLine } from './messages';
import { table } from './tables';
import { beginningOf } from './visibleText';

/** Makes a button that tells what was pressed; of one `key`, one has the focus where the other had it. */
export type Press = (
	text: string,
	/** Undefined where there is nothing to do yet. */
	act: ObjectAct | (() => ObjectAct | undefined),
	more?: {
		readonly isPrimary?: boolean;
		readonly title?: string;
		readonly label?: string;
		readonly key?: string;
		/** In the place of the act's own. */
		readonly icon?: IconName;
	},
) => HTMLElement;

/** A longer value is shown by its beginning. */
const maxLength = 100_000;
/** So many events are listed at once. */
const firstLines = 10;
const chartWords = 'Reads a day, with changes on top, up to today';

/** Which object it is, and what can be done with it. */
export function headSection(
	{ name, organization, connection, isProduction, changedByOthers, chips, isRestored }: ObjectContent,
	press: Press,
): Node[] {
	return [
		element('h1', {}, name),
		element(
			'p',
			{ class: 'where' },
			element('span', {}, organization),
			element('span', {}, connection),
			...(isProduction ? [element('vscode-badge', {}, withIcon('shield', 'Production'))] : []),
		),
		...(changedByOthers ? [element('p', { class: 'changed' }, icon('info'), changedByOthers)] : []),
		element(
			'ul',
			{ class: 'chips', 'aria-label': 'Key context' },
			...chips.map(({ name, value }, index) => {
				const pair = `${name} = ${value}`;
				const label = `Show in the tree what has ${pair}`;
				const chip = press(inOneLine(pair), { act: 'filter', index }, { title: pair, label });
				return element('li', {}, chip);
			}),
		),
		element(
			'div',
			{ class: 'actions', role: 'group', 'aria-label': 'Actions' },
			press('Reveal', { act: 'reveal' }, { isPrimary: true }),
			press('Edit', { act: 'edit' }),
			press('Copy Value', { act: 'copyValue' }),
			press('Copy Name', { act: 'copyName' }),
			press('Copy Link', { act: 'copyLink' }),
			press('Delete…', { act: 'delete' }),
			...(isRestored ? [] : [press('Refresh', { act: 'look' })]),
		),
		...(isRestored
			? [
					element(
						'p',
						{ class: 'restored' },
						'Restored: it shows what is known on this machine, and asked nobody. ',
						press('Look Now', { act: 'look' }),
					),
				]
			: []),
	];
}

/** A value, for as long as a person looks at it. */
export function valueSection({ text, kind, facts }: ShownValue, press: Press): Node[] {
	const tree = parseTree(text);
	const { text: beginning, left } = beginningOf(text, maxLength);
	const shown = tree
		? treeOf(tree, (path, field) =>
				press('Copy', () => ({ act: 'copyField', text: field() }), {
					label: `Copy ${path}`,
					key: `copy ${path}`,
					icon: 'copy',
				}),
			)
		: element('pre', { tabindex: '0', 'data-key': 'value-text' }, beginning);
	const isCut = !tree && left > 0;
	return [
		element('h2', {}, 'Value'),
		element('p', {}, kind ?? (tree ? 'JSON' : text === '' ? 'An empty text' : 'Revealed')),
		...(facts.length > 0 ? [listOf(facts)] : []),
		shown,
		...(isCut ? [element('p', {}, `${left.toLocaleString('en-US')} more characters: open it in an editor.`)] : []),
		valueActions(press('Hide', { act: 'hide' }, { key: 'value' }), press),
	];
}

/** What stands in the place of a value that is not shown. */
export function hiddenSection(sentence: string, press: Press): Node[] {
	return [
		element('h2', {}, 'Value'),
		element('p', {}, sentence),
		valueActions(press('Reveal', { act: 'reveal' }, { key: 'value' }), press),
	];
}

function valueActions(first: Node, press: Press): Node {
	return element('div', { class: 'actions' }, first, press('Open in Editor', { act: 'openValue' }));
}

/** Who read and who changed it, as far as it was looked for. */
export function activitySection({ activity }: ObjectContent, press: Press): Node[] {
	const { reach, lines, left, days, isAsking, hasMore, failure } = activity;
	const isDrawn = days.some(({ readCount, changeCount }) => readCount + changeCount > 0);
	return [
		element('h2', {}, 'Activity'),
		...reach.map((sentence) => element('p', {}, sentence)),
		...(isDrawn ? [element('figure', {}, chartOf(days), element('figcaption', {}, chartWords))] : []),
		...(lines.length > 0 ? [eventTable(lines.slice(0, firstLines))] : []),
		...(lines.length > firstLines
			? [
					element(
						'details',
						{ 'data-key': 'earlier' },
						element('summary', { 'data-key': 'earlier-summary' }, earlierWords(lines.length - firstLines)),
						eventTable(lines.slice(firstLines)),
					),
				]
			: []),
		...(left > 0 ? [element('p', {}, `${earlierWords(left)} known and not listed.`)] : []),
		...(isDrawn
			? [
					element(
						'details',
						{ 'data-key': 'days' },
						element('summary', { 'data-key': 'days-summary' }, 'Reads and changes by day'),
						table(
							['Day', 'Reads', 'Changes'],
							days.toReversed().map(({ day, reads, changes }) => [day, reads, changes]),
						),
					),
				]
			: []),
		...(failure ? [element('p', {}, failure)] : []),
		activityActions(isAsking, hasMore, press),
	];
}

function earlierWords(count: number): string {
	return count === 1 ? '1 earlier one' : `${count} earlier ones`;
}

function eventTable(lines: readonly ActivityLine[]): Node {
	return table(
		['What', 'By', 'How', 'When', 'Note'],
		lines.map(({ kind, what, by, through, age, time, note }) => [
			withIcon(eventIcons[kind], what),
			element('span', { title: by }, inOneLine(by)),
			through,
			element('span', {}, `${age} `, element('span', { class: 'time' }, time)),
			note,
		]),
	);
}

function activityActions(isAsking: boolean, hasMore: boolean, press: Press): Node {
	if (isAsking) {
		const cancel = press('Cancel', { act: 'cancelLooking' }, { key: 'look-back' });
		return element('div', { class: 'actions' }, element('span', {}, 'Looking…'), cancel);
	}
	if (!hasMore) return element('div', {});
	const day = document.createElement('input');
	day.type = 'date';
	day.required = true;
	// The field takes years of six digits, and of one while somebody types.
	day.min = '2000-01-01';
	day.max = new Date().toLocaleDateString('sv-SE');
	day.setAttribute('aria-label', 'Day to jump to');
	day.setAttribute('data-key', 'day');
	const jump = press('Jump to This Day', () => (day.reportValidity() ? { act: 'jump', day: day.value } : undefined), {
		key: 'jump',
	});
	const back = press('Look Further Back', { act: 'lookFurtherBack' }, { key: 'look-back' });
	return element('div', { class: 'actions' }, back, day, jump);
}

/** The versions, newest first. */
export function versionsSection({ versions }: ObjectContent, press: Press): Node[] {
	const look = (title: string) => press(title, { act: 'look' }, { key: 'look-versions' });
	return [
		element('h2', {}, 'Versions'),
		...part(versions, look, ({ lines, left, withheld }) => [
			table(
				['Version', 'Published', 'Size', 'Actions'],
				lines.map((line) => versionRow(line, withheld === '', press)),
			),
			...(withheld ? [element('p', {}, withheld)] : []),
			...(left > 0 ? [element('p', {}, `${left} older ones are in the tree, under the object’s row.`)] : []),
		]),
	];
}

function versionRow(
	{ id, number, age, time, size, isCurrent, sameAs }: VersionLine,
	hasValues: boolean,
	press: Press,
): (Node | string)[] {
	const button = (title: string, act: 'revealVersion' | 'compare' | 'restore') =>
		press(title, { act, versionId: id }, { label: `${title} Version ${number}` });
	const name = element('span', {}, String(number));
	if (isCurrent) name.append(' · ', withIcon('passFilled', 'current'));
	if (sameAs !== undefined) name.append(` · same value as version ${sameAs}`);
	const buttons = [
		button('Reveal', 'revealVersion'),
		button('Compare with Current', 'compare'),
		button('Restore…', 'restore'),
	];
	return [
		name,
		element('span', {}, `${age} `, element('span', { class: 'time' }, time)),
		element('span', { class: 'size' }, size),
		element('div', { class: 'actions' }, ...(isCurrent || !hasValues ? [] : buttons)),
	];
}

/** The lines that read it. */
export function useSection({ use }: ObjectContent, press: Press): Node[] {
	return [
		element('h2', {}, 'Use It'),
		element(
			'dl',
			{ class: 'use' },
			...use.flatMap(({ language, text }, index) => [
				element('dt', {}, language),
				element(
					'dd',
					{},
					element('code', { tabindex: '0', 'data-key': `code ${index}` }, text),
					press('Copy', { act: 'copyLine', index }, { label: `Copy for ${language}` }),
				),
			]),
		),
		element('div', { class: 'actions' }, press('Insert at the Cursor', { act: 'insert' })),
	];
}

/** What else is known of it, and what may be a mistake. */
export function detailsSection({ details, detailsFailure, hints }: ObjectContent, press: Press): Node[] {
	return [
		element('h2', {}, 'Details'),
		listOf(details),
		...(hints.length > 0
			? [
					element(
						'ul',
						{ class: 'hints', 'aria-label': 'Hints' },
						...hints.map((hint) => element('li', {}, icon('warning'), hint)),
					),
				]
			: []),
		...(detailsFailure
			? [element('p', {}, detailsFailure, ' '), press('Retry', { act: 'look' }, { key: 'look-details' })]
			: []),
	];
}

function listOf(details: readonly Detail[]): HTMLElement {
	return element(
		'dl',
		{},
		...details.flatMap(({ label, text }) => [element('dt', {}, label), element('dd', {}, text)]),
	);
}

/** A text that is cut in its middle where it is too long for a line: its ends tell most. */
function inOneLine(text: string): string {
	const characters = Array.from(text);
	return characters.length <= 60 ? text : [...characters.slice(0, 36), '…', ...characters.slice(-20)].join('');
}
