import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { timeOf, type Reader } from '../../commands/objectPage/activityWords';
import { age } from '../../commands/prompts/age';
import type { Detail } from '../../isolated/object/messages';
import { dayMs } from '../../vault/activity/days';

/** What kind of value a text is, as far as it is one that says more than its text, and what it says. */
export interface ValueFacts {
	readonly kind: string;
	readonly facts: readonly Detail[];
}

/** A longer text is no key, certificate or token. */
const maxLength = 100_000;
/** So much is told of what a fact says. */
const maxFact = 300;
/** How DER has the ids of DSA, of Diffie-Hellman, and of its form of X9.42. */
const slowToOpen = { DSA: '2a8648ce380401', DH: '2a864886f70d010301', 'X9.42 DH': '2a8648ce3e0201' } as const;
const block = /-----BEGIN ([A-Z0-9 ]{1,60})-----[^-]+-----END \1-----/g;
/** Base64 with nothing before it, such as the headers that OpenSSL writes. */
const bareBase64 = /^[\sA-Za-z0-9+/]+={0,2}\s*$/;
const token = /^\s*([\w-]+)\.([\w-]+)\.[\w-]*\s*$/;

/**
 * What a value says of itself: a JSON Web Token (RFC 7519), an X.509 certificate (RFC 5280), or a key in PEM (RFC 7468).
 * Undefined for any other text. Nothing is verified.
 */
export function factsOf(value: string, reader: Reader): ValueFacts | undefined {
	if (value.length > maxLength) return undefined;
	const found = tokenFacts(value, reader) ?? pemFacts(value, reader);
	return found && { ...found, facts: found.facts.map(({ label, text }) => ({ label, text: beginningOf(text) })) };
}

function tokenFacts(value: string, reader: Reader): ValueFacts | undefined {
	const [, header, payload] = token.exec(value) ?? [];
	const head = header === undefined ? undefined : readJson(header);
	const claims = payload === undefined ? undefined : readJson(payload);
	if (!head || !claims || typeof head['alg'] !== 'string') return undefined;
	return {
		kind: 'JSON Web Token',
		facts: [
			{ label: 'Algorithm', text: head['alg'] },
			...timeFact('Expires', claims['exp'], reader),
			...timeFact('Issued', claims['iat'], reader),
			...timeFact('Valid from', claims['nbf'], reader),
			...(['iss', 'sub', 'aud'] as const).flatMap((claim) => {
				const text = claimText(claims[claim]);
				return text === undefined ? [] : [{ label: claimLabels[claim], text }];
			}),
		],
	};
}

/** A text, a number, or a list of texts; anything else is none of these claims. */
function claimText(claim: unknown): string | undefined {
	if (typeof claim === 'string') return claim;
	const isTold = typeof claim === 'number' || (Array.isArray(claim) && claim.every((one) => typeof one === 'string'));
	return isTold ? JSON.stringify(claim) : undefined;
}

const claimLabels = { iss: 'Issuer', sub: 'Subject', aud: 'Audience' } as const;

function pemFacts(value: string, reader: Reader): ValueFacts | undefined {
	const blocks = [...value.matchAll(block)];
	const [first] = blocks;
	if (!first) return undefined;
	const [pem, label = ''] = first;
	const others = blocks.slice(1).map(([, what = '']) => what.toLowerCase());
	const more = others.length > 0 ? [{ label: 'Followed by', text: countedIn(others) }] : [];
	try {
		const found = label === 'CERTIFICATE' ? certificateFacts(pem, reader) : keyFacts(pem, label);
		return { ...found, facts: [...found.facts, ...more] };
	} catch {
		return { kind: `${label.toLowerCase()} that can’t be read here`, facts: more };
	}
}

/** Each of them once, with how often it is there. */
function countedIn(blocks: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const block of blocks) counts.set(block, (counts.get(block) ?? 0) + 1);
	return [...counts].map(([block, count]) => (count === 1 ? block : `${count} × ${block}`)).join(', ');
}

function certificateFacts(pem: string, reader: Reader): ValueFacts {
	const { subject, issuer, validFromDate, validToDate, serialNumber, fingerprint256, subjectAltName } =
		new X509Certificate(pem);
	return {
		kind: 'X.509 certificate',
		facts: [
			{ label: 'Expires', text: timeWords(validToDate, reader) },
			{ label: 'Valid from', text: timeWords(validFromDate, reader) },
			{ label: 'Subject', text: inOneLine(subject) },
			...(subjectAltName === undefined ? [] : [{ label: 'Names', text: subjectAltName }]),
			{ label: 'Issuer', text: inOneLine(issuer) },
			{ label: 'Serial number', text: serialNumber },
			{ label: 'SHA-256', text: fingerprint256 },
		],
	};
}

function keyFacts(pem: string, label: string): ValueFacts {
	if (label.includes('ENCRYPTED')) return { kind: 'Encrypted private key', facts: [] };
	const isPrivate = label.includes('PRIVATE');
	const unopened = isPrivate ? unopenedKindOf(pem.replaceAll(/-----[^-]+-----/g, '')) : undefined;
	if (unopened !== undefined) return { kind: unopened, facts: [] };
	const key = isPrivate ? createPrivateKey(pem) : createPublicKey(pem);
	return { kind: `${kindOf(key)} ${key.type} key`, facts: [] };
}

/**
 * What is said of a private key that is not opened, by its base64; undefined of one that may be. Opening some computes their
 * public key, which takes seconds where somebody made it so, and what is no base64 alone does not tell which they are.
 */
function unopenedKindOf(body: string): string | undefined {
	if (!bareBase64.test(body)) return 'Private key';
	const der = Buffer.from(body, 'base64').toString('hex');
	const slow = Object.entries(slowToOpen).find(([, id]) => der.includes(id))?.[0];
	return slow && `${slow} private key`;
}

function kindOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
	const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
	const size = modulusLength === undefined ? '' : ` ${modulusLength}-bit`;
	const curve = namedCurve === undefined ? '' : ` ${namedCurve}`;
	return `${(asymmetricKeyType ?? 'unknown').toUpperCase()}${size}${curve}`;
}

function timeFact(label: string, seconds: unknown, reader: Reader): Detail[] {
	const at = typeof seconds === 'number' ? new Date(seconds * 1000) : undefined;
	return at && !Number.isNaN(at.getTime()) ? [{ label, text: timeWords(at, reader) }] : [];
}

/** A time in words, also one that is to come. */
function timeWords(at: Date, reader: Reader): string {
	if (Number.isNaN(at.getTime())) return 'a time that can’t be read';
	const time = timeOf(at.getTime(), reader);
	if (at.getTime() <= reader.now) return `${age(at, new Date(reader.now))} (${time})`;
	const days = Math.floor((at.getTime() - reader.now) / dayMs);
	const when = days === 0 ? 'within a day' : days === 1 ? 'in 1 day' : `in ${days} days`;
	return `${when} (${time})`;
}

function beginningOf(text: string): string {
	return text.length > maxFact ? `${text.slice(0, maxFact).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

function inOneLine(name: string): string {
	return name.trim().replaceAll('\n', ', ');
}

function readJson(part: string): Record<string, unknown> | undefined {
	try {
		const parsed: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
		return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
			? (parsed as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}
