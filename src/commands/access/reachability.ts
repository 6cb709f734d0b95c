import type { VaultErrorDetails } from '../../vault/errors';

/** What is wrong with a vault's certificate, and what to do about it, in a sentence or two. */
export function untrustedWords({ host = 'the vault', certificate = 'unknownIssuer' }: VaultErrorDetails): string {
	switch (certificate) {
		case 'expired':
			return `The certificate of ${host} has expired or is not valid yet, by this machine’s clock. Check the clock; if it is right, whoever runs ${host} has to renew the certificate.`;
		case 'otherHost':
			return `The certificate that answered is not for ${host}. Check the address; a proxy or another server may answer in its place.`;
		case 'revoked':
			return `The certificate of ${host} was revoked: somebody may have got hold of its key. Ask whoever runs it.`;
		case 'unknownIssuer':
			return `This machine does not trust who made the certificate of ${host}. Where your company’s proxy makes certificates, add its root certificate to the system’s store, turn on VS Code’s setting “http.systemCertificates”, and restart VS Code. Else somebody may be listening in.`;
	}
}

/** What to do where an address answers with another one. */
export function redirectedWords({ host = 'The vault' }: VaultErrorDetails): string {
	return `${host} sends requests on to another address, which is not followed: a key is for the address that you gave. Check that address, or sign in to the network where it wants that first.`;
}

/** What to do where the proxy wants to know who asks. */
export const proxyWords =
	'The network’s proxy wants a user name and a password. Set “http.proxy” to an address with both, which an older VS Code does not send, or sign in where VS Code asks for them, then try again.';
