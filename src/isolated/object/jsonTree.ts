import { button, element } from './elements';
import { withVisible } from './visibleText';

/** So many fields of one object or list are drawn. */
const maxFields = 200;

/** A tree of the fields of an object or a list, each with a button that copies it. Fields are drawn when theirs is opened. */
export function treeOf(root: object, copy: (text: string) => void): HTMLElement {
	const list = element('ul', { class: 'json' });
	list.append(...fieldsOf(root, '', copy));
	return list;
}

function fieldsOf(of: object, path: string, copy: (text: string) => void): Node[] {
	const entries = Object.entries(of) as [string, unknown][];
	const drawn = entries
		.slice(0, maxFields)
		.map(([name, value]) => field(name, value, `${path}${path && '.'}${name}`, copy));
	const left = entries.length - drawn.length;
	return left > 0 ? [...drawn, element('li', {}, `${left} more: open the value in an editor.`)] : drawn;
}

function field(name: string, value: unknown, path: string, copy: (text: string) => void): Node {
	const copyIt = button('Copy', { isPrimary: false, label: `Copy ${withVisible(path)}`, key: `copy ${path}` }, () =>
		copy(typeof value === 'string' ? value : JSON.stringify(value)),
	);
	const key = element('span', { class: 'key' }, withVisible(name));
	if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) {
		const text = typeof value === 'string' ? withVisible(value) : JSON.stringify(value);
		return element('li', { class: 'leaf' }, key, element('span', { class: 'text' }, text), copyIt);
	}
	const count = Object.keys(value).length;
	const kind = Array.isArray(value) ? `${count} items` : `${count} fields`;
	const details = element('details', {}, element('summary', {}, key, ` ${kind}`));
	details.addEventListener(
		'toggle',
		() => details.append(element('ul', { class: 'json' }, ...fieldsOf(value, path, copy))),
		{ once: true },
	);
	return element('li', { class: 'branch' }, details, copyIt);
}
