/** What went wrong, for a program. The sentence that a person reads is made in `editor/errorMessages.ts`. */
export type VaultErrorCode =
	| 'notConnected'
	| 'locked'
	| 'presenting'
	| 'rejected'
	| 'unauthorized'
	| 'keyMissing'
	| 'forbidden'
	| 'notFound'
	| 'nameTaken'
	| 'conflict'
	| 'rateLimited'
	| 'unavailable'
	| 'offline'
	| 'untrusted'
	| 'proxyRefused'
	| 'redirected'
	| 'keyUnavailable'
	| 'keyNotReady'
	| 'tooManyKeys'
	| 'noOldValues'
	| 'notCiphertext'
	| 'undecryptable'
	| 'contextChanged'
	| 'rowRedrawn'
	| 'noObjectInRow'
	| 'severalRows'
	| 'linkBroken'
	| 'linkElsewhere'
	| 'linkUnknown'
	| 'linkWithheld'
	| 'unexpected';

/** Failures that would meet every other call, too. Others are those of one object. */
export const generalCodes = [
	'unauthorized',
	'forbidden',
	'offline',
	'untrusted',
	'proxyRefused',
	'redirected',
	'unavailable',
	'rateLimited',
] as const satisfies readonly VaultErrorCode[];

/** What is known about a failure. Never a value, a key or a ciphertext. */
export interface VaultErrorDetails {
	readonly status?: number | undefined;
	readonly requestId?: string | undefined;
	/** Seconds that the vault asked to wait. */
	readonly retryAfter?: number | undefined;
	/** The vault's own sentence, left out where it repeats anything that was sent. */
	readonly reason?: string | undefined;
	readonly host?: string | undefined;
	/** What is wrong with the vault's certificate, in code `untrusted`. */
	readonly certificate?: 'unknownIssuer' | 'expired' | 'otherHost' | 'revoked' | undefined;
	readonly attempts?: number | undefined;
	/** The name of the object concerned, or of the connection. */
	readonly name?: string | undefined;
}

/** A failure that a person can be told about: a code and data, never a sentence, never a value. */
export class VaultError extends Error {
	constructor(
		readonly code: VaultErrorCode,
		readonly details: VaultErrorDetails = {},
	) {
		super(code);
		this.name = 'VaultError';
	}

	/** True when it is unknown what the vault did: no answer came, or one that says success and can't be read. */
	get isAnswerLost(): boolean {
		const { status = 0 } = this.details;
		const isUnreadable = this.code === 'unexpected' && status >= 200 && status < 300;
		return isUnreadable || this.code === 'unavailable' || this.code === 'offline';
	}
}

/** True when `error` is a `VaultError` with one of `codes`. */
export function hasCode(error: unknown, ...codes: VaultErrorCode[]): error is VaultError {
	return error instanceof VaultError && codes.includes(error.code);
}
