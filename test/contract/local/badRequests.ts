import type { Choice } from '../../support/choice';
import { type Route, everyRoute } from './everyRoute';
import type { Known } from './known';
import { oddJson, oddParameter, oddPath } from './oddities';

/** A request that may be wrong in any way that HTTP can carry. */
export interface BadRequest {
	/** The route that it is made from, whatever became of it. */
	readonly route: Route;
	readonly method: string;
	readonly target: string;
	readonly headers: Readonly<Record<string, string | string[]>>;
	readonly body: Buffer | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY'];
// Node's limit is 16 KiB, and the client adds some of its own.
const MAXIMUM_HEADER_BYTES = 16_000;
const MAXIMUM_BODY_BYTES = 8 * 1024 * 1024;

/**
 * Whether the connection may be closed before all was sent: Node does that where it is hardly HTTP, and a server that
 * refuses a request need not take its body of 8 MiB.
 */
export function mayBeCut({ target, headers, body }: BadRequest): boolean {
	const lines = Object.entries(headers).flatMap(([name, values]) =>
		[values].flat().map((value) => `${name}: ${value}\r\n`),
	);
	const head = target.length + lines.join('').length;
	return !target.startsWith('/') || head > MAXIMUM_HEADER_BYTES || (body?.length ?? 0) >= MAXIMUM_BODY_BYTES;
}

/** The next one. One in five is good: without those there would be no object to harm, and no way past the first check. */
export function badRequest(choice: Choice, known: Known, apiKey: string): BadRequest {
	const route = choice.of(everyRoute);
	const isOdd = !choice.once(5);
	const path = route.path.replace(/\{(\w+)\}/g, (_, kind: string) => encodeURIComponent(known.any(kind)));
	const body = route.body ?? (isOdd && choice.once(15) ? {} : undefined);
	return {
		route,
		method: isOdd && choice.once(15) ? choice.of(METHODS) : route.method,
		target: `${isOdd && choice.once(6) ? oddPath(path, choice) : path}${queryFor(route, isOdd, choice, known)}`,
		headers: {
			Authorization: `Bearer ${apiKey}`,
			...(body && { 'Content-Type': 'application/json' }),
			...(isOdd && choice.once(6) ? oddHeaders(choice) : {}),
		},
		body: body && bodyFor(body, isOdd, choice, known),
	};
}

function queryFor({ query = '' }: Route, isOdd: boolean, choice: Choice, known: Known): string {
	const parts = query.split(' ').flatMap((parameter) => {
		const [name = '', good] = parameter.split('=');
		if (name === '' || choice.once(12) || (good === undefined && !(isOdd && choice.once(3)))) return [];
		const filled = good?.replace(/\{(\w+)\}/, (_, kind: string) => encodeURIComponent(known.any(kind)));
		const odd = `${name}=${oddParameter(choice)}`;
		const part = filled === undefined || (isOdd && choice.once(3)) ? odd : `${name}=${filled}`;
		return isOdd && choice.once(10) ? [part, odd] : [part];
	});
	if (isOdd && choice.once(20))
		parts.push(choice.of(['__proto__=x', '=', '&&', 'a[b][]=c', '%', 'limit', '?', 'a=%ff']));
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}

function bodyFor(fields: NonNullable<Route['body']>, isOdd: boolean, choice: Choice, known: Known): Buffer {
	const usual = Object.entries(fields).map(([name, good]): [string, string] => {
		const kind = typeof good === 'string' ? /^\{(\w+)\}$/.exec(good)?.[1] : undefined;
		return [name, JSON.stringify(kind === undefined ? good : known.any(kind))];
	});
	if (!isOdd) return Buffer.from(objectOf(usual));
	if (choice.once(15)) return oddBytes(choice);
	const parts = usual.map(([name, json]): [string, string] => {
		// The route of a fault stays: any other could be one that is asked for.
		return [name, name !== 'route' && choice.once(usual.length) ? oddJson(choice) : json];
	});
	if (choice.once(6)) parts.splice(choice.number(parts.length), 1);
	if (choice.once(6)) parts.push([choice.of(['__proto__', 'constructor', 'unknown', 'id', '']), oddJson(choice)]);
	if (choice.once(12)) parts.push(...parts);
	const text = objectOf(parts);
	return Buffer.from(choice.once(20) ? text.slice(0, choice.number(text.length)) : text);
}

function objectOf(parts: readonly (readonly [name: string, json: string])[]): string {
	return `{${parts.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

function oddBytes(choice: Choice): Buffer {
	if (choice.once(20))
		return Buffer.alloc(MAXIMUM_BODY_BYTES + choice.of([0, 1, 1_000_000]), choice.of(['x', ' ', '[']));
	return choice.of([
		Buffer.from('{"name":"\xff\xfe"}', 'latin1'),
		Buffer.from([0xed, 0xa0, 0x80]),
		Buffer.from('\ufeff{}', 'utf16le'),
		Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
		Buffer.alloc(1000),
		Buffer.from(oddJson(choice)),
	]);
}

const TYPES = ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded', '/', 'a'.repeat(900)];

function oddHeaders(choice: Choice): Record<string, string | string[]> {
	return choice.of<Record<string, string | string[]>>([
		{ 'Content-Type': choice.of(TYPES) },
		{ 'Content-Encoding': choice.of(['gzip', 'br', 'deflate', 'zstd', 'identity', 'x']) },
		{ 'X-Long': 'x'.repeat(choice.of([8000, 15_000, 17_000, 70_000])) },
		{ 'X-Many': Array.from({ length: choice.of([100, 1500]) }, () => 'y') },
		{ 'X-Latin': '\u00ff\u00e9\u0080' },
		{ Host: choice.of(['evil.example', '127.0.0.1:99999', 'localhost:x', '[::1]', 'a'.repeat(900)]) },
		{ Origin: choice.of(['null', 'https://evil.example', 'http://127.0.0.1', '\u00ff']) },
		{ Authorization: choice.of(['', 'Bearer', 'Bearer \u00ff', 'Basic eDp5', `Bearer ${'k'.repeat(9000)}`]) },
		{ Expect: choice.of(['100-continue', 'nonsense']) },
		{ Connection: 'Upgrade', Upgrade: choice.of(['websocket', 'h2c']) },
		{ 'X-HTTP-Method-Override': 'DELETE', 'X-Forwarded-Host': 'evil.example', 'X-Original-URL': '/_local/reset' },
		{ Range: 'bytes=0-0', 'If-None-Match': '*', Accept: 'text/html', 'Accept-Encoding': 'x;q=9' },
	]);
}
