import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { unreachableBy } from '../../../src/workos/unreachable';
import * as certificates from '../../support/certificates';
import { clientOf, failureOf } from './running';

suite('The client and a vault’s certificate', () => {
	const trusted = tls.getCACertificates('default');
	let server: https.Server | undefined;
	let requests = 0;
	teardown(() => {
		tls.setDefaultCACertificates(trusted);
		server?.closeAllConnections();
		server?.close();
	});

	/** A vault with a certificate, on a port of its own. */
	async function serve(cert: string): Promise<string> {
		requests = 0;
		server = https.createServer({ cert, key: certificates.key }, (_, response) => {
			requests++;
			response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[],"list_metadata":{}}');
		});
		await once(server.listen(0, '127.0.0.1'), 'listening');
		return `https://localhost:${(server.address() as AddressInfo).port}`;
	}

	for (const [what, cert, isAuthorityTrusted, problem, failure] of [
		['that it signed itself', certificates.selfSigned, false, 'unknownIssuer', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		['of an unknown authority', certificates.good, false, 'unknownIssuer', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
		['that has expired', certificates.expired, true, 'expired', 'CERT_HAS_EXPIRED'],
		['of another host', certificates.ofAnotherHost, true, 'otherHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
	] as const) {
		test(`${what} is named, asked once, and sent nothing`, async () => {
			if (isAuthorityTrusted) tls.setDefaultCACertificates([...trusted, certificates.authority]);
			const { vault, records } = clientOf(await serve(cert));
			const error = await failureOf(vault.listObjects({}), 'untrusted');
			assert.equal(error.details.certificate, problem);
			assert.equal(error.isAnswerLost, false);
			assert.deepEqual(
				records.map(({ status, failure: told }) => [status, told]),
				[[undefined, failure]],
			);
			assert.equal(requests, 0);
		});
	}

	test('of a trusted authority and for its host is good', async () => {
		tls.setDefaultCACertificates([...trusted, certificates.authority]);
		const { vault } = clientOf(await serve(certificates.good));
		assert.deepEqual((await vault.listObjects({})).items, []);
	});

	test('a port where nobody listens is no question of certificates', async () => {
		const url = await serve(certificates.good);
		server?.close();
		const { vault, records } = clientOf(url);
		await failureOf(vault.createObject({ name: 'a', value: 'b', keyContext: { team: 'x' } }), 'offline');
		assert.equal(records[0]?.failure, 'ECONNREFUSED');
	});
});

suite('A proxy that wants to know who asks', () => {
	test('is named where a tunnel through it fails', () => {
		const cause = new Error('Proxy response (407) !== 200 when HTTP Tunneling');
		assert.equal(unreachableBy(new TypeError('fetch failed', { cause })).code, 'proxyRefused');
	});

	test('is named where it answers a request to plain http, for which there is no tunnel', async () => {
		const proxy = http.createServer((_, response) =>
			response.writeHead(407, { 'proxy-authenticate': 'Basic realm="x"' }).end(),
		);
		await once(proxy.listen(0, '127.0.0.1'), 'listening');
		try {
			const { vault } = clientOf(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
			const error = await failureOf(vault.listObjects({}), 'proxyRefused');
			assert.equal(error.isAnswerLost, false);
		} finally {
			proxy.closeAllConnections();
			proxy.close();
		}
	});

	test('is not taken for a server that ends the connection, or for one that nobody runs', async () => {
		const server = http.createServer((request) => request.socket.destroy());
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const url = `http://localhost:${(server.address() as AddressInfo).port}`;
		await failureOf(clientOf(url).vault.listObjects({}), 'offline');
		server.close();
		await failureOf(clientOf(url).vault.listObjects({}), 'offline');
	});
});
