import type { Choice } from '../../support/choice';

/** Bytes for one connection, and how many answers they ask for at most. */
export interface BadBytes {
	readonly what: string;
	readonly bytes: Buffer;
	/** Whether the connection is cut at once, whatever the server is doing. */
	readonly isCut: boolean;
	readonly requests: number;
}

const request = (start: string, headers: readonly string[], body = ''): string =>
	[start, ...headers, '', body].join('\r\n');

/** What no HTTP library would send: pipelines, halves of requests, requests that say two things at once. */
export function badBytes(choice: Choice, apiKey: string): BadBytes {
	const usual = ['Host: localhost', `Authorization: Bearer ${apiKey}`];
	const json = '{"name":"odd","value":"SENT-VALUE","key_context":{}}';
	const post = 'POST /vault/v1/kv HTTP/1.1';
	const length = `Content-Length: ${json.length}`;
	const list = request('GET /vault/v1/kv?limit=1 HTTP/1.1', usual);
	const single = (what: string, text: string): BadBytes => ({
		what,
		bytes: Buffer.from(text, 'latin1'),
		isCut: false,
		requests: 1,
	});
	return choice.of([
		pipeline,
		half,
		() => single('two lengths', request(post, [...usual, length, 'Content-Length: 3'], json)),
		() =>
			single(
				'a length and chunks',
				request(post, [...usual, length, 'Transfer-Encoding: chunked'], `0\r\n\r\n${list}`),
			),
		() => single('a negative length', request(post, [...usual, 'Content-Length: -1'], json)),
		() => single('a huge length', request(post, [...usual, 'Content-Length: 99999999999999999999'], json)),
		() => single('a length beyond the end', request(post, [...usual, 'Content-Length: 5000'], json)),
		() =>
			single(
				'a chunk that lies',
				request(post, [...usual, 'Transfer-Encoding: chunked'], `ffff\r\n${json}\r\n0\r\n\r\n`),
			),
		() => single('a chunk that is none', request(post, [...usual, 'Transfer-Encoding: chunked'], 'xyz\r\n\r\n')),
		() => single('an unknown coding', request(post, [...usual, 'Transfer-Encoding: gzip, chunked'], '0\r\n\r\n')),
		() => single('no Host', request('GET /vault/v1/kv HTTP/1.1', usual.slice(1))),
		() => single('two Hosts', request('GET /vault/v1/kv HTTP/1.1', [...usual, 'Host: evil.example'])),
		() => single('HTTP/1.0', request('GET /organizations HTTP/1.0', usual)),
		() => single('HTTP/0.9', 'GET /vault/v1/kv\r\n'),
		() => single('HTTP/9.9', request('GET /organizations HTTP/9.9', usual)),
		() => single('HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0'),
		() => single('CONNECT', request('CONNECT evil.example:443 HTTP/1.1', usual)),
		() => single('a method in small letters', request('get /vault/v1/kv HTTP/1.1', usual)),
		() => single('a header with NUL', request('GET /vault/v1/kv HTTP/1.1', [...usual, 'X: a\0b'])),
		() => single('a header without colon', request('GET /vault/v1/kv HTTP/1.1', [...usual, 'nothing'])),
		() => single('a folded header', request('GET /vault/v1/kv HTTP/1.1', [...usual, 'X: a\r\n b'])),
		() => single('bare line feeds', request('GET /vault/v1/kv HTTP/1.1', usual).replaceAll('\r', '')),
		() => single('a space in the path', request('GET /vault/v1/kv/a b HTTP/1.1', usual)),
		() => single('raw bytes in the path', request('GET /vault/v1/kv/\xff\xfe\x80 HTTP/1.1', usual)),
		() => single('no path', request('GET  HTTP/1.1', usual)),
		() => single('a header of 70 KB', request('GET /vault/v1/kv HTTP/1.1', [...usual, `X: ${'x'.repeat(70_000)}`])),
		() => single('TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
		() => single('noise', Array.from({ length: 300 }, () => String.fromCharCode(choice.number(256))).join('')),
		() => single('nothing', ''),
	])();

	function pipeline(): BadBytes {
		const parts = Array.from({ length: 2 + choice.number(15) }, () =>
			choice.of([
				list,
				request('GET /vault/v1/kv/none HTTP/1.1', [...usual, 'Content-Length: 2'], '{}'),
				request(post, [...usual, length], json),
				request('POST /vault/v1/keys/decrypt HTTP/1.1', [...usual, 'Content-Length: 1'], '{'),
				request('DELETE /nowhere HTTP/1.1', [...usual, 'Transfer-Encoding: chunked'], '3\r\nabc\r\n0\r\n\r\n'),
			]),
		);
		return { what: 'a pipeline', bytes: Buffer.from(parts.join('')), isCut: choice.once(3), requests: parts.length };
	}

	function half(): BadBytes {
		const whole = request(choice.of([post, 'PUT /vault/v1/kv/none HTTP/1.1']), [...usual, length], json);
		const bytes = Buffer.from(whole.slice(0, choice.number(whole.length)));
		return { what: 'half a request', bytes, isCut: choice.once(2), requests: 1 };
	}
}
