import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isBusy, isFull } from '../store/database';
import { type Reason, Refusal } from '../store/refusal';
import type { Environment } from './request';

const statuses: Readonly<Record<Reason, ContentfulStatusCode>> = {
	malformed: 400,
	externalIdTaken: 400,
	invalidDataKey: 400,
	keyUnavailable: 400,
	unauthorized: 401,
	forbidden: 403,
	notFound: 404,
	// A client would take a 404 for a missing organization or object.
	noRoute: 501,
	conflict: 409,
	tooLarge: 413,
	invalid: 422,
	tooManyKeys: 422,
	rateLimited: 429,
};

/** The error types of the catalogue's table. */
const catalogueCodes: Readonly<Record<number, string>> = {
	401: 'unauthorized',
	403: 'forbidden',
	404: 'not_found',
	409: 'conflict',
	422: 'unprocessable_entity',
	429: 'rate_limit_exceeded',
	501: 'not_implemented',
};

const liveCodes: Readonly<Record<number, string>> = {
	400: 'bad_request',
	401: 'unauthorized',
	403: 'forbidden',
	404: 'entity_not_found',
	409: 'conflict',
	413: 'payload_too_large',
	422: 'unprocessable_entity',
	429: 'too_many_requests',
	501: 'not_implemented',
	503: 'unavailable',
	507: 'disk_full',
};

/** A time as it is answered. */
export function isoTime(time: number): string {
	return new Date(time).toISOString();
}

/** The answer to a request that failed. What is unexpected says nothing about itself. */
export function failure(c: Context<Environment>, error: unknown): Response {
	if (error instanceof Refusal) {
		if (error.retryAfterSeconds !== undefined) c.header('Retry-After', String(error.retryAfterSeconds));
		// Of a data key the catalogue says that the field can't be processed.
		const isField = error.reason === 'invalidDataKey' && isCatalogue(c.req.path);
		const status = isField ? statuses.invalid : statuses[error.reason];
		const code = error.reason === 'externalIdTaken' ? 'external_id_already_used' : undefined;
		return errorAnswer(c, status, error.message, code);
	}
	if (isBusy(error)) {
		c.header('Retry-After', '1');
		return errorAnswer(c, 503, 'Another process is using the vault. Try again.');
	}
	if (isFull(error)) return errorAnswer(c, 507, 'The disk is full: nothing was written. Make room and try again.');
	return errorAnswer(c, 500, 'Local Vault could not do this. Its data may be damaged.');
}

/** An error in the shape of the route's dialect, as {@link errorBody} says. */
export function errorAnswer(
	c: Context<Environment>,
	status: ContentfulStatusCode,
	message: string,
	code?: string,
): Response {
	return c.json(errorBody(c.req.path, status, message, code), status);
}

/**
 * An error in the shape of a path's dialect: the live Vault routes say `{error}`, the catalogue `{code, message}` with the
 * error types of its table, everything else `{message, code}`; a 401 looks the same everywhere (vault-api §1.10).
 */
export function errorBody(path: string, status: number, message: string, code?: string): object {
	if (isCatalogue(path)) {
		const type = catalogueCodes[status] ?? (status < 500 ? 'invalid_request' : 'internal_server_error');
		return { code: type, message };
	}
	if (path.startsWith('/vault/') && status !== 401) return { error: message };
	return { message, code: code ?? liveCodes[status] ?? (status < 500 ? 'bad_request' : 'internal_error') };
}

function isCatalogue(path: string): boolean {
	return /^\/vault\/(object|key)(\/|$)/.test(path);
}
