import type http from 'node:http';
import { canary, control } from './canary';
import type { Answering, Heard } from './server';

/** Everything that was sent and everything that is kept, in one text. */
const echo = ({ method, url, authorization, body }: Heard): string =>
	[method, decodeURIComponent(url), authorization, body, ...textsIn(body), ...Object.values(canary)].join(' ');

function textsIn(body: string): string[] {
	const texts: string[] = [];
	JSON.parse(body === '' ? '{}' : body, (_key, value: unknown) => {
		if (typeof value === 'string') texts.push(value);
		return value;
	});
	return texts;
}

const json =
	(status: number, bodyOf: (told: string, request: Heard) => unknown): Answering =>
	(response, request) => {
		// A vault that asks for more than five minutes is not waited for.
		response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '400', 'X-Request-ID': control });
		response.end(JSON.stringify(bodyOf(echo(request), request)));
	};

const text =
	(status: number, type: string, textOf: (told: string) => string): Answering =>
	(response, request) => {
		response.writeHead(status, { 'Content-Type': type, 'Retry-After': '400' }).end(textOf(echo(request)));
	};

const page = (told: string) => `<!doctype html><title>${told}</title><body>${told}`;
const half = (response: http.ServerResponse, head: Record<string, string | number>, told: string) => {
	response.writeHead(200, { 'Content-Type': 'application/json', ...head });
	response.write(`{"error":"${told}`);
};

const statuses = [400, 401, 403, 404, 408, 409, 413, 418, 422, 429, 500, 503];
const redirects = [301, 302, 303, 307, 308];

/** Every way to fail that the SDK and the network have; each repeats all that the server knows, if it says anything. */
export const failures: Readonly<Record<string, Answering>> = {
	...Object.fromEntries(
		statuses.map((status) => [`a ${status} that repeats everything`, json(status, (told) => ({ error: told }))]),
	),
	...Object.fromEntries(
		redirects.map((status): [string, Answering] => [
			`a ${status} to an address with everything in it`,
			(response, request) =>
				response.writeHead(status, { Location: `http://127.0.0.1:9/${encodeURIComponent(echo(request))}` }).end(),
		]),
	),
	'a 400 in the form of an OAuth failure': json(400, (told) => ({ error: told, error_description: told })),
	'a 400 with a list of errors': json(400, (told) => ({ message: told, code: told, errors: [told] })),
	'a 403 of the kind that asks for another sign-in': json(403, (told) => ({
		code: 'mfa_enrollment',
		message: told,
		pending_authentication_token: told,
		user: { id: told },
	})),
	'a 422 with a list of fields': json(422, (told) => ({ message: told, errors: [{ field: told, code: told }] })),
	'a 422 that repeats the name only': json(422, () => ({ error: `No ${canary.name}` })),
	'a 422 that repeats the key context only': json(422, () => ({ error: `No ${canary.context}` })),
	'a 400 with the request ID made of the key': (response, { authorization }) =>
		response.writeHead(400, { 'X-Request-ID': authorization.replace('Bearer ', '') }).end('{"error":"No"}'),
	'a 400 of null': json(400, () => null),
	'a page, as a success': text(200, 'text/html', page),
	'a page, with a 404': text(404, 'text/html', page),
	'a page, with a 502': text(502, 'text/html', page),
	'JSON that breaks off': text(200, 'application/json', (told) => `{"data":["${told}\n    at ${told}`),
	'a text that claims to be JSON': text(200, 'application/json', (told) => `${told}\n    at ${told}`),
	'JSON of another shape': json(200, (told) => ({ echo: told })),
	'a list of nothing': json(200, () => ({ data: [null], list_metadata: {} })),
	'a list of texts': json(200, (told) => ({ data: [told], list_metadata: { after: told } })),
	'JSON that is a text': json(200, (told) => told),
	'a connection that is cut before the headers': (response) => response.destroy(),
	'a connection that is cut after the headers': (response, request) => {
		half(response, {}, echo(request));
		setImmediate(() => response.destroy());
	},
	'fewer bytes than promised': (response, request) => {
		half(response, { 'Content-Length': 100_000 }, echo(request));
		setImmediate(() => response.destroy());
	},
	'something that is not HTTP': (response, request) => response.socket?.end(`HTTP/9 ${echo(request)}\r\n\r\n`),
};
