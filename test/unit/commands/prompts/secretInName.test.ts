import assert from 'node:assert/strict';
import { suspectIn } from '../../../../src/commands/prompts/secretInName';
import { seededRandom } from '../../../support/seededRandom';

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

	// Put together from pieces: whole tokens of these makers would be taken for leaked ones.
	const random = 'CAESIJzm4cQx7T_vK2p-R9dLwYf0bNs8hGtU3aEoZi5nBjXk6lMq';
	suite('is noticed in connection strings and in tokens with separators', () => {
		for (const text of [
			'user:s3cretpass@tcp(db.internal:3306)/app',
			'root:p@ss/word@unix(/tmp/mysql.sock)/app',
			'the database app:hunter@db.internal:5432/app',
			'app:hunter@db/app',
			'admin:correct-Horse7@db.internal',
			`hvs.${random}`,
			`vault hvb.${random}`,
			`123456789:${random.slice(0, 35)}`,
			`${random.slice(8, 34)}.Cl2FMQ.${random.slice(6, 44)}`,
			`dckr_pat_${random.slice(0, 27)}`,
			`pypi-${random}`,
			`GOCSPX-${random.slice(0, 28)}`,
			`a1B2c3D4.atlasv1.${random}`,
			`tenant:${'09af'.repeat(16)}`,
			`rubygems_${'09af'.repeat(12)}`,
			`prod.${random}.example`,
		]) {
			test(`in ${text}`, () => assert.deepEqual(suspectIn(text), { split: undefined }));
		}

		test('nearly always in what is drawn at random', () => {
			const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
			const isMissed = (seed: number) => {
				const next = seededRandom(seed);
				const token = Array.from({ length: 56 }, () => letters[Math.floor(next() * 64)]).join('');
				return [token, `bot:${token}`, `x.${token}.y`].some((text) => !suspectIn(text));
			};
			const missed = Array.from({ length: 2_000 }, (_, seed) => seed).filter(isMissed).length;
			assert.ok(missed < 20, `${missed} of 2,000 are missed`);
		});
	});

	suite('is not suspected in names with separators, ids and hosts', () => {
		const ulid = '01K5ZJ0Q8YB3C4D5E6F7G8H9JK';
		for (const name of [
			`anthropic/oauth/org_${ulid}/300`,
			`byok-gateway-user_${ulid}-slack`,
			`tenants:org_${ulid}:user_${ulid}`,
			`org_${ulid}.user_${ulid}.slackBotToken`,
			'checkout/production.env',
			'3f2b8c1e-9d47-4a56-8e21-0c9b7f6d5a43.pem',
			'user:3f2b8c1e-9d47-4a56-8e21-0c9b7f6d5a43',
			'tenant:3f2b8c1e9d474a568e210c9b7f6d5a43',
			'db-01.eu-west-1.internal.acme-payments.com',
			'db-01.eu-west-1.internal.acme-payments.com:5432',
			'ec2-203-0-113-25.compute-1.amazonaws.com',
			'com.acme.billing.PaymentGatewayV2ClientFactoryForTest12',
			'com.acme.oauth2.OAuth2ClientCredentialsProviderV3Bean1',
			'OAuth2Client.Http2Server.Sha256Key',
			'google:alice@example.com',
			'team:alice.smith2@example.com',
			'ssh alice@db.internal:22',
			'npm:@acme/tools@1.2.3',
			'acme/tools:1.2.3@eu',
			'kv:v2:prod:eu-west-1:payments:stripe',
			'12:30 restart token',
			'v1.2.3-rc.4+build.5',
		]) {
			test(`in ${name}`, () => assert.equal(suspectIn(name), undefined));
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
