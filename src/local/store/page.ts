import type { SQLInputValue } from 'node:sqlite';
import type { Database } from './database';
import { Refusal } from './refusal';

/** Which part of a list is asked for. At most one of the two cursors is there. */
export interface PageRequest {
	readonly limit: number;
	readonly order: 'asc' | 'desc';
	readonly before?: string | undefined;
	readonly after?: string | undefined;
}

/** Rows of one page, and the cursors for the pages around it. */
export interface Page<Row> {
	readonly data: Row[];
	readonly before: string | null;
	readonly after: string | null;
	/** Whether nothing comes before it. */
	readonly isFirst: boolean;
}

/** A list: its table, the columns of a row, and the conditions that every row meets. */
export interface Listing {
	readonly table: 'objects' | 'organizations' | 'events';
	readonly columns: string;
	readonly where: readonly string[];
	readonly values: readonly SQLInputValue[];
	/** Where a row of this id stands, for a table that keeps no ids. */
	readonly positionOf?: (id: string) => number | undefined;
}

/**
 * Reads one page in the order of creation, newest first when the order is `desc`.
 *
 * A cursor holds the positions of its page's first and last row: as `after` it goes on after the last, as `before` it
 * goes back before the first. Published clients disagree on which of the two answered cursors leads on, so `before` is
 * there on every page with rows (null would stop those who send it back as `after`), and `after` is null as soon as
 * nothing follows (those who follow it must stop). A page without rows has neither. A bare id stands for its own row.
 * @throws {Refusal} `malformed` when a cursor is neither a cursor of this list nor an id in it.
 */
export function readPage<Row>(database: Database, listing: Listing, request: PageRequest): Page<Row> {
	const { limit, order } = request;
	const isBackward = request.before !== undefined;
	const isAscending = (order === 'asc') !== isBackward;
	const where = [...listing.where];
	const values = [...listing.values];
	const text = request.before ?? request.after;
	if (text !== undefined) {
		const cursor = readCursor(database, listing, text);
		where.push(`position ${isAscending ? '>' : '<'} ?`);
		values.push(isBackward ? cursor.first : cursor.last);
	}
	const rows = database.all<Row & { position: number }>(
		`SELECT position, ${listing.columns} FROM ${listing.table} WHERE ${where.join(' AND ') || 'TRUE'}
		ORDER BY position ${isAscending ? 'ASC' : 'DESC'} LIMIT ?`,
		...values,
		limit + 1,
	);
	const data = rows.slice(0, limit);
	if (isBackward) data.reverse();
	const hasMore = rows.length > limit;
	const isFirst = isBackward ? !hasMore : request.after === undefined;
	const [first, last] = [data[0], data.at(-1)];
	if (!first || !last) return { data, before: null, after: null, isFirst };
	const cursor = Buffer.from(`${listing.table}:${first.position}:${last.position}`).toString('base64url');
	return { data, before: cursor, after: isBackward || hasMore ? cursor : null, isFirst };
}

function readCursor(database: Database, listing: Listing, text: string): { first: number; last: number } {
	const { table, positionOf = (id) => findPosition(database, table, id) } = listing;
	const [owner, first, last] = Buffer.from(text, 'base64url').toString('latin1').split(':');
	if (owner === table && first && last && /^\d{1,15}$/.test(first) && /^\d{1,15}$/.test(last)) {
		return { first: Number(first), last: Number(last) };
	}
	const position = positionOf(text);
	if (position === undefined) {
		throw new Refusal('malformed', 'The cursor in before or after does not belong to this list.');
	}
	return { first: position, last: position };
}

function findPosition(database: Database, table: Listing['table'], id: string): number | undefined {
	return database.one<{ position: number }>(`SELECT position FROM ${table} WHERE id = ?`, id)?.position;
}
