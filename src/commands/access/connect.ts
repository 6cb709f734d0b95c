import { hasCode } from '../../vault/errors';
import { connecting, welcome } from './connecting';
import { proxyWords, redirectedWords, untrustedWords } from './reachability';
import { endpointProblem, isProductionKey, keyProblem } from './apiKey';
import { localEndpoint, type App, type Connection } from '../ports';
import { cancelled, type Choice } from '../ports/ui';
import { ensureUnlocked } from './privacy';

/** Where WorkOS itself answers. */
const workosEndpoint = 'https://api.workos.com';
const keyPrompt =
	'It starts with sk_, is tried with a real call, and is then kept in the secret storage of this machine.';
const dashboard = 'https://dashboard.workos.com';

/** Asks for an endpoint and a key, tries them with a real call, and keeps them. Nothing is stored when the try fails. */
export async function connectWithApiKey(app: App): Promise<void> {
	ensureUnlocked(app);
	const title = 'Connect with an API Key';
	const endpoint = await askEndpoint(app, title);
	if (endpoint === undefined) return;
	const apiKey = await askKey(app, title, endpoint);
	if (apiKey === undefined) return;
	const name = await app.ui.input({
		title,
		prompt: 'Such as the environment that the key belongs to',
		placeholder: 'A name for this connection',
		value: suggestName(apiKey, endpoint),
		validate: (text) => nameProblem(app, text.trim()),
	});
	if (name === undefined) return;
	const isProduction = isProductionKey(apiKey);
	await app.connections.add({ id: crypto.randomUUID(), name: name.trim(), endpoint, isProduction }, apiKey);
	await welcome(app);
}

/** Starts a real vault on this machine and connects to it. */
export async function tryLocalVault(app: App): Promise<void> {
	ensureUnlocked(app);
	await startLocalVault(app);
}

/** Starts a vault that is empty, where this machine has lost the key of the one before. */
export async function startEmptyLocalVault(app: App): Promise<void> {
	ensureUnlocked(app);
	const isMeant = await app.ui.confirm(
		'Start an empty Local Vault?',
		'What you kept in the one before stays on this machine, encrypted. It can’t be opened any more once a new key has taken the place of its own.',
		'Start an Empty One',
	);
	if (isMeant) await startLocalVault(app, true);
}

async function startLocalVault(app: App, mayBeEmpty?: boolean): Promise<void> {
	await connecting(app, 'Starting Local Vault', () => app.connections.useLocalVault(mayBeEmpty));
}

/** Lets a person choose another connection, or make one. */
export async function switchConnection(app: App): Promise<void> {
	ensureUnlocked(app);
	const current = app.connections.session?.connection.id;
	const connections = app.connections.list().map((connection) => ({
		label: connection.name,
		description: [connection.id === current && 'connected', connection.isProduction && 'production']
			.filter(Boolean)
			.join(', '),
		detail: connection.endpoint === localEndpoint ? 'Local Vault on this machine' : connection.endpoint,
		icon: connection.isProduction ? 'shield' : 'lock',
		value: () => use(app, connection),
	}));
	const doors = [
		{ label: 'Connect with an API Key…', icon: 'add', value: () => connectWithApiKey(app) },
		...(app.connections.list().some(({ endpoint }) => endpoint === localEndpoint)
			? []
			: [{ label: 'Try Local Vault', icon: 'beaker', value: () => tryLocalVault(app) }]),
	];
	const run = await app.ui.pick('Switch Connection', 'Which vault?', [...connections, ...doors]);
	await run?.();
}

/** Asks for another key for a connection whose key was refused or rotated. */
export async function replaceApiKey(app: App): Promise<void> {
	ensureUnlocked(app);
	const connection = await pickConnection(app, 'Replace API Key', ({ endpoint }) => endpoint !== localEndpoint);
	if (!connection) return;
	const apiKey = await askKey(app, 'Replace API Key', connection.endpoint);
	if (apiKey === undefined) return;
	await app.connections.replaceKey(connection, apiKey);
	app.ui.announce(`Replaced the API key of “${connection.name}”.`);
}

/** Removes a connection and its key from this machine, in every window. */
export async function signOut(app: App): Promise<void> {
	// While the list can't be read, nobody knows which keys those are.
	const stray = await app.connections.strayKeys().catch(() => []);
	const connection = await pickConnection(app, 'Sign Out', () => true, strayChoice(stray));
	if (!connection) return;
	if (connection === 'stray') return removeStray(app, stray);
	const drafts = (await app.drafts.unpublished()).filter(({ connectionId }) => connectionId === connection.id);
	const isInUse = connection.id === app.connections.session?.connection.id;
	await app.connections.remove(connection);
	// Its rows are gone, and what showed its values is closed: what had the focus is, too.
	if (isInUse) await app.view.focus();
	const done =
		connection.endpoint === localEndpoint
			? 'Local Vault was stopped. What you kept in it is there when you start it again.'
			: `Signed out of “${connection.name}”. Its API key was removed from this machine.`;
	const names = drafts.map(({ name }) => `“${name}”`).join(', ');
	const where = drafts.every((draft) => app.drafts.isKept(draft))
		? 'is kept encrypted'
		: 'can’t be kept on this machine now, so only this window has it';
	const kept = ` What you wrote for ${names} and did not publish ${where}: choose “Reopen Draft”.`;
	app.ui.say(drafts.length > 0 ? done + kept : done);
}

/** Marks a connection as production, which is read-only until changes are allowed, or takes the mark away. */
export async function markProduction(app: App): Promise<void> {
	ensureUnlocked(app);
	const title = 'Mark as Production';
	const connection = await pickConnection(app, title, () => true);
	if (!connection) return;
	const isProduction = await app.ui.pick(title, `What does “${connection.name}” lead to?`, [
		{
			label: 'Production',
			description: 'read-only until changes are allowed, isolated editor',
			icon: 'shield',
			value: true,
		},
		{ label: 'Another Environment', description: 'can be changed at any time', icon: 'lock', value: false },
	]);
	if (isProduction === undefined) return;
	await app.connections.setProduction(connection, isProduction);
	const mark = isProduction
		? 'marked as production, and read-only. What is open already stays in its editor.'
		: 'not marked as production.';
	app.ui.announce(`“${connection.name}” is ${mark}`);
}

/** Opens the WorkOS dashboard in the browser. */
export async function openDashboard(app: App): Promise<void> {
	await app.ui.openUrl(dashboard);
}

async function askEndpoint(app: App, title: string): Promise<string | undefined> {
	const choices = [
		{ label: 'WorkOS', description: workosEndpoint, value: workosEndpoint as string | undefined },
		{ label: 'Another Address…', description: 'a server that speaks the same API', value: undefined },
	];
	const picked = await app.ui.pick<{ address: string | undefined }>(
		title,
		'Where is the vault?',
		choices.map(({ value, ...choice }) => ({ ...choice, value: { address: value } })),
	);
	if (!picked) return undefined;
	if (picked.address !== undefined) return picked.address;
	const text = await app.ui.input({
		title,
		prompt: 'Such as https://vault.example.com. A key is only ever sent to the address that it was entered for.',
		placeholder: 'The vault’s address',
		validate: endpointProblem,
	});
	return text === undefined ? undefined : new URL(text.trim()).origin;
}

/** A key that the vault accepted. */
async function askKey(app: App, title: string, endpoint: string, prompt = keyPrompt): Promise<string | undefined> {
	for (;;) {
		const apiKey = await enterKey(app, title, prompt);
		if (apiKey === undefined) return undefined;
		try {
			const tried = await app.ui.progress('Trying the API key', () => app.connections.probe(endpoint, apiKey));
			return tried === cancelled ? undefined : apiKey;
		} catch (error) {
			const again = await app.ui.warnAndAsk(`${probeProblem(error, endpoint)} Nothing was stored.`, 'Try Again');
			if (again === undefined) return undefined;
		}
	}
}

async function enterKey(app: App, title: string, prompt: string): Promise<string | undefined> {
	const { environmentKey } = app;
	if (environmentKey !== undefined && keyProblem(environmentKey) === undefined) {
		const source = await app.ui.pick(title, 'Which key?', [
			{ label: 'Enter a Key…', value: 'entered' },
			{ label: 'Use WORKOS_API_KEY', description: 'from the environment of this window', value: 'environment' },
		]);
		if (source !== 'entered') return source && environmentKey;
	}
	const text = await app.ui.input({
		title,
		prompt,
		placeholder: 'The secret API key',
		isMasked: true,
		validate: keyProblem,
	});
	return text?.trim();
}

function probeProblem(error: unknown, endpoint: string): string {
	const { host } = new URL(endpoint);
	if (hasCode(error, 'unauthorized')) {
		return 'The vault refused this API key. Check that you copied all of it and that it was not revoked.';
	}
	if (hasCode(error, 'forbidden')) {
		return 'This API key is valid, but it may not use Vault. Use a key with access to Vault.';
	}
	if (hasCode(error, 'untrusted')) return untrustedWords(error.details);
	if (hasCode(error, 'proxyRefused')) return proxyWords;
	if (hasCode(error, 'redirected')) return redirectedWords(error.details);
	if (hasCode(error, 'offline')) return `Cannot reach ${host}. Check the network and the address.`;
	if (hasCode(error, 'unavailable', 'rateLimited'))
		return `${host} does not answer calls at the moment. Try again later.`;
	return `${host} answered, but not as a WorkOS vault does. Check the address.`;
}

/** Switches to a connection, and asks for its key where this machine has none. */
export async function use(app: App, connection: Connection): Promise<void> {
	try {
		await connecting(app, `Connecting to ${connection.name}`, () => app.connections.use(connection));
	} catch (error) {
		if (!hasCode(error, 'keyMissing')) throw error;
		const prompt = `Its key is not on this machine: VS Code keeps keys where they were entered. ${keyPrompt}`;
		const apiKey = await askKey(app, `API Key of “${connection.name}”`, connection.endpoint, prompt);
		if (apiKey === undefined) return;
		await app.connections.replaceKey(connection, apiKey);
		await welcome(app);
	}
}

/** Keys that no connection has: a list got lost, or another machine has it that this VS Code opened. */
function strayChoice({ length }: readonly string[]): Choice<'stray'>[] {
	if (length === 0) return [];
	return [
		{
			label: 'API Keys Without a Connection…',
			description: length === 1 ? '1 key' : `${length} keys`,
			detail: 'Kept on this machine, and in no list here',
			icon: 'key',
			value: 'stray',
		},
	];
}

async function removeStray(app: App, ids: readonly string[]): Promise<void> {
	const keys = ids.length === 1 ? '1 API key' : `${ids.length} API keys`;
	const isMeant = await app.ui.confirm(
		`Remove ${keys} that no connection here has?`,
		'VS Code keeps keys where its window is, and the list of connections where the extension runs. If you also work over SSH, in WSL, in a container or in a tunnel, these keys may be those of your connections there: you would have to enter them again.',
		'Remove',
	);
	if (!isMeant) return;
	await app.connections.removeStrayKeys(ids);
	app.ui.say(`Removed ${keys} from this machine.`);
}

async function pickConnection<T = never>(
	app: App,
	title: string,
	isEligible: (connection: Connection) => boolean,
	more: readonly Choice<T>[] = [],
): Promise<Connection | T | undefined> {
	const current = app.connections.session?.connection.id;
	const connections = app.connections
		.list()
		.filter(isEligible)
		.toSorted((a, b) => Number(b.id === current) - Number(a.id === current));
	const [only] = connections;
	if (!only && more.length === 0) {
		app.ui.say('There is no connection yet. Choose “Connect with an API Key…” or “Try Local Vault” first.');
		return undefined;
	}
	if (connections.length === 1 && more.length === 0) return only;
	const choices = connections.map((connection) => ({
		label: connection.name,
		description: connection.id === current ? 'connected' : undefined,
		icon: 'lock',
		value: connection,
	}));
	return app.ui.pick<Connection | T>(title, 'Which connection?', [...choices, ...more]);
}

function nameProblem(app: App, name: string): string | undefined {
	if (name === '') return 'Enter a name.';
	if (app.connections.list().some((connection) => connection.name === name)) {
		return 'A connection of this name exists. Choose another name.';
	}
	return undefined;
}

function suggestName(apiKey: string, endpoint: string): string {
	if (endpoint !== workosEndpoint) return new URL(endpoint).host;
	return isProductionKey(apiKey) ? 'Production' : 'Staging';
}
