import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Lets the extension host ask for operations: POST {"op": …} to the address, which nobody can guess.
 * @param {() => Record<string, (request: object) => unknown>} operations as they are when one is asked for
 * @param {ReturnType<typeof import('./delays.mjs').createDelays>} delays of the answers
 * @returns {Promise<{ address: string, close(): void }>}
 */
export async function startBridge(operations, delays) {
	const secret = `/${randomBytes(16).toString('hex')}`;
	const answer = async (body) => {
		try {
			const request = JSON.parse(body);
			const known = operations();
			if (!Object.hasOwn(known, request.op)) throw new Error(`There is no operation ${request.op}.`);
			return { value: (await known[request.op](request)) ?? null };
		} catch (error) {
			return { error: String(error?.message ?? error) };
		}
	};
	const server = http.createServer((request, response) => {
		if (request.url !== secret || request.method !== 'POST') {
			response.writeHead(404).end();
			return;
		}
		let body = '';
		request.setEncoding('utf8').on('data', (text) => (body += text));
		request.on('end', async () => {
			const text = JSON.stringify(await answer(body));
			if (delays) await delay(delays.next());
			response.writeHead(200, { 'content-type': 'application/json' }).end(text);
		});
	});
	await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${server.address().port}${secret}`,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
