import assert from 'node:assert/strict';
import { suspectIn } from '../../../src/commands/prompts/secretInName';

suite('A value in a name', () => {
	const letters = '0123456789abcdefghijABCDEFGHIJ0123456789';
	const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x';

	suite('is told apart from it', () => {
		for (const [text, name, value] of [
			['STRIPE_KEY=sk_live_abc', 'STRIPE_KEY', 'sk_live_abc'],
			['export DB_URL = "postgres://a b"', 'DB_URL', 'postgres://a b'],
			['my key=abc', 'my key', 'abc'],
			['prod/Schlüssel=abc', 'prod/Schlüssel', 'abc'],
			['KEY="-----BEGIN KEY----- abc=', 'KEY', '"-----BEGIN KEY----- abc='],
			['"my.key" = \'a=b\';', 'my.key', 'a=b'],
			['DATABASE_URL: postgres://u:p@h/d?sslmode=require', 'DATABASE_URL', 'postgres://u:p@h/d?sslmode=require'],
			['DATABASE_URL: hunter2', 'DATABASE_URL', 'hunter2'],
			['"STRIPE_KEY": "sk_live_abc"', 'STRIPE_KEY', 'sk_live_abc'],
			['"STRIPE_KEY":"sk_live_abc",', 'STRIPE_KEY', 'sk_live_abc'],
			[`Authorization: Bearer ${jwt}`, 'Authorization', `Bearer ${jwt}`],
			['admin password: hunter2', 'admin password', 'hunter2'],
			[`build server: ghp_${letters}`, 'build server', `ghp_${letters}`],
		] as const) {
			test(`in ${text}`, () => assert.deepEqual(suspectIn(text), { split: { name, value } }));
		}
	});

	suite('is noticed where nobody can tell what the name is', () => {
		for (const text of [
			'postgres://app:s3cret@db/x',
			'the database (redis://:s3cret@cache:6379)',
			'sk_live_abc',
			`stripe sk_live_${letters}`,
			`sk-ant-api03-${letters}`,
			`token ghp_${letters}`,
			`https://ghp_${letters}@github.com/a/b`,
			`SG.${letters.slice(0, 22)}.${letters}`,
			`ya29.${letters}`,
			`AIza${letters}`,
			`key AKIA${letters.slice(-20).toUpperCase()} of aws`,
			`https://hooks.slack.com/services/T00000000/B00000000/${letters}`,
			'https://discord.com/api/webhooks/1234/abc',
			'https://x.blob.core.windows.net/c?sv=2024&sig=abcdef%3D',
			`Bearer ${jwt}`,
			'a key -----BEGIN PRIVATE KEY----- MIIE',
			'Zk3vQ9xLp0TbN7yRw2HcUe5JaSg8MdFi',
			'Basic Zk3vQ9xLp0TbN7yRw2HcUe5JaSg8MdFi==',
			'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
		]) {
			test(`in ${text}`, () => assert.deepEqual(suspectIn(text), { split: undefined }));
		}
	});

	suite('is not suspected', () => {
		for (const name of [
			'stripe-api-key',
			'DB_PASSWORD',
			'prod/eu-west-1/payments/stripe',
			'Team A: token (2026)',
			'team: payments',
			'Stripe: key for tests',
			'AWS: root password',
			'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db',
			'https://x.y/z',
			'https://x.y/z?page=2',
			'http://localhost:8080/a@b',
			'user@example.com',
			'customer-0123456789',
			'aVeryLongCamelCaseNameOfSomething',
			'anthropic/oauth/org_01KABCDEFGHJKMNPQRSTVWXYZ0/300',
			'byok-gateway-user_01HABCDEFGHJKMNPQRSTVWXYZ9-slack',
			'database-url',
			'3f2b8c1e-9d47-4a56-8e21-0c9b7f6d5a43',
			'customers/3F2B8C1E-9D47-4A56-8E21-0C9B7F6D5A43/token',
			'stations/aarhus/scanner-01/token',
			'Café Menü/Schlüssel',
			'stripe/sk_test_key',
			'task_runner-token',
			'sk-learn-model-registry-password',
			'ci/github_pat_of_the_bot',
			'SG.production.database',
			'client-key.pem',
			'=',
			'the key of "Acme"',
			'ghp_token',
			'Bearer token of the gateway',
		]) {
			test(`in ${name}`, () => assert.equal(suspectIn(name), undefined));
		}
	});
});
