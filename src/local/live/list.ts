import { maxLimit, type Query, cursorsOf, limitOf } from '../http/query';
import type { Page, PageRequest } from '../store/page';
import { Refusal } from '../store/refusal';

/** What every such list can be asked for. */
export const pagingParameters = ['limit', 'before', 'after', 'order'] as const;

/** A list as WorkOS answers all those that are not of Vault. @throws {Refusal} `invalid`: a limit, an order or cursors */
export function answerList<Row>(
	query: Query,
	read: (request: PageRequest) => Page<Row>,
	answered: (row: Row) => object,
): object {
	const order = query('order') ?? 'desc';
	if (order !== 'asc' && order !== 'desc' && order !== 'normal') {
		throw new Refusal('invalid', 'The order must be asc, desc or normal.');
	}
	const limit = limitOf(query, 'invalid');
	if (limit > maxLimit) throw new Refusal('invalid', `The limit must be at most ${maxLimit}.`);
	const { before, after } = cursorsOf(query, 'invalid');
	// "normal" is "desc" with the meaning of the two cursors swapped, in what is asked and in what is answered.
	const isSwapped = order === 'normal';
	const page = read({
		limit,
		order: isSwapped ? 'desc' : order,
		before: isSwapped ? after : before,
		after: isSwapped ? before : after,
	});
	return {
		object: 'list',
		data: page.data.map(answered),
		list_metadata: isSwapped ? { before: page.after, after: page.before } : { before: page.before, after: page.after },
	};
}
