import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { BadRequest } from './badRequests';

/** What came back, byte by byte as text. */
export interface WireAnswer {
	readonly status: number;
	readonly type: string;
	readonly text: string;
}

/**
 * A way to send requests that fetch would not, one after the other over one connection. An answer that never comes
 * rejects.
 */
export function wire(url: string): { send: (request: BadRequest) => Promise<WireAnswer>; close: () => void } {
	const { hostname: host, port } = new URL(url);
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
	const send = async ({ method, target, headers, body }: BadRequest): Promise<WireAnswer> => {
		// Node's server takes no second request on a connection that asked for another protocol or for a promise.
		const isLast = 'Upgrade' in headers || 'Expect' in headers;
		// Told by us: Node itself sends a body of GET or DELETE without its length.
		const length = body && { 'Content-Length': body.length };
		const request = http.request({
			host,
			port,
			agent: isLast ? false : agent,
			method,
			path: target,
			headers: { ...headers, ...length },
			timeout: 20_000,
		});
		request.once('timeout', () => request.destroy(new Error('no answer within 20 seconds')));
		request.end(body);
		const [response] = (await once(request, 'response')) as [http.IncomingMessage];
		// A server that refuses early may close while we still send.
		request.on('error', () => undefined);
		const chunks: Buffer[] = [];
		for await (const chunk of response) chunks.push(chunk as Buffer);
		return {
			status: response.statusCode ?? 0,
			type: response.headers['content-type'] ?? '',
			text: Buffer.concat(chunks).toString(),
		};
	};
	return { send, close: () => agent.destroy() };
}

/**
 * Sends bytes over a connection of their own and ends it, or cuts it. Answers everything that came back; rejects when
 * the server keeps the connection open.
 */
export async function exchange(url: string, bytes: Buffer, isCut: boolean): Promise<string> {
	const { hostname: host, port } = new URL(url);
	const socket = net.connect({ host, port: Number(port), allowHalfOpen: true });
	let text = '';
	socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
	// Whoever is refused in the middle of sending sees a reset; what came before it counts.
	socket.on('error', () => undefined);
	socket.once('end', () => socket.end());
	const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
	let isLate = false;
	socket.setTimeout(20_000, () => {
		isLate = true;
		socket.destroy();
	});
	if (isCut) socket.write(bytes, () => socket.destroy());
	else socket.end(bytes);
	await closed;
	if (isLate) throw new Error('the connection stayed open for 20 seconds');
	return text;
}

/** The statuses of all answers in what came back over a connection. */
export function statusesIn(text: string): number[] {
	// No answer's JSON has a raw line break in it.
	return [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
}
