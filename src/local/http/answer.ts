import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isBusy } from '../store/database';
import { type Reason, Refusal } from '../store/refusal';
import type { Environment } from './request';

const STATUS: Readonly<Record<Reason, ContentfulStatusCode>> = {
	malformed: 400,
	externalIdTaken: 400,
	unauthorized: 401,
	forbidden: 403,
	notFound: 404,
	conflict: 409,
	tooLarge: 413,
	invalid: 422,
	tooManyKeys: 422,
	rateLimited: 429,
};

const CODE: Readonly<Record<Reason, string>> = {
	malformed: 'bad_request',
	externalIdTaken: 'external_id_already_used',
	unauthorized: 'unauthorized',
	forbidden: 'forbidden',
	notFound: 'entity_not_found',
	conflict: 'conflict',
	tooLarge: 'payload_too_large',
	invalid: 'unprocessable_entity',
	tooManyKeys: 'unprocessable_entity',
	rateLimited: 'too_many_requests',
};

/** A time as it is answered. */
export function isoTime(time: number): string {
	return new Date(time).toISOString();
}

/**
 * The answer to a request that failed. Vault's routes say `{error}`, all others `{message, code}` (vault-api §1.10), and
 * a 401 looks the same everywhere. What is unexpected says nothing about itself.
 */
export function failure(c: Context<Environment>, error: unknown): Response {
	if (error instanceof Refusal) {
		if (error.retryAfterSeconds !== undefined) c.header('Retry-After', String(error.retryAfterSeconds));
		return errorBody(c, STATUS[error.reason], CODE[error.reason], error.message);
	}
	if (isBusy(error)) {
		c.header('Retry-After', '1');
		return errorBody(c, 503, 'unavailable', 'Another process is using the vault. Try again.');
	}
	return errorBody(c, 500, 'internal_error', 'Local Vault could not do this. Its data may be damaged.');
}

function errorBody(c: Context<Environment>, status: ContentfulStatusCode, code: string, message: string): Response {
	const isVault = c.req.path.startsWith('/vault/') && status !== 401;
	return c.json(isVault ? { error: message } : { message, code }, status);
}
