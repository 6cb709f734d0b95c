import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestVault } from '../../driver/product';
import { control } from './canary';

/** One request as the server got it. */
export interface Heard {
	readonly method: string;
	readonly url: string;
	readonly authorization: string;
	readonly body: string;
}

/** Answers a request as no vault should. */
export type Answering = (response: http.ServerResponse, request: Heard) => void;

/** A server that passes everything on to a vault, until it is told to answer itself. */
export interface HostileVault {
	readonly url: string;
	/** What it got while it answered itself. */
	readonly heard: Heard[];
	/** Answers what fits by itself from now on; without `answering`, passes everything on again. */
	answer(answering?: Answering, fits?: (request: Heard) => boolean): void;
	/** Listens no more; `listen` starts again at the same address. */
	refuse(): Promise<void>;
	listen(): Promise<void>;
}

/** Starts a server in front of a vault. */
export async function startHostileVault(vault: TestVault): Promise<HostileVault> {
	const heard: Heard[] = [];
	let answerOf: (request: Heard) => Answering | undefined = () => undefined;
	let port = 0;
	let server: http.Server;
	const listen = async () => {
		server = http.createServer((request, response) => void take(request, response));
		await once(server.listen(port, '127.0.0.1'), 'listening');
		({ port } = server.address() as AddressInfo);
	};
	const take = async (request: http.IncomingMessage, response: http.ServerResponse) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { method = '', url = '', headers } = request;
		const one = { method, url, authorization: headers.authorization ?? '', body: Buffer.concat(chunks).toString() };
		const answering = answerOf(one);
		if (!answering) return passOn(vault, one, response);
		heard.push(one);
		answering(response, one);
	};
	await listen();
	return {
		url: `http://127.0.0.1:${port}`,
		heard,
		answer: (answering, fits = () => true) => {
			answerOf = (request) => (answering && fits(request) ? answering : undefined);
		},
		refuse: async () => {
			const closed = once(server.close(), 'close');
			server.closeAllConnections();
			await closed;
		},
		listen,
	};
}

async function passOn(vault: TestVault, { method, url, body }: Heard, response: http.ServerResponse): Promise<void> {
	const headers = { authorization: `Bearer ${vault.apiKey}`, 'content-type': 'application/json' };
	const answer = await fetch(vault.url + url, { method, headers, ...(body !== '' && { body }) });
	response.writeHead(answer.status, { 'Content-Type': 'application/json', 'X-Request-ID': control });
	response.end(await answer.text());
}
