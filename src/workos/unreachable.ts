import type { VaultErrorCode, VaultErrorDetails } from '../vault/errors';

type Certificate = NonNullable<VaultErrorDetails['certificate']>;

/** What TLS says of a certificate (https://nodejs.org/api/tls.html, X509 certificate error codes). */
const certificates: Readonly<Record<string, Certificate>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'unknownIssuer',
	SELF_SIGNED_CERT_IN_CHAIN: 'unknownIssuer',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknownIssuer',
	UNABLE_TO_GET_ISSUER_CERT: 'unknownIssuer',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknownIssuer',
	CERT_UNTRUSTED: 'unknownIssuer',
	CERT_CHAIN_TOO_LONG: 'unknownIssuer',
	INVALID_CA: 'unknownIssuer',
	CERT_HAS_EXPIRED: 'expired',
	CERT_NOT_YET_VALID: 'expired',
	ERR_TLS_CERT_ALTNAME_INVALID: 'otherHost',
	HOSTNAME_MISMATCH: 'otherHost',
	CERT_REVOKED: 'revoked',
	CERT_REJECTED: 'revoked',
};

/** Why a request got no answer. */
export interface Unreachable {
	readonly code: Extract<VaultErrorCode, 'offline' | 'untrusted' | 'proxyRefused' | 'redirected'>;
	readonly certificate?: Certificate;
	/** The system's name for it, such as `ECONNREFUSED`. */
	readonly systemCode: string | undefined;
}

/** What stands behind a failed `fetch`: its own message says nothing. */
export function unreachableBy(error: unknown): Unreachable {
	let systemCode: string | undefined;
	for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
		const { code } = cause as { code?: unknown };
		if (typeof code === 'string' && /^[A-Z\d_]{1,60}$/.test(code)) systemCode = code;
		const certificate = systemCode === undefined ? undefined : certificates[systemCode];
		if (certificate) return { code: 'untrusted', certificate, systemCode };
		// A tunnel through a proxy ends in an error that has the proxy's status in its words alone.
		if (/proxy/i.test(cause.message) && /\b407\b/.test(cause.message)) return { code: 'proxyRefused', systemCode };
		// Of a 407 to a request without a tunnel, as to plain http, fetch says nothing at all: neither a word nor a code.
		if (cause !== error && cause.message === '' && code === undefined) return { code: 'proxyRefused', systemCode };
		// Each implementation of fetch has words of its own for a redirect that it may not follow.
		if (/redirect/i.test(cause.message)) return { code: 'redirected', systemCode };
	}
	return { code: 'offline', systemCode };
}
