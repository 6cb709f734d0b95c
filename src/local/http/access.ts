import { hash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../store/refusal';
import type { Environment } from './request';

/** What is said to whoever asks for another host. */
export const foreignHost = 'Local Vault answers to 127.0.0.1 and localhost only.';

/** Whether a Host header names this machine's loopback address. */
export function isLoopback(host = ''): boolean {
	const match = /^(?:127\.0\.0\.1|localhost)(?::(\d{1,5}))?$/i.exec(host);
	return match !== null && Number(match[1] ?? 0) <= 65_535;
}

/** Lets only those pass who are on this machine, are no web page, and know the API key. */
export function access(apiKey: string): MiddlewareHandler<Environment> {
	const isKey = keyCheck(apiKey);
	return async (c, next) => {
		const { host = '', origin, authorization } = c.env.incoming.headers;
		// A page whose name was rebound to 127.0.0.1 sends its own name as Host; a page of another site, its Origin.
		if (!isLoopback(host)) throw new Refusal('forbidden', foreignHost);
		if (origin !== undefined && origin !== `http://${host}`) {
			throw new Refusal('forbidden', 'Local Vault does not answer to web pages.');
		}
		if (!isKey(authorization)) throw new Refusal('unauthorized', 'Unauthorized');
		await next();
	};
}

function keyCheck(apiKey: string): (authorization: string | undefined) => boolean {
	const salt = randomUUID();
	// Hashed first, because the comparison needs equal lengths and must not tell the length of the key.
	const salted = (text: string) => hash('sha256', salt + text, 'buffer');
	const expected = salted(apiKey);
	return (authorization = '') => timingSafeEqual(salted(/^Bearer +(.*)$/i.exec(authorization)?.[1] ?? ''), expected);
}
