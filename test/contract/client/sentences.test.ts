import assert from 'node:assert/strict';
import type { Method } from '../../support/fakeVault';
import { calls, secret } from './calls';
import { clientOf, failureOf, send, suiteFakes } from './running';

suite('A vault’s sentence about a failure', () => {
	const start = suiteFakes();

	const echoes: Readonly<Record<string, (request: { body: string; url: string; authorization?: string }) => string>> = {
		'the value': () => `Bad value: ${secret.value}`,
		'a line of the value': () => 'Bad value: CANARY-value-77…',
		'six characters of the value': () => `Bad value: …${secret.value.slice(4, 10)}…`,
		'a piece of the value as JSON writes it': () => String.raw`Bad value: 7\nsec…`,
		'six characters of the API key': () => `Bad key: sk_…${secret.apiKey.slice(-6)}`,
		'six characters of the wrapped keys': () => `Bad keys: ${secret.blob.slice(9, 15)}`,
		'the whole body': ({ body }) => body,
		'the name': () => `No object is called ${secret.name}`,
		'the search': () => `Can't search for “${secret.search}”`,
		'the API key': ({ authorization }) => `Bad header: ${authorization ?? ''}`,
		'the key context': () => `No key for ${secret.context.organization_id}`,
		'the value beyond what is told of it': () => `${'x'.repeat(600)} ${secret.value}`,
		'the ID in the address': ({ url }) => `No object ${url.split('/').at(-2)}`,
		'a piece of the name': () => `No object is called ${secret.name.slice(0, 10)}…`,
	};
	const echoing: Readonly<Record<keyof typeof echoes, Method>> = {
		'the value': 'updateObject',
		'a line of the value': 'updateObject',
		'six characters of the value': 'updateObject',
		'a piece of the value as JSON writes it': 'updateObject',
		'six characters of the API key': 'describeObject',
		'six characters of the wrapped keys': 'decryptDataKey',
		'the whole body': 'createObject',
		'the name': 'createObject',
		'the search': 'listObjects',
		'the API key': 'describeObject',
		'the key context': 'createDataKey',
		'the value beyond what is told of it': 'updateObject',
		'the ID in the address': 'describeObject',
		'a piece of the name': 'createObject',
	};
	for (const [what, echo] of Object.entries(echoes)) {
		test(`a vault's sentence that repeats ${what} is dropped`, async () => {
			const sentences: string[] = [];
			const fake = await start((response, { body, url, authorization = '' }) => {
				sentences.push(echo({ body, url, authorization }));
				send(response, 400, { error: sentences[0] });
			});
			const { vault } = clientOf(fake.url, { apiKey: secret.apiKey });
			const error = await failureOf(calls[echoing[what] ?? 'listObjects'](vault), 'rejected');
			assert.ok(sentences[0]);
			assert.equal(error.details.reason, undefined);
		});
	}

	test('a sentence that repeats a short value is dropped, one that shares little with a long value is not', async () => {
		const fake = await start((response) => send(response, 400, { error: 'The value 1234 is too short.' }));
		const { vault } = clientOf(fake.url);
		const update = async (value: string) =>
			(await failureOf(vault.updateObject({ id: 'i', value, versionCheck: undefined }), 'rejected')).details.reason;
		assert.equal(await update('1234'), undefined);
		assert.equal(await update('12345'), 'The value 1234 is too short.');
		assert.equal(await update('short, 1234'), 'The value 1234 is too short.');
		assert.equal(await update('x 1234 is'), undefined);
	});

	suite('a word that speaks of keys', () => {
		test('in a refusal of another kind says nothing of them', async () => {
			for (const [status, code] of [
				[409, 'nameTaken'],
				[404, 'notFound'],
				[403, 'forbidden'],
				[429, 'rateLimited'],
			] as const) {
				const fake = await start((response) => send(response, status, { error: 'Item “KMS” already exists' }));
				await failureOf(clientOf(fake.url).vault.createObject({ name: 'KMS', value: 'v', keyContext: {} }), code);
			}
		});

		test('that was sent says nothing of them', async () => {
			const fake = await start((response) => send(response, 400, { error: 'Bad name: AWS KMS' }));
			const { vault } = clientOf(fake.url);
			await failureOf(vault.createObject({ name: 'AWS KMS', value: 'v', keyContext: {} }), 'rejected');
		});
	});

	test('that a key is not ready is understood whatever was sent', async () => {
		const fake = await start((response) =>
			send(response, 500, { error: 'The KEK was created but is not yet ready. Retry.' }),
		);
		const object = { name: 'n', value: 'was created yesterday', keyContext: {} };
		await failureOf(clientOf(fake.url).vault.createObject(object), 'keyNotReady');
	});
});
