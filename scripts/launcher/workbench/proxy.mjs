import http from 'node:http';
import net from 'node:net';
import { createEntrance } from './entrance.mjs';
import { withSharedSecrets, workbenchScript } from './sharedSecrets.mjs';
import { withDevelopment } from './workbenchConfiguration.mjs';

const refusal = 'Open the address as it was printed, with its token.\n';

/** A part of VS Code that the package lacks; without it, each window would say in red that it can't be found. */
const missingExtension = /\/static\/extensions\/typescript-language-features\/dist\/browser\/extension\.js$/;
const emptyExtension = 'exports.activate = () => {};\n';

/**
 * Serves the workbench on loopback: passes everything on to code-server's socket, and puts the extensions under
 * development into the page. (A response that a browser's driver rewrites is refused its WebSocket to this machine by
 * Chromium; and a person's own browser has no driver.)
 * @param {{ socket: string, port: number, home: string, sharesSecrets: boolean, development: (address: URL) => { developed: string[], tests?: string }, delays?: ReturnType<typeof import('../delays.mjs').createDelays> }} options
 * `home` is the path that the bare address leads to; `sharesSecrets` lets the windows share their secrets; `delays` are those of what the extension host and the server say
 * @returns {Promise<{ origin: string, address: string, close(): Promise<void> }>} `address` opens `home`, and lets in
 */
export async function startProxy({ socket, port, home, sharesSecrets, development, delays }) {
	const entrance = createEntrance(port);

	/** What is changed on its way to the browser. */
	const changeOf = (request, address) => {
		if (request.method !== 'GET') return undefined;
		if (address.pathname === '/') return (page) => withDevelopment(page, development(address));
		return sharesSecrets && address.pathname.endsWith(workbenchScript) ? withSharedSecrets : undefined;
	};

	const server = http.createServer((request, response) => {
		const base = 'http://127.0.0.1';
		const address = URL.canParse(request.url, base) ? new URL(request.url, base) : undefined;
		if (address && entrance.hasToken(request, address)) {
			response.writeHead(302, { location: home, 'set-cookie': entrance.cookie }).end();
		} else if (address && entrance.hasCookie(request) && missingExtension.test(address.pathname)) {
			response.writeHead(200, { 'content-type': 'text/javascript' }).end(emptyExtension);
		} else if (address && entrance.hasCookie(request)) {
			passOn(request, response, { socketPath: socket }, changeOf(request, address));
		} else {
			response.writeHead(403, { 'content-type': 'text/plain' });
			response.end(refusal);
		}
	});
	server.on('upgrade', (request, client, head) => {
		client.on('error', () => client.destroy());
		if (entrance.hasCookie(request)) tunnel(request, client, head, { socket, delays });
		else client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});

	await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${port}`;
	return {
		origin,
		address: `${origin}/?token=${entrance.token}`,
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

/** Whether a workbench is served on a port already, rather than something else. */
export async function isWorkbench(port) {
	const signal = AbortSignal.timeout(3000);
	const answer = await fetch(`http://127.0.0.1:${port}/`, { signal, redirect: 'manual' }).then(
		(response) => response.text(),
		() => undefined,
	);
	return answer === refusal;
}

function passOn(request, response, to, change) {
	const headers = change ? { ...request.headers, 'accept-encoding': 'identity' } : request.headers;
	// A connection of its own: one that is kept open may be closed by the server in the moment in which it is used again.
	const options = { ...to, agent: false, method: request.method, path: request.url, headers };
	const upstream = http.request(options, (answer) => {
		if (change && answer.statusCode === 200) sendChanged(answer, response, change);
		else {
			response.writeHead(answer.statusCode, answer.rawHeaders);
			answer.pipe(response);
		}
	});
	upstream.on('error', () => {
		if (!response.headersSent) response.writeHead(502);
		response.end();
	});
	response.on('close', () => upstream.destroy());
	request.pipe(upstream);
}

function sendChanged(answer, response, change) {
	const chunks = [];
	answer.on('data', (chunk) => chunks.push(chunk));
	answer.on('end', () => {
		const body = Buffer.from(change(Buffer.concat(chunks).toString('utf8')));
		const headers = { ...answer.headers, 'content-length': body.length };
		delete headers['transfer-encoding'];
		response.writeHead(200, headers).end(body);
	});
}

function tunnel(request, client, head, { socket, delays }) {
	const upstream = net.connect(socket, () => {
		const lines = [`${request.method} ${request.url} HTTP/1.1`];
		for (let index = 0; index < request.rawHeaders.length; index += 2) {
			lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
		}
		upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
		upstream.write(head);
		const answers = delays ? upstream.pipe(delays.stream()) : upstream;
		answers.pipe(client).pipe(upstream);
	});
	upstream.on('error', () => client.destroy());
	upstream.on('close', () => client.destroy());
	client.on('close', () => upstream.destroy());
}

/**
 * The path of a window on a folder or a workspace file; without one, of an empty window.
 * @param {string | undefined} target
 * @param {{ withoutExtensions?: boolean, more?: Record<string, string> }} [options]
 */
export function windowPath(target, { withoutExtensions = false, more = {} } = {}) {
	const query = new URLSearchParams(more);
	if (!target) query.set('ew', 'true');
	else query.set(target.endsWith('.code-workspace') ? 'workspace' : 'folder', target);
	const payload = [
		['skipWelcome', 'true'],
		['skipReleaseNotes', 'true'],
	];
	if (withoutExtensions) payload.push(['disableExtensions', 'true']);
	query.set('payload', JSON.stringify(payload));
	return `/?${query}`;
}
