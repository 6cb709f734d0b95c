import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import type { Fault } from './administration/fault';
import { Faults } from './administration/faults';
import { administrationRoutes } from './administration/routes';
import { catalogueKeyRoutes } from './skillApi/keys';
import { catalogueObjectRoutes } from './skillApi/objects';
import { access } from './http/access';
import { failure } from './http/answer';
import { onlyOnce } from './http/onlyOnce';
import { rateLimit } from './http/rateLimit';
import type { Environment } from './http/request';
import { eventRoutes } from './live/events';
import { keyRoutes } from './live/keys';
import { objectRoutes } from './live/objects';
import { organizationRoutes } from './live/organizations';
import { Refusal } from './store/refusal';
import type { Vault } from './store/vault';

/** How a vault is served. */
export interface AppOptions {
	readonly apiKey: string;
	/** Milliseconds that every answer is delayed by. */
	readonly latency?: number | undefined;
	/** Requests a minute, over both dialects, after which the answer is 429; by default the catalogue's own limit only. */
	readonly requestsPerMinute?: number | undefined;
	/** What goes wrong at first. */
	readonly faults?: readonly Fault[] | undefined;
	/** Fills the vault when it is reset. */
	readonly seed: (vault: Vault) => void;
}

/** The limit that the catalogue states. The live service's own (6,000) is not one that a single application meets. */
const catalogueRequestsPerMinute = 1000;

/** The HTTP face of a vault: what every request has to pass, then the routes. */
export function createApp(vault: Vault, options: AppOptions): Hono<Environment> {
	const { apiKey, latency = 0, requestsPerMinute, seed } = options;
	const faults = new Faults(options.faults);
	// The raw path, so that each parameter is decoded once: a name may hold "%2F" as text.
	const app = new Hono<Environment>({
		getPath: (_request, context) => (context?.env as Environment['Bindings']).incoming.url?.split('?', 1)[0] ?? '',
	});
	app.notFound((c) => failure(c, new Refusal('noRoute', 'Local Vault has no such route.')));
	app.onError((error, c) => failure(c, error));

	app.use(access(apiKey));
	app.use(async (c, next) => {
		if (!isDecodable(c.req.path)) throw new Refusal('malformed', 'The path is not valid percent-encoded UTF-8.');
		await next();
	});

	const settings = { latency_ms: latency, requests_per_minute: requestsPerMinute ?? null };
	app.route('/_local', administrationRoutes(vault, { faults, seed, settings }));

	if (requestsPerMinute !== undefined) app.use(rateLimit(requestsPerMinute));
	else {
		const limit = rateLimit(catalogueRequestsPerMinute);
		app.use('/vault/object/*', limit);
		app.use('/vault/key/*', limit);
	}
	if (latency > 0) {
		app.use(async (_c, next) => {
			// First the effect: whoever does not wait for the answer has had it all the same.
			await next();
			await pause(latency);
		});
	}
	app.use(faults.middleware);
	app.use('/organizations/*', onlyOnce('invalid', ['domains']));
	app.use('/events/*', onlyOnce('invalid', ['events']));
	app.use('/vault/*', onlyOnce('malformed'));

	app.route('/organizations', organizationRoutes(vault));
	app.route('/events', eventRoutes(vault));
	app.route('/vault/v1/kv', objectRoutes(vault));
	app.route('/vault/v1/keys', keyRoutes(vault));
	app.route('/vault/object', catalogueObjectRoutes(vault));
	app.route('/vault/key', catalogueKeyRoutes(vault));
	return app;
}

function isDecodable(path: string): boolean {
	try {
		return !path.includes('%') || decodeURIComponent(path) !== '';
	} catch {
		return false;
	}
}
