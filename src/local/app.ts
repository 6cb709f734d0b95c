import { randomUUID, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import { keyedHash } from './store/crypto';
import { failure } from './http/answer';
import type { Environment } from './http/request';
import { Refusal } from './store/refusal';
import { keyRoutes } from './live/keys';
import { objectRoutes } from './live/objects';
import { organizationRoutes } from './live/organizations';
import { versionRoutes } from './catalogue';
import type { Vault } from './store/vault';

/** How a vault is served. */
export interface AppOptions {
	readonly apiKey: string;
	/** Milliseconds that every answer is delayed by. */
	readonly latency?: number | undefined;
	/** Requests a minute after which the answer is 429; no limit when undefined. */
	readonly requestsPerMinute?: number | undefined;
}

const MINUTE_MS = 60_000;

/** The HTTP face of a vault: what every request has to pass, then the routes. */
export function createApp(vault: Vault, options: AppOptions): Hono<Environment> {
	// The raw path, so that each parameter is decoded once: a name may hold "%2F" as text.
	const app = new Hono<Environment>({
		getPath: (_request, context) => (context?.env as Environment['Bindings']).incoming.url?.split('?', 1)[0] ?? '',
	});
	const admit = rateLimit(options.requestsPerMinute);
	const isKey = keyCheck(options.apiKey);

	app.use(async (c, next) => {
		c.header('X-Request-ID', randomUUID());
		c.header('Cache-Control', 'no-store');
		const { host = '', origin } = c.env.incoming.headers;
		// A page whose name was rebound to 127.0.0.1 sends its own name as Host; a page of another site, its Origin.
		if (!/^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i.test(host)) {
			throw new Refusal('forbidden', 'Local Vault answers to 127.0.0.1 and localhost only.');
		}
		if (origin !== undefined && origin !== `http://${host}`) {
			throw new Refusal('forbidden', 'Local Vault does not answer to web pages.');
		}
		if (!isKey(c.env.incoming.headers.authorization)) throw new Refusal('unauthorized', 'Unauthorized');
		admit();
		if (options.latency) await pause(options.latency);
		if (!isDecodable(c.req.path)) throw new Refusal('malformed', 'The path is not valid percent-encoded UTF-8.');
		await next();
	});

	app.route('/organizations', organizationRoutes(vault));
	app.route('/vault/v1/kv', objectRoutes(vault));
	app.route('/vault/v1/keys', keyRoutes(vault));
	app.route('/vault/object/version', versionRoutes(vault));
	app.notFound((c) => failure(c, new Refusal('notFound', 'Not Found: Local Vault has no such route.')));
	app.onError((error, c) => failure(c, error));
	return app;
}

function keyCheck(apiKey: string): (authorization: string | undefined) => boolean {
	const salt = Buffer.from(randomUUID());
	// Hashed first, because the comparison needs equal lengths and must not tell the length of the key.
	const hash = (text: string) => keyedHash(salt, Buffer.from(text));
	const expected = hash(apiKey);
	return (authorization = '') => timingSafeEqual(hash(/^Bearer +(.*)$/i.exec(authorization)?.[1] ?? ''), expected);
}

function rateLimit(perMinute: number | undefined): () => void {
	let startedAt = -MINUTE_MS;
	let count = 0;
	return () => {
		if (perMinute === undefined) return;
		const now = performance.now();
		if (now - startedAt >= MINUTE_MS) {
			startedAt = now;
			count = 0;
		}
		if (++count > perMinute) {
			const wait = Math.ceil((startedAt + MINUTE_MS - now) / 1000);
			throw new Refusal('rateLimited', 'Too many requests in this minute.', wait);
		}
	};
}

function isDecodable(path: string): boolean {
	try {
		decodeURIComponent(path);
		return true;
	} catch {
		return false;
	}
}
