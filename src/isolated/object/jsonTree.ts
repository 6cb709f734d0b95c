import { element } from './elements';
import { beginningOf } from './visibleText';

/** So many fields of one object or list are drawn. */
const maxFields = 200;
/** So much of a name or a text is drawn, and so much of the way to a field is said. */
const maxLength = { name: 200, text: 2_000, path: 500 };

/** Makes the button that copies a field. */
type CopyButton = (path: string, text: () => string) => Node;

/** A tree of the fields of an object or a list, each with a button that copies it. Fields are drawn when theirs is opened. */
export function treeOf(root: object, copy: CopyButton): HTMLElement {
	return element('ul', { class: 'json' }, ...fieldsOf(root, '', copy));
}

function fieldsOf(of: object, path: string, copy: CopyButton): Node[] {
	const entries = Object.entries(of) as [string, unknown][];
	const drawn = entries
		.slice(0, maxFields)
		.map(([name, value]) => field(name, value, path === '' ? name : `${path}.${name}`, copy));
	const left = entries.length - drawn.length;
	return left > 0 ? [...drawn, element('li', {}, `${left} more: open the value in an editor.`)] : drawn;
}

function field(name: string, value: unknown, path: string, copy: CopyButton): Node {
	const key = element('span', { class: 'key' }, name === '' ? '(empty)' : drawn(name, maxLength.name));
	const label = drawn(path, maxLength.path);
	if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) {
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		const shown = element('span', { class: 'text' }, drawn(text, maxLength.text));
		return element(
			'li',
			{ class: 'leaf' },
			key,
			shown,
			copy(label, () => text),
		);
	}
	const count = Object.keys(value).length;
	const what = Array.isArray(value) ? 'item' : 'field';
	const kind = `${count} ${what}${count === 1 ? '' : 's'}`;
	const details = element('details', {}, element('summary', {}, key, ` ${kind}`));
	details.addEventListener(
		'toggle',
		() => details.append(element('ul', { class: 'json' }, ...fieldsOf(value, path, copy))),
		{ once: true },
	);
	return element(
		'li',
		{ class: 'branch' },
		details,
		copy(label, () => JSON.stringify(value)),
	);
}

function drawn(whole: string, most: number): string {
	const { text, left } = beginningOf(whole, most);
	return left > 0 ? `${text}… ${left.toLocaleString('en-US')} more characters` : text;
}
