import type { ActivityDay } from './messages';

const names = 'http://www.w3.org/2000/svg';
const height = 40;
const width = 8;
const gap = 3;

/** A bar for each day, reads below and changes on top. It is for the eye: the table beside it has the same figures. */
export function chartOf(days: readonly ActivityDay[]): SVGElement {
	const most = Math.max(1, ...days.map(({ readCount, changeCount }) => readCount + changeCount));
	const chart = drawn('svg', {
		class: 'chart',
		viewBox: `0 0 ${days.length * (width + gap)} ${height + 1}`,
		width: days.length * (width + gap),
		height: height + 1,
		'aria-hidden': 'true',
	});
	for (const [index, { day, reads, changes, readCount, changeCount }] of days.entries()) {
		const x = index * (width + gap);
		const ofReads = (readCount / most) * height;
		const ofChanges = (changeCount / most) * height;
		const bar = drawn('g', {});
		const title = drawn('title', {});
		title.textContent = `${day}: reads ${reads}, changes ${changes}`;
		bar.append(
			title,
			drawn('rect', { class: 'base', x, y: height, width, height: 1 }),
			drawn('rect', { class: 'reads', x, y: height - ofReads, width, height: ofReads }),
			drawn('rect', { class: 'changes', x, y: height - ofReads - ofChanges, width, height: ofChanges }),
		);
		chart.append(bar);
	}
	return chart;
}

function drawn(tag: 'svg' | 'g' | 'rect' | 'title', attributes: Readonly<Record<string, string | number>>): SVGElement {
	const made = document.createElementNS(names, tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
	return made;
}
