import { element } from './elements';

/** A table with the names of its columns; the first cell of a row is the row's name. */
export function table(columns: readonly string[], rows: readonly (readonly (Node | string)[])[]): HTMLElement {
	const head = element('tr', {}, ...columns.map((title) => element('th', { scope: 'col' }, title)));
	const body = rows.map(([name = '', ...cells]) =>
		element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map((cell) => element('td', {}, cell))),
	);
	return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}
