import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { good } from '../../../support/certificates';
import { factsOf } from '../../../../src/editor/objectPage/valueFacts';

const reader = { timeZone: 'Asia/Kolkata', now: Date.parse('2026-11-29T12:00:00Z') };
const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
const jwt = (claims: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }) => `${part(header)}.${part(claims)}.c2ln`;
const said = (value: string) => {
	const found = factsOf(value, reader);
	return found && [found.kind, ...found.facts.map(({ label, text }) => `${label}: ${text.replace(/ \(.*/, '')}`)];
};
const seconds = (date: string) => Date.parse(date) / 1000;

suite('What a value says of itself', () => {
	test('a JSON Web Token says its algorithm, when it expires, and whose it is', () => {
		const claims = {
			exp: seconds('2026-12-09T12:00:00Z'),
			iat: seconds('2026-11-28T12:00:00Z'),
			iss: 'https://a',
			aud: ['b'],
		};
		assert.deepEqual(said(jwt(claims)), [
			'JSON Web Token',
			'Algorithm: HS256',
			'Expires: in 10 days',
			'Issued: 1 day ago',
			'Issuer: https://a',
			'Audience: ["b"]',
		]);
	});

	test('times are in the person’s zone', () => {
		const [, expires] = factsOf(jwt({ exp: seconds('2026-12-09T12:00:00Z') }), reader)?.facts ?? [];
		assert.equal(expires?.text, 'in 10 days (9 December 2026 at 17:30:00 GMT+5:30)');
	});

	test('one that expired says when', () => {
		assert.ok(said(jwt({ exp: seconds('2026-11-26T12:00:00Z') }))?.includes('Expires: 3 days ago'));
	});

	test('an odd time in a token is left out', () => {
		assert.deepEqual(said(jwt({ exp: 1e300, iat: 'soon' })), ['JSON Web Token', 'Algorithm: HS256']);
	});

	test('three parts that are no token are a text', () => {
		for (const value of [
			'a.b.c',
			'www.example.com',
			`${part([1])}.${part({})}.x`,
			`${part({})}.${part({})}.x`,
			`${part({ alg: 'x' })}.${part([])}.x`,
		]) {
			assert.equal(said(value), undefined, value);
		}
	});

	test('a key says its kind and size, and nothing of it', () => {
		const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
		const pem = { format: 'pem', type: 'pkcs8' } as const;
		assert.deepEqual(said(rsa.privateKey.export(pem).toString()), ['RSA 2048-bit private key']);
		assert.deepEqual(said(ec.publicKey.export({ format: 'pem', type: 'spki' }).toString()), [
			'EC prime256v1 public key',
		]);
		const locked = { ...pem, cipher: 'aes-256-cbc', passphrase: 'x' };
		assert.deepEqual(said(ec.privateKey.export(locked).toString()), ['Encrypted private key']);
	});

	test('a certificate says when it expires, whose it is, who signed it, and that a key follows', () => {
		const value = `${good}\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`;
		const [kind, expires, from, subject, names, issuer, serial, print, more] = said(value) ?? [];
		assert.deepEqual(
			[kind, from, subject, names, issuer, more],
			[
				'X.509 certificate',
				'Valid from: 12 hours ago',
				'Subject: CN=good',
				'Names: DNS:localhost, IP Address:127.0.0.1',
				'Issuer: CN=Test authority',
				'Followed by: private key',
			],
		);
		assert.match(expires ?? '', /^Expires: in 36\d{3} days$/);
		assert.match(`${serial} ${print}`, /^Serial number: [0-9A-F]+ SHA-256: ([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
	});

	test('a block that is none says that it can’t be read', () => {
		assert.deepEqual(said('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'), [
			'certificate that can’t be read here',
		]);
	});

	test('a claim that is none is left out, however deep it is', () => {
		const deep = (depth: number) => `{"aud":${'['.repeat(depth)}${']'.repeat(depth)},"iss":{"a":1},"sub":7}`;
		const value = `${part({ alg: 'none' })}.${Buffer.from(deep(30_000)).toString('base64url')}.`;
		assert.deepEqual(said(value), ['JSON Web Token', 'Algorithm: none', 'Subject: 7']);
	});

	test('a long claim is told by its beginning', () => {
		const [, , issuer = ''] = said(jwt({ iss: 'x'.repeat(30_000) })) ?? [];
		assert.equal(issuer, `Issuer: ${'x'.repeat(300)}…`);
	});

	test('many blocks are counted', () => {
		const block = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
		assert.deepEqual(said(block.repeat(1_500)), [
			'certificate that can’t be read here',
			'Followed by: 1499 × certificate',
		]);
	});

	test('a private key that takes long to open is named, and not opened', () => {
		const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
		assert.deepEqual(said(dsa.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()), ['DSA private key']);
		// What is no key otherwise shows that nobody tried.
		const id = Buffer.from('06092a864886f70d010301', 'hex').toString('base64');
		assert.deepEqual(said(`-----BEGIN PRIVATE KEY-----\n${id}\n-----END PRIVATE KEY-----`), ['DH private key']);
	});

	test('a private key with anything but base64 in it is not opened either: it may take as long', () => {
		const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
		const pem = dsa.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
		assert.deepEqual(said(pem.replace('KEY-----\n', 'KEY-----\nAb: c\n\n')), ['Private key']);
		assert.deepEqual(said(pem.replace('KEY-----\n', 'KEY-----\n_')), ['Private key']);
	});

	test('a long text is not looked through', () => {
		assert.equal(said(jwt({ x: 'y'.repeat(200_000) })), undefined);
	});
});
