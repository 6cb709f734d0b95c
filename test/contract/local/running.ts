import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type LocalVault, type LocalVaultOptions, startLocalVault } from '../../../src/local/server';
import { checkLive } from './liveSchema';

/** An answer of the vault. `body` is typed by whoever asks. */
export interface Answer<Body> {
	readonly status: number;
	readonly headers: Headers;
	readonly body: Body;
}

/** Asks a vault; `body` is sent as JSON, a string or bytes as they are. */
export type Ask = <Body = Record<string, unknown>>(
	method: string,
	path: string,
	body?: unknown,
	headers?: Record<string, string>,
) => Promise<Answer<Body>>;

/** A way to ask the vault at `url`. Every answer of the live dialect has to be one that the live API documents. */
export function asker({ url, apiKey }: { readonly url: string; readonly apiKey: string }): Ask {
	return async <Body>(method: string, route: string, body?: unknown, headers: Record<string, string> = {}) => {
		const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
		const response = await fetch(url + route, {
			method,
			headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json', ...headers },
			...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
		});
		const text = await response.text();
		const answered: unknown = text === '' ? null : JSON.parse(text);
		checkLive(method, route, response.status, answered);
		return { status: response.status, headers: response.headers, body: answered as Body };
	};
}

/** Starts a vault before the suite and stops it afterwards. */
export function suiteVault(options: LocalVaultOptions = {}): { ask: Ask; url: string; apiKey: string } {
	// What a suite takes out of it before anything is started has to work afterwards.
	const vault = { url: '', apiKey: '', ask: ((...args) => asker(vault)(...args)) as Ask };
	let started: LocalVault;
	suiteSetup(async () => {
		started = await startLocalVault(options);
		Object.assign(vault, { url: started.url, apiKey: started.apiKey });
	});
	suiteTeardown(() => started.close());
	return vault;
}

/** Starts a vault for some work and stops it afterwards. */
export async function withVault<T>(
	options: LocalVaultOptions,
	work: (ask: Ask, vault: LocalVault) => Promise<T>,
): Promise<T> {
	const vault = await startLocalVault(options);
	try {
		return await work(asker(vault), vault);
	} finally {
		await vault.close();
	}
}

/** A request that fetch would not send: any Host header, any path. */
export async function sendRaw(
	url: string,
	options: { readonly path: string; readonly headers: Record<string, string>; readonly setHost?: boolean },
): Promise<{ readonly status: number | undefined; readonly text: string }> {
	const request = http.request({ host: '127.0.0.1', port: new URL(url).port, agent: false, ...options });
	request.end();
	const [response] = (await once(request, 'response')) as [http.IncomingMessage];
	let text = '';
	for await (const chunk of response) text += String(chunk);
	return { status: response.statusCode, text };
}

/** A folder for the suite, removed afterwards. */
export function suiteFolder(): { path: string } {
	const folder = { path: '' };
	suiteSetup(async () => {
		folder.path = await mkdtemp(path.join(tmpdir(), 'local-vault-'));
	});
	suiteTeardown(() => rm(folder.path, { recursive: true, force: true }));
	return folder;
}

/** A Local Vault in a process of its own. */
export interface Running {
	readonly child: ChildProcessWithoutNullStreams;
	/** How it ended. */
	readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
	/** What its first line says; fails when it ends before it says so. */
	readonly ready: Promise<{ url: string; apiKey: string; pid: number; ask: Ask }>;
}

/** Starts Local Vault from its command line. */
export type Run = (
	args: readonly string[],
	options?: { readonly env?: Record<string, string>; readonly nodeFlags?: readonly string[] },
) => Running;

/** A way to start processes; what a test leaves running (because it failed) is ended after it. */
export function suiteProcesses(): Run {
	const children: ChildProcessWithoutNullStreams[] = [];
	teardown(() => {
		for (const child of children.splice(0)) child.kill('SIGKILL');
	});
	return (args, { env = {}, nodeFlags = [] } = {}) => {
		const program = path.resolve(__dirname, '../../../dist/localVault.js');
		const child = spawn(process.execPath, [...nodeFlags, program, ...args], {
			env: { PATH: process.env.PATH, ...env },
		});
		children.push(child);
		const ended = endOf(child);
		const ready = firstLine(child, ended);
		// Not every test waits for it, and one that never comes is not a failure by itself.
		ready.catch(() => undefined);
		return { child, ended, ready };
	};
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<Awaited<Running['ended']>> {
	let stderr = '';
	child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
	const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
	return { code, signal, stderr };
}

async function firstLine(
	child: ChildProcessWithoutNullStreams,
	ended: Running['ended'],
): Promise<Awaited<Running['ready']>> {
	const first = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
	if (!Array.isArray(first)) throw new Error(`Local Vault ended: ${first.stderr}`);
	const line = JSON.parse(String(first[0])) as { url: string; apiKey: string; pid: number };
	return { ...line, ask: asker(line) };
}
