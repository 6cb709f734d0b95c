import { MergeView } from '@codemirror/merge';
import { panels } from '@codemirror/view';
import { readable } from './editing';
import type { Named } from './messages';

/**
 * Puts two texts beside each other, read-only, each under its name. The search of a side stands above it: inside, it would
 * move that side's lines away from the other's.
 */
export function compare(left: Named, right: Named, nonce: string, parent: Element): MergeView {
	const searches = row('searches', 'div');
	const titles = row('titles', 'span');
	parent.append(searches.whole, titles.whole);
	const side = (named: Named, index: 0 | 1) => {
		titles.parts[index].textContent = named.name;
		const extensions = [panels({ topContainer: searches.parts[index] }), readable(named, nonce)];
		return { doc: named.text, extensions };
	};
	return new MergeView({
		a: side(left, 0),
		b: side(right, 1),
		diffConfig: { scanLimit: 500, timeout: 1_000 },
		parent,
	});
}

/** A row with a part for each side. */
function row(className: string, tag: 'div' | 'span') {
	const whole = document.createElement('div');
	whole.className = className;
	const parts = [document.createElement(tag), document.createElement(tag)] as const;
	whole.append(...parts);
	return { whole, parts };
}
