import { Refusal } from '../store/refusal';

/** What a write compares with what is there, and where: each by the name that is read. */
export interface Checks {
	readonly place: 'body' | 'query';
	readonly version?: string;
	readonly context?: string;
}

const looksLikeVersion = /^((check|expected|current|base|if)?version(check|id|number)?|ifmatch|etag)$/;
const looksLikeContext = /^(key|encryption)?context$/;

/** What came with a write: its parameters and its body. */
interface Sent {
	readonly query: Readonly<Record<string, string>>;
	readonly body: unknown;
}

/**
 * A write whose check is dropped is an unchecked one, and whoever sent it meant to be careful.
 * @throws {Refusal} `malformed` when something looks like a check in another spelling, or in another place, than is read
 */
export function refuseUnreadChecks(sent: Sent, checks: Checks): void {
	for (const place of ['query', 'body'] as const) {
		for (const name of namesIn(sent[place])) {
			const read = nameReadFor(name, checks);
			if (read === undefined || (read === name && place === checks.place)) continue;
			const advice = read === '' ? 'A create has no version: leave it out.' : `Use "${read}" in the ${checks.place}.`;
			throw new Refusal('malformed', `"${phraseFor(name)}" in the ${place} would not be checked. ${advice}`);
		}
	}
}

/** @throws {Refusal} `malformed` when a deletion has another parameter than these */
export function refuseOtherParameters(query: Sent['query'], known: readonly string[]): void {
	const other = Object.keys(query).find((name) => !known.includes(name) && !isOfOldNode(name, query[name]));
	if (other === undefined) return;
	const advice = known.length === 0 ? 'What it takes is in the body.' : `It knows: ${known.join(', ')}.`;
	throw new Refusal('malformed', `A deletion knows no parameter "${phraseFor(other)}". ${advice}`);
}

/** The Node SDK 10.0 to 10.8 sends this with every deletion: a check is lost before it leaves, and none looks the same. */
function isOfOldNode(name: string, text: string | undefined): boolean {
	return name === 'query' && text === '[object Object]';
}

function namesIn(sent: unknown): readonly string[] {
	return typeof sent === 'object' && sent !== null ? Object.keys(sent) : [];
}

/** The name that is read for what a name looks like: empty where there is none, undefined where it looks like no check. */
function nameReadFor(name: string, { version, context }: Checks): string | undefined {
	const letters = phraseFor(name)
		.toLowerCase()
		.replaceAll(/[^a-z]/g, '');
	if (looksLikeVersion.test(letters)) return version ?? '';
	return looksLikeContext.test(letters) ? context : undefined;
}

/** A name can be of any length. */
function phraseFor(name: string): string {
	return name.slice(0, 60);
}
