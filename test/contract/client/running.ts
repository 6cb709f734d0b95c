import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { WorkOS } from '@workos-inc/node';
import type { AddressInfo } from 'node:net';
import { type LocalVault, type LocalVaultOptions, startLocalVault } from '../../../src/local/server';
import { VaultError, type VaultErrorCode } from '../../../src/vault/errors';
import { WorkOSVault } from '../../../src/workos/client';
import type { RequestRecord } from '../../../src/workos/exchange';
import { Pacing } from '../../../src/workos/pacing';

/** A client under test, with what it told. */
export interface Client {
	readonly vault: WorkOSVault;
	readonly records: RequestRecord[];
	readonly pauses: (Date | undefined)[];
	/** The milliseconds of every wait that was asked for. None of them takes time, unless `wait` says otherwise. */
	readonly waits: number[];
}

/** How a client differs from the usual one. */
export interface ClientChanges {
	readonly apiKey?: string;
	readonly timeout?: number;
	readonly requestsPerMinute?: number;
	readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** WorkOS' own SDK, connected to a vault on this machine. */
export function sdkOf({ url, apiKey }: { readonly url: string; readonly apiKey: string }): WorkOS {
	const { hostname, port } = new URL(url);
	return new WorkOS({ apiKey, apiHostname: hostname, port: Number(port), https: false });
}

/** A client whose waits are over at once. */
export function clientOf(endpoint: string, changes: ClientChanges = {}): Client {
	const { apiKey = 'sk_test_contract', requestsPerMinute = 1000, wait = () => Promise.resolve() } = changes;
	const [records, pauses, waits]: [RequestRecord[], (Date | undefined)[], number[]] = [[], [], []];
	const pacing = new Pacing(requestsPerMinute, (ms, signal) => {
		waits.push(ms);
		return wait(ms, signal);
	});
	const vault = new WorkOSVault(
		{
			apiKey,
			endpoint,
			requestsPerMinute,
			timeout: changes.timeout ?? 10_000,
			onRequest: (record) => records.push(record),
			onPause: (until) => pauses.push(until),
		},
		pacing,
	);
	return { vault, records, pauses, waits };
}

/** A Local Vault for the suite, and a client that is connected to it. */
export function suiteVault(
	options: LocalVaultOptions = {},
): Client & { readonly url: string; readonly apiKey: string } {
	const running = {} as Client & { url: string; apiKey: string };
	let started: LocalVault;
	suiteSetup(async () => {
		started = await startLocalVault(options);
		const { url, apiKey } = started;
		Object.assign(running, clientOf(url, { apiKey }), { url, apiKey });
	});
	suiteTeardown(() => started.close());
	return running;
}

/** What a server was asked. */
export interface Seen {
	readonly method: string;
	readonly url: string;
	readonly authorization: string | undefined;
	readonly body: string;
}

/** A server that answers as a test says. */
export interface Fake {
	readonly url: string;
	readonly seen: Seen[];
}

/** Answers one request, the `index`-th that its server got. */
export type Answering = (response: http.ServerResponse, request: Seen, index: number) => void;

/** Starts servers that answer as a test says, and stops them after it. */
export function suiteFakes(): (answering: Answering) => Promise<Fake> {
	const servers: http.Server[] = [];
	teardown(async () => {
		for (const server of servers.splice(0)) {
			const closed = once(server.close(), 'close');
			server.closeAllConnections();
			await closed;
		}
	});
	return async (answering) => {
		const seen: Seen[] = [];
		const server = http.createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { method = '', url = '', headers } = request;
				const one = { method, url, authorization: headers.authorization, body: Buffer.concat(chunks).toString() };
				answering(response, one, seen.push(one) - 1);
			});
		});
		servers.push(server);
		await once(server.listen(0, '127.0.0.1'), 'listening');
		return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
	};
}

/** An address of this machine that nobody listens on. */
export async function closedAddress(): Promise<string> {
	const server = http.createServer();
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	await once(server.close(), 'close');
	return `http://127.0.0.1:${port}`;
}

/** Answers with JSON, or with a text as it is. */
export function send(
	response: http.ServerResponse,
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string>> = {},
): void {
	const isText = typeof body === 'string';
	response.writeHead(status, { 'Content-Type': isText ? 'text/html' : 'application/json', ...headers });
	response.end(isText ? body : JSON.stringify(body));
}

/** The failure of a call; fails the test when it is another one, or none. */
export async function failureOf(call: Promise<unknown>, code: VaultErrorCode): Promise<VaultError> {
	const error: unknown = await call.then(
		() => assert.fail(`It should have failed as ${code}.`),
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof VaultError, `${String(error)} is no VaultError`);
	assert.equal(error.code, code);
	return error;
}
