import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Query } from './query';
import { type Reason, Refusal } from '../store/refusal';

/** What Hono hands to every route here. */
export interface Environment {
	Bindings: HttpBindings;
}

/** The largest body that is read. */
const maxBodyBytes = 8 * 1024 * 1024;

/** The JSON in a request's body. @throws {Refusal} `tooLarge`, or `reason` when it is no UTF-8 or no JSON */
export async function readJson(c: Context<Environment>, reason: Reason = 'malformed'): Promise<unknown> {
	return jsonOf(await readText(c, reason), reason);
}

/** The text of a request's body. @throws {Refusal} `tooLarge`, or `reason` when it is no UTF-8 */
export async function readText(c: Context<Environment>, reason: Reason = 'malformed'): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	// Read to its end, though not kept: whoever is cut off in the middle of sending sees a broken connection, not our 413.
	for await (const chunk of c.env.incoming as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length <= maxBodyBytes) chunks.push(chunk);
	}
	if (length > maxBodyBytes) {
		throw new Refusal('tooLarge', `The body has more than ${maxBodyBytes} bytes.`);
	}
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
	} catch {
		throw new Refusal(reason, 'The body is not valid UTF-8.');
	}
}

/** What the text of a body says. @throws {Refusal} `reason` when it is no JSON */
export function jsonOf(text: string, reason: Reason = 'malformed'): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal(reason, 'The body is not valid JSON.');
	}
}

/**
 * The entries of a list in a query, in any form that SDKs send: with commas, once for each, with `[]` or numbers behind
 * it. None where the list is not given.
 * @throws {Refusal} `reason` when it is given and names nothing: taken for not given, it would answer everything
 */
export function listQueryOf(c: Context<Environment>, reason: Reason, name: string): string[] {
	const given = Object.entries(c.req.queries()).filter(([key]) => key.replace(listSuffix, '') === name);
	const entries = given
		.flatMap(([, texts]) => texts.flatMap((text) => text.split(',')))
		.filter((entry) => entry !== '');
	if (given.length > 0 && entries.length === 0) {
		throw new Refusal(reason, `The list in ${name} names nothing. Leave it out to ask for everything.`);
	}
	return entries;
}

/**
 * A list that ignored a filter would answer more than was asked for.
 * @param lists names that may come as a list
 * @throws {Refusal} `reason` when the query has another parameter than these
 */
export function refuseUnknown(
	c: Context<Environment>,
	reason: Reason,
	names: readonly string[],
	lists: readonly string[] = [],
): void {
	const known = [...names, ...lists];
	const isKnown = (key: string) => names.includes(key) || lists.includes(key.replace(listSuffix, ''));
	const unknown = Object.keys(c.req.queries()).find((key) => !isKnown(key));
	if (unknown === undefined) return;
	const rest = known.length > 0 ? `It knows: ${known.join(', ')}.` : 'It knows none.';
	throw new Refusal(reason, `This list knows no parameter "${unknown.slice(0, 60)}". ${rest}`);
}

const listSuffix = /\[\d*\]$/;

/** The query of a request. */
export function queryOf(c: Context<Environment>): Query {
	return (name) => c.req.query(name) || undefined;
}
