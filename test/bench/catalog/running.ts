import { WorkOSVault } from '../../../src/workos/client';
import type { Answered } from './chain';

/** Milliseconds by which every answer comes later. */
export const latency = 50;
/** The client has no limit of its own. */
const unlimited = 0;

/** How a Local Vault is started; `options` are those of its command line. */
export interface ServerStart {
	readonly seed: unknown;
	readonly options: readonly string[];
}

/** A Local Vault that runs in a process of its own. */
export interface Server {
	readonly url: string;
	readonly stop: () => Promise<void>;
}

/** What the measurements are made with. */
export interface Bench {
	readonly apiKey: string;
	/** A folder for files, empty at the start. */
	readonly folder: string;
	readonly startServer: (start: ServerStart) => Promise<Server>;
	/** Says what is being done while it is done. */
	readonly step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

/** A client, and every answer that it got, in the order in which they came. */
export interface CountedClient {
	readonly vault: WorkOSVault;
	readonly answers: Answered[];
}

/** A client of the product that counts what it sends. */
export function countedClient({ apiKey }: Bench, { url }: Server, requestsPerMinute = unlimited): CountedClient {
	const answers: Answered[] = [];
	const vault = new WorkOSVault({
		apiKey,
		endpoint: url,
		requestsPerMinute,
		onRequest: ({ path, status, duration }) => {
			const answeredAt = performance.now();
			answers.push({ path, status, sentAt: answeredAt - duration, answeredAt });
		},
		onPause: () => undefined,
	});
	return { vault, answers };
}

/** Runs `work` against a Local Vault, which ends with it. */
export async function withServer<T>(
	bench: Bench,
	start: ServerStart,
	work: (server: Server) => Promise<T>,
): Promise<T> {
	const server = await bench.startServer(start);
	try {
		return await work(server);
	} finally {
		await server.stop();
	}
}

/** What `work` answers, and how many milliseconds it took. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
	const startedAt = performance.now();
	const result = await work();
	return { result, ms: performance.now() - startedAt };
}
