// A load generator over raw sockets. autocannon's histogram counts whole milliseconds, and most answers here take less
// than one; an HTTP client that parses every header would also take the generator to its limit before the server.
import net from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

/**
 * Sends requests over kept-alive connections, on each one the next as soon as the last is answered.
 * @param {string} url of the server
 * @param {{ connections: number, warmUpMs: number, durationMs: number, next: () => Buffer | undefined }} load `next` makes the
 * bytes of one request, and ends the load when it makes none; what is sent in the first `warmUpMs` does not count
 * @returns {Promise<{ rate: number, p50: number, p99: number, busy: number, sent: number }>} requests a second,
 * milliseconds, the part of the time for which the generator had work to do, and how many were sent, warm-up included
 * @throws Error as soon as an answer is no 2xx or a connection breaks
 */
export async function load(url, { connections, warmUpMs, durationMs, next }) {
	const port = Number(new URL(url).port);
	const sockets = await Promise.all(Array.from({ length: connections }, () => connect(port)));
	try {
		const warmUp = [];
		const times = [];
		await Promise.all(sockets.map((socket) => keepAsking(socket, next, performance.now() + warmUpMs, warmUp)));
		const idleBefore = performance.eventLoopUtilization();
		const start = performance.now();
		await Promise.all(sockets.map((socket) => keepAsking(socket, next, start + durationMs, times)));
		const seconds = (performance.now() - start) / 1000;
		const busy = performance.eventLoopUtilization(idleBefore).utilization;
		return { rate: times.length / seconds, ...percentiles(times), busy, sent: warmUp.length + times.length };
	} finally {
		for (const socket of sockets) socket.destroy();
	}
}

/** The middle one of some times, and the one that 99 of 100 stay under. */
export function percentiles(times) {
	const sorted = Float64Array.from(times).sort();
	const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
	return { p50: at(0.5), p99: at(0.99) };
}

/** The bytes of a request. */
export function request(method, path, apiKey, body) {
	const content = body === undefined ? '' : JSON.stringify(body);
	const length = content && `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(content)}\r\n`;
	return Buffer.from(
		`${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${apiKey}\r\n${length}\r\n${content}`,
	);
}

function connect(port) {
	return new Promise((resolve, reject) => {
		const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
		socket.once('error', reject).once('connect', () => resolve(socket.off('error', reject)));
	});
}

function keepAsking(socket, next, until, times) {
	return new Promise((resolve, reject) => {
		let received = [];
		let sentAt = 0;
		const finish = (settle, outcome) => {
			socket.off('data', onData).off('error', onError).off('close', onClose);
			settle(outcome);
		};
		const onError = (error) => finish(reject, error);
		const onClose = () => finish(reject, new Error('The server closed a connection.'));
		const ask = () => {
			if (performance.now() >= until) return finish(resolve);
			const bytes = next();
			if (bytes === undefined) return finish(resolve);
			sentAt = performance.now();
			socket.write(bytes);
		};
		const onData = (chunk) => {
			received.push(chunk);
			const answer = received.length === 1 ? chunk : Buffer.concat(received);
			if (!isWhole(answer)) return;
			times.push(performance.now() - sentAt);
			received = [];
			const status = answer.latin1Slice(9, 12);
			if (!status.startsWith('2')) return finish(reject, new Error(`An answer was ${status}, not 2xx.`));
			ask();
		};
		socket.on('data', onData).on('error', onError).on('close', onClose);
		ask();
	});
}

function isWhole(answer) {
	const headEnd = answer.indexOf(HEAD_END);
	if (headEnd < 0) return false;
	const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer.latin1Slice(0, headEnd)) ?? [];
	if (length === undefined) return answer.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK);
	return answer.length >= headEnd + HEAD_END.length + Number(length);
}
