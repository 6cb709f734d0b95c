import assert from 'node:assert/strict';
import { endpointProblem, keyProblem } from '../../../../src/commands/access/apiKey';
import { connectWithApiKey } from '../../../../src/commands/access/connect';
import { VaultError, type VaultErrorCode } from '../../../../src/vault/errors';
import { makeApp } from '../../../support/fakes';

suite('Connecting with an API key', () => {
	const key = 'sk_test_fresh';

	test('tries the key, asks for a name, keeps both and uses the connection', async () => {
		const { app, ui, connections } = makeApp();
		ui.picks(/Where is the vault/, 'WorkOS')
			.types(/secret API key/, ` ${key} `)
			.types(/A name/, 'Sandbox');
		await connectWithApiKey(app);
		assert.deepEqual(connections.probes, [{ endpoint: 'https://api.workos.com', apiKey: key }]);
		const kept = connections.kept.at(-1);
		assert.deepEqual([kept?.name, kept?.endpoint, kept?.isProduction], ['Sandbox', 'https://api.workos.com', false]);
		assert.equal(connections.keys.get(kept?.id ?? ''), key);
		assert.deepEqual(connections.used, [kept?.id]);
		ui.assertDone();
	});

	test('asks for the key in a masked box', async () => {
		const { app, ui } = makeApp();
		ui.picks(/Where/, 'WorkOS').types(/secret API key/, undefined);
		await connectWithApiKey(app);
		assert.equal(ui.questions[0]?.isMasked, true);
	});

	for (const [what, text, problem] of [
		['a publishable key', 'pk_test_1', /publishable key/],
		['a client ID', 'client_01H', /client ID/],
		['an empty text', '', /starts with sk_/],
		['any other text', 'password', /starts with sk_/],
		['a key with a line break in it', 'sk_test_\n1', /space or a character/],
		['a key with a space in it', 'sk_test 1', /space or a character/],
		['a key with a letter of another script', 'sk_tеst', /space or a character/],
	] as const) {
		test(`refuses ${what} with a sentence of its own, without a call`, async () => {
			const { app, ui, connections } = makeApp();
			ui.picks(/Where/, 'WorkOS').types(/secret API key/, text, undefined);
			await connectWithApiKey(app);
			assert.match(ui.problems[0] ?? '', problem);
			assert.deepEqual(connections.probes, []);
		});
	}

	test('takes a key with white space around it', () => assert.equal(keyProblem(' sk_test_1\n'), undefined));

	const refusals: [code: VaultErrorCode, sentence: RegExp][] = [
		['unauthorized', /refused this API key/],
		['forbidden', /may not use Vault/],
		['offline', /Cannot reach api\.workos\.com/],
		['untrusted', /does not trust who made the certificate/],
		['proxyRefused', /proxy wants a user name and a password/],
		['redirected', /sends requests on to another address, which is not followed/],
		['unavailable', /does not answer/],
		['rateLimited', /does not answer/],
		['unexpected', /not as a WorkOS vault does/],
	];
	for (const [code, sentence] of refusals) {
		test(`stores nothing when the try ends with ${code}, and says so`, async () => {
			const { app, ui, connections } = makeApp();
			connections.refusals.push(new VaultError(code));
			ui.picks(/Where/, 'WorkOS')
				.types(/secret API key/, key)
				.presses(sentence, undefined);
			await connectWithApiKey(app);
			assert.match(ui.messages[0] ?? '', /Nothing was stored\.$/);
			assert.equal(connections.kept.length, 1);
			assert.deepEqual([...connections.keys.values()], ['sk_test_one']);
			ui.assertDone();
		});
	}

	test('asks for the key again after a refusal', async () => {
		const { app, ui, connections } = makeApp();
		connections.refusals.push(new VaultError('unauthorized'));
		ui.picks(/Where/, 'WorkOS')
			.types(/secret API key/, 'sk_test_typo')
			.presses(/refused/, 'Try Again');
		ui.types(/secret API key/, key).types(/A name/, 'Sandbox');
		await connectWithApiKey(app);
		assert.deepEqual([...connections.keys.values()], ['sk_test_one', key]);
		ui.assertDone();
	});

	test('stores nothing when the person cancels a try that would have failed', async () => {
		const { app, ui, connections } = makeApp();
		connections.refusals.push(new VaultError('offline'));
		ui.picks(/Where/, 'WorkOS')
			.types(/secret API key/, key)
			.cancels(/Trying/);
		await connectWithApiKey(app);
		assert.equal(connections.kept.length, 1);
		ui.assertDone();
	});

	for (const [prefix, name, isProduction] of [
		['sk_live_1', 'Production', true],
		['sk_test_1', 'Staging 2', false],
	] as const) {
		test(`knows from ${prefix} whether it is production`, async () => {
			const { app, ui, connections } = makeApp();
			ui.picks(/Where/, 'WorkOS')
				.types(/secret API key/, prefix)
				.types(/A name/, name);
			await connectWithApiKey(app);
			assert.equal(connections.kept.at(-1)?.isProduction, isProduction);
			assert.equal(ui.questions.at(-1)?.value, isProduction ? 'Production' : 'Staging');
		});
	}

	test('refuses the name of another connection, and none', async () => {
		const { app, ui, connections } = makeApp();
		ui.picks(/Where/, 'WorkOS')
			.types(/secret API key/, key)
			.types(/A name/, 'Staging', '  ', ' Other ');
		await connectWithApiKey(app);
		assert.equal(ui.problems.length, 2);
		assert.equal(connections.kept.at(-1)?.name, 'Other');
	});

	test('keeps nothing when the person leaves at the name', async () => {
		const { app, ui, connections } = makeApp();
		ui.picks(/Where/, 'WorkOS')
			.types(/secret API key/, key)
			.types(/A name/, undefined);
		await connectWithApiKey(app);
		assert.equal(connections.kept.length, 1);
	});

	test('asks nothing more when the person leaves at the first question', async () => {
		const { app, ui, connections } = makeApp();
		ui.picks(/Where/, undefined);
		await connectWithApiKey(app);
		assert.equal(connections.probes.length, 0);
		ui.assertDone();
	});

	test('takes another address, for which the key is tried', async () => {
		const { app, ui, connections } = makeApp();
		ui.picks(/Where/, 'Another Address…').types(
			/address/,
			'http://vault.example.com',
			' https://vault.example.com:8443/ ',
		);
		ui.types(/secret API key/, key).types(/A name/, 'Own');
		await connectWithApiKey(app);
		assert.equal(connections.probes[0]?.endpoint, 'https://vault.example.com:8443');
		assert.equal(connections.kept.at(-1)?.endpoint, 'https://vault.example.com:8443');
		assert.equal(ui.questions.at(-1)?.value, 'vault.example.com:8443');
	});

	const addresses: [text: string, isRefused: boolean][] = [
		['https://api.workos.com', false],
		['http://localhost:4100', false],
		['http://127.0.0.1:4100/', false],
		['http://[::1]:4100', false],
		['http://192.168.0.1', true],
		['http://localhost.example.com', true],
		['ftp://vault.example.com', true],
		['vault.example.com', true],
		['', true],
		['https://vault.example.com/path', true],
		['https://vault.example.com/?a=b', true],
		['https://vault.example.com/#a', true],
		['https://name:word@vault.example.com', true],
		['https://name@vault.example.com', true],
	];
	for (const [text, isRefused] of addresses) {
		test(`${isRefused ? 'refuses' : 'takes'} the address “${text}”`, () => {
			assert.equal(endpointProblem(text) !== undefined, isRefused);
		});
	}

	suite('where the environment has a key', () => {
		test('offers it, and uses it when the person says so', async () => {
			const { app, ui, connections } = makeApp({ environmentKey: 'sk_test_environment' });
			ui.picks(/Where/, 'WorkOS')
				.picks(/Which key/, 'Use WORKOS_API_KEY')
				.types(/A name/, 'From Environment');
			await connectWithApiKey(app);
			assert.equal(connections.probes[0]?.apiKey, 'sk_test_environment');
		});

		test('never takes it silently', async () => {
			const { app, ui, connections } = makeApp({ environmentKey: 'sk_test_environment' });
			ui.picks(/Where/, 'WorkOS')
				.picks(/Which key/, 'Enter a Key…')
				.types(/secret API key/, key);
			ui.types(/A name/, 'Entered');
			await connectWithApiKey(app);
			assert.deepEqual(
				connections.probes.map(({ apiKey }) => apiKey),
				[key],
			);
		});

		test('leaves when the person leaves the choice', async () => {
			const { app, ui, connections } = makeApp({ environmentKey: 'sk_test_environment' });
			ui.picks(/Where/, 'WorkOS').picks(/Which key/, undefined);
			await connectWithApiKey(app);
			assert.deepEqual(connections.probes, []);
			ui.assertDone();
		});

		test('does not offer what can’t be a key', async () => {
			const { app, ui } = makeApp({ environmentKey: 'pk_test' });
			ui.picks(/Where/, 'WorkOS').types(/secret API key/, undefined);
			await connectWithApiKey(app);
			ui.assertDone();
		});
	});
});
