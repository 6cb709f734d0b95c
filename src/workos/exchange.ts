import { AsyncLocalStorage } from 'node:async_hooks';
import { VaultError, type VaultErrorCode } from '../vault/errors';
import { isRepeating, type Sent } from './echoes';
import type { RateLimit } from './pacing';
import { unreachableBy, type Unreachable } from './unreachable';

/** Of a vault's own sentence, so much is told, and so much is looked at. */
const longestReason = 500;
const longestRead = 20_000;

/** One line of the log: nothing that was sent or received but the method, the path's shape, and how it ended. */
export interface RequestRecord {
	readonly method: string;
	/** The path with its ids. */
	readonly path: string;
	/** Undefined where no answer came. */
	readonly status: number | undefined;
	readonly requestId: string | undefined;
	/** Why no answer came, as the system names it. */
	readonly failure: string | undefined;
	/** Milliseconds until the headers were there. */
	readonly duration: number;
}

interface Exchange {
	readonly signal: AbortSignal | undefined;
	sent?: Sent;
	status?: number;
	requestId?: string | undefined;
	retryAfter?: number | undefined;
	reason?: string | undefined;
	unreachable?: Unreachable;
}

/**
 * The transport under the SDK: `fetch` that follows no redirect (a 307 would hand key and body to another host), can be
 * cancelled, and remembers what the SDK's exceptions drop: status, request id, the vault's own sentence.
 */
export class Transport {
	readonly #exchanges = new AsyncLocalStorage<Exchange>();

	constructor(
		private readonly host: string,
		private readonly onRequest: (record: RequestRecord) => void,
		private readonly onRateLimit: (limit: RateLimit) => void,
	) {}

	/** Handed to the SDK as `fetchFn`. */
	readonly fetch: typeof fetch = async (input, init = {}) => {
		const exchange = this.#exchanges.getStore();
		const signals = [init.signal, exchange?.signal].filter((signal) => signal instanceof AbortSignal);
		const started = performance.now();
		const url = new URL(input instanceof Request ? input.url : input);
		if (exchange) exchange.sent = { url, init };
		let answer: Response | undefined;
		let requestId: string | undefined;
		let unreachable: Unreachable | undefined;
		try {
			answer = await fetch(input, { ...init, redirect: 'error', signal: AbortSignal.any(signals) });
			requestId = await requestIdOf(answer.headers, { url, init });
		} catch (error) {
			unreachable = unreachableBy(error);
			if (exchange) exchange.unreachable = unreachable;
			throw error;
		} finally {
			this.onRequest({
				method: init.method ?? 'GET',
				path: url.pathname,
				status: answer?.status,
				requestId,
				failure: unreachable?.systemCode,
				duration: Math.round(performance.now() - started),
			});
		}
		this.#observeLimit(answer.headers);
		return exchange ? remember(exchange, answer, requestId) : answer;
	};

	/**
	 * Runs one SDK call (which makes one request) and turns its failure into a `VaultError`.
	 * @param conflictCode what a 409 means for this call
	 * @throws VaultError, or the signal's reason when it was cancelled
	 */
	async call<T>(run: () => Promise<T>, signal: AbortSignal | undefined, conflictCode: VaultErrorCode): Promise<T> {
		signal?.throwIfAborted();
		const exchange: Exchange = { signal };
		try {
			return await this.#exchanges.run(exchange, run);
		} catch (error) {
			signal?.throwIfAborted();
			throw await this.#explain(error, exchange, conflictCode);
		}
	}

	async #explain(error: unknown, exchange: Exchange, conflictCode: VaultErrorCode): Promise<VaultError> {
		const status = exchange.status ?? (isTimeout(error) ? 408 : undefined);
		// What the SDK itself refuses is not an unreachable vault.
		if (!exchange.sent) return new VaultError('unexpected', { host: this.host });
		// A vault's sentence that repeats something we sent could repeat a value.
		const reason = exchange.reason?.slice(0, longestRead);
		const isEcho = reason !== undefined && (await isRepeating(reason, exchange.sent));
		const details = {
			status,
			requestId: exchange.requestId,
			retryAfter: exchange.retryAfter,
			reason: isEcho ? undefined : reason?.slice(0, longestReason),
			host: this.host,
			certificate: exchange.unreachable?.certificate,
		};
		const code = codeOf(status, reason, isEcho, conflictCode);
		return new VaultError(code === 'offline' ? (exchange.unreachable?.code ?? code) : code, details);
	}

	#observeLimit(headers: Headers): void {
		const remaining = numberIn(headers.get('x-ratelimit-remaining'));
		const reset = numberIn(headers.get('x-ratelimit-reset'));
		if (remaining === undefined || reset === undefined) return;
		this.onRateLimit({ remaining, resetAt: new Date(reset * 1000) });
	}
}

function codeOf(
	status: number | undefined,
	reason = '',
	isEcho: boolean,
	conflictCode: VaultErrorCode,
): VaultErrorCode {
	if (/KEK was created but is not yet ready/i.test(reason)) return 'keyNotReady';
	if (/maximum unique keys reached/i.test(reason)) return 'tooManyKeys';
	if (status === undefined) return 'offline';
	// One such word may be part of what was sent, unlike the whole sentences above.
	const isAboutKeys = !isEcho && /\bKMS\b|customer.managed key|CMK|failed to decrypt|decryption failed/i.test(reason);
	if (isAboutKeys && (status === 400 || status === 422 || status >= 500)) return 'keyUnavailable';
	if (status === 400 || status === 422 || status === 413) return 'rejected';
	if (status === 401) return 'unauthorized';
	if (status === 403) return 'forbidden';
	if (status === 404) return 'notFound';
	if (status === 409) return conflictCode;
	if (status === 429) return 'rateLimited';
	if (status === 408 || status >= 500) return 'unavailable';
	return 'unexpected';
}

async function remember(exchange: Exchange, answer: Response, requestId: string | undefined): Promise<Response> {
	const { status, headers, ok } = answer;
	exchange.requestId = requestId;
	exchange.retryAfter = seconds(headers.get('retry-after'));
	if (!ok) exchange.status = status;
	// Read to its end here: the SDK does not tell a success whose body broke off, which is a lost answer, from one that
	// it can't read.
	const body = await answer.text();
	exchange.status = status;
	if (!ok) exchange.reason = sentenceIn(body);
	// A proxy's page is not the vault's answer. The SDK would take it for one where it expects no body, as in a delete.
	else if (/html/i.test(headers.get('content-type') ?? '')) throw new VaultError('unexpected');
	return new Response(body || null, { status, headers });
}

/** The human text of `{"error"}` (Vault) or `{"message"}` (the rest of WorkOS). */
function sentenceIn(body: string): string | undefined {
	const answer = parsed(body);
	if (typeof answer !== 'object' || answer === null) return undefined;
	const { error, message } = answer as { error?: unknown; message?: unknown };
	const text = typeof error === 'string' ? error : message;
	return typeof text === 'string' ? text : undefined;
}

/** The request's id: it goes into the log, so it must look like one, and repeat nothing that was sent. */
async function requestIdOf(headers: Headers, sent: Sent): Promise<string | undefined> {
	const id = headers.get('x-request-id') ?? '';
	return /^[\w-]{1,64}$/.test(id) && !(await isRepeating(id, sent)) ? id : undefined;
}

/** `Retry-After` in seconds, from its number or its date form. */
function seconds(header: string | null): number | undefined {
	// Without a time of day it is no such date, though `Date` makes one of almost anything: `-5` is a day in May 2001.
	const date = /\d:\d\d/.test(header ?? '') ? (Date.parse(header ?? '') - Date.now()) / 1000 : Number.NaN;
	return numberIn(header) ?? (Number.isFinite(date) ? Math.max(0, date) : undefined);
}

/** The number that a header says, where it is one and not below 0. */
function numberIn(header: string | null): number | undefined {
	return /^\d{1,15}(\.\d+)?$/.test(header ?? '') ? Number(header) : undefined;
}

function isTimeout(error: unknown): boolean {
	return error instanceof Error && (error as { status?: unknown }).status === 408;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
