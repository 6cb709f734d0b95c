/** True for a key that says by itself that it opens a production environment. */
export function isProductionKey(apiKey: string): boolean {
	return apiKey.startsWith('sk_live');
}

/** Why an address can't be a vault's endpoint, or undefined. */
export function endpointProblem(text: string): string | undefined {
	let url: URL;
	try {
		url = new URL(text.trim());
	} catch {
		return 'Enter an address such as https://api.workos.com.';
	}
	const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
		return 'The address must start with https:// (http:// only for this machine), so that the key can’t be read on the way.';
	}
	if (url.username !== '' || url.password !== '') return 'Leave user name and password out of the address.';
	if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return 'Enter the address without a path.';
	return undefined;
}

/** Why a text can't be an API key, or undefined. */
export function keyProblem(text: string): string | undefined {
	const key = text.trim();
	if (key.startsWith('pk_')) {
		return 'This is a publishable key (pk_…). Vault needs the secret API key, which starts with sk_.';
	}
	if (key.startsWith('client_')) {
		return 'This is a client ID (client_…). Vault needs the secret API key, which starts with sk_.';
	}
	if (!key.startsWith('sk_')) return 'An API key starts with sk_. You find it in the WorkOS dashboard under API Keys.';
	if (!/^[\x21-\x7e]+$/.test(key)) return 'The key holds a space or a character that no API key has. Copy it again.';
	return undefined;
}
