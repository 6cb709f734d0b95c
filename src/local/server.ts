import { randomBytes, randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Fault } from './administration/fault';
import { createApp } from './app';
import { foreignHost, isLoopback } from './http/access';
import { errorBody } from './http/answer';
import { rootKeyBeside } from './rootKey';
import { seedOf } from './seed/seed';
import { keyLength, deriveKey } from './store/keys/crypto';
import { CannotStart } from './store/refusal';
import { Vault } from './store/vault';

/** How a Local Vault is started. Everything has a default. */
export interface LocalVaultOptions {
	/** The database; without one the vault is in memory and leaves nothing. */
	readonly dataFile?: string | undefined;
	/** 32 bytes; by default from the file beside the database, or random for a vault in memory. */
	readonly rootKey?: Uint8Array | undefined;
	/** "demo", or the path of a JSON file; only a vault that never held anything is filled. */
	readonly seed?: string | undefined;
	/** The key that clients have to send; by default derived from the root key, so that it stays over restarts. */
	readonly apiKey?: string | undefined;
	/** By default one that the system chooses. */
	readonly port?: number | undefined;
	/** Milliseconds that every answer is delayed by. */
	readonly latency?: number | undefined;
	/** Requests a minute after which the answer is 429; by default 1,000 for the catalogue's routes only. */
	readonly requestsPerMinute?: number | undefined;
	/** How many distinct key-context items there may be: 10,000 by default. */
	readonly maximumKeys?: number | undefined;
	/** Days after which the rows of a deleted object are removed: 30 by default. */
	readonly purgeAfterDays?: number | undefined;
	/** Whether nothing else runs in this process: then the globals Request and Response are replaced by quicker ones. */
	readonly isAlone?: boolean | undefined;
	/** What goes wrong on purpose, from the start. */
	readonly faults?: readonly Fault[] | undefined;
}

/** A Local Vault that listens. */
export interface LocalVault {
	/** `http://127.0.0.1:<port>` */
	readonly url: string;
	readonly apiKey: string;
	/** Stops listening, lets running requests end for a moment, and closes the database. */
	close(): Promise<void>;
}

const loopback = '127.0.0.1';
const closingTimeMs = 1000;
const usualPurgeAfterDays = 30;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * Starts a vault server on this machine's loopback address.
 * @throws {CannotStart} with a sentence: port taken, wrong root key, a file that is no vault, a seed that can't be used
 */
export async function startLocalVault(options: LocalVaultOptions = {}): Promise<LocalVault> {
	const { dataFile, rootKey = dataFile === undefined ? randomBytes(keyLength) : rootKeyBeside(dataFile) } = options;
	const apiKey =
		options.apiKey ?? `sk_test_${deriveKey(rootKey, 'api key').toString('base64url').replace(/[-_]/g, '0')}`;
	const { purgeAfterDays = usualPurgeAfterDays } = options;
	const seed = seedOf(options.seed);
	const vault = new Vault({ dataFile, rootKey, maximumKeys: options.maximumKeys });
	try {
		vault.database.write(() => {
			if (vault.isNew) seed(vault);
		});
		purge(vault, purgeAfterDays);
		const app = createApp(vault, { ...options, apiKey, seed });
		const listener = getRequestListener(app.fetch, {
			overrideGlobalObjects: options.isAlone ?? false,
			errorHandler: () => undefined,
		});
		const server = createServer((request, response) => {
			// Here and not in a route: then what no route ever sees has them too, and they cost less.
			response.setHeader('X-Request-ID', randomUUID());
			response.setHeader('Cache-Control', 'no-store');
			void listener(request, response).then(() => {
				// Nothing was answered: the address was none, and no route has seen the request.
				if (!response.headersSent && !request.socket.destroyed) refuseAddress(request, response);
			});
		});
		const port = await listen(server, options.port ?? 0);
		const purging = setInterval(() => purge(vault, purgeAfterDays), hourMs).unref();
		return {
			url: `http://${loopback}:${port}`,
			apiKey,
			close: async () => {
				await stop(server);
				clearInterval(purging);
				vault.close();
			},
		};
	} catch (error) {
		vault.close();
		throw error;
	}
}

function refuseAddress({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
	const status = isLoopback(headers.host) ? 400 : 403;
	const sentence = status === 400 ? 'The address of the request is not a valid URL.' : foreignHost;
	const body = errorBody(url, status, sentence);
	response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function purge(vault: Vault, afterDays: number): void {
	try {
		vault.objects.purge(Date.now() - afterDays * dayMs);
	} catch {
		// Nobody asked for this, and there is another hour: what is wrong with the database, the next request is told.
	}
}

async function listen(server: Server, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			const why = error.code === 'EADDRINUSE' ? 'it is taken' : (error.code ?? error.message);
			reject(new CannotStart(`Can't listen on port ${port} of ${loopback}: ${why}.`));
		});
		server.listen(port, loopback, resolve);
	});
	return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
	const patience = setTimeout(() => server.closeAllConnections(), closingTimeMs);
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
	});
	clearTimeout(patience);
}
