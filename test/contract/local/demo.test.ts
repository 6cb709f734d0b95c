import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { startLocalVault } from '../../../src/local/server';
import { type Answer, asker, suiteVault } from './running';

interface Row {
	id: string;
	name: string;
	updated_at: string;
}
interface Read {
	created_at: string;
	data: { kv_name: string };
}
interface Page {
	data: Row[];
	list_metadata: { after: string | null };
}
interface Whole extends Row {
	value: string;
	metadata: { context: Record<string, string> };
}

suite('Local Vault: the demo', () => {
	const vault = suiteVault({ seed: 'demo' });
	const rows: Row[] = [];
	const objects: Whole[] = [];
	const pages: number[] = [];

	suiteSetup(async () => {
		for (let after: string | null = ''; after !== null;) {
			const { body }: Answer<Page> = await vault.ask('GET', `/vault/v1/kv?limit=100&after=${after}`);
			pages.push(body.data.length);
			rows.push(...body.data);
			after = body.list_metadata.after;
		}
		for (const { id } of rows) objects.push((await vault.ask<Whole>('GET', `/vault/v1/kv/${id}`)).body);
	});

	const valueOf = (name: string) => objects.find((object) => object.name === name)?.value ?? '';
	const some = (matches: (value: string) => boolean) => objects.some(({ value }) => matches(value));

	test('it has 352 objects on four pages, in the order of their names', () => {
		assert.deepEqual(pages, [100, 100, 100, 52]);
		const names = rows.map(({ name }) => name);
		assert.deepEqual(names, names.toSorted());
	});

	test('it has five organizations, one with over 250 objects', async () => {
		const { body } = await vault.ask<Page>('GET', '/organizations');
		const counts = body.data.map(({ id, name }) => [
			name,
			objects.filter(({ metadata }) => metadata.context.organization_id === id).length,
		]);
		assert.deepEqual(counts, [
			['Arctic Tern Logistics', 260],
			['Harborlight Payments', 18],
			['Lumenfield Energy', 19],
			['Meadowbrook Health', 16],
			['Oak & Anvil Studio', 21],
		]);
	});

	test('it has what applications keep of their users and of services, mostly without an organization', () => {
		const names = (name: string) => objects.filter(({ metadata }) => metadata.context[name] !== undefined).length;
		assert.deepEqual([names('userId'), names('user_id'), names('provider'), names('app')], [6, 7, 9, 3]);
	});

	test('some were read in the last four weeks, and a value comes back after another one', async () => {
		const path = '/events?events=vault.data.read&limit=100&order=asc';
		const { body } = await vault.ask<{ data: { created_at: string }[] }>('GET', path);
		const days = body.data.map((event) => Math.floor((Date.now() - Date.parse(event.created_at)) / 86_400_000));
		assert.ok((days[0] ?? 0) > 20 && new Set(days).size >= 5, days.join(' '));
		const { id } = rows.find(({ name }) => name === 'mail/relay-token') ?? { id: '' };
		const versions = await vault.ask<{ data: { etag: string }[] }>('GET', `/vault/v1/kv/${id}/versions`);
		assert.equal(new Set(versions.body.data.map(({ etag }) => etag)).size, 2);
	});

	test('one object has it all: reads on many days of four weeks, and versions some of which have the same value', async () => {
		const { id } = rows.find(({ name }) => name === 'stripe-webhook-secret') ?? { id: '' };
		const versions = await vault.ask<{ data: { etag: string }[] }>('GET', `/vault/v1/kv/${id}/versions`);
		const etags = versions.body.data.map(({ etag }) => etag);
		assert.deepEqual([etags.length, new Set(etags).size], [12, 10]);
		const path = '/events?events=vault.data.read&limit=100&order=asc';
		const days = new Set<number>();
		for (let after = ''; ;) {
			const { body } = await vault.ask<{ data: Read[]; list_metadata: { after: string | null } }>(
				'GET',
				`${path}${after}`,
			);
			for (const { created_at: at, data } of body.data) {
				const age = Math.floor((Date.now() - Date.parse(at)) / 86_400_000);
				if (data.kv_name === 'stripe-webhook-secret') days.add(age);
			}
			if (body.list_metadata.after === null) break;
			after = `&after=${body.list_metadata.after}`;
		}
		assert.ok(days.size >= 14 && Math.max(...days) > 20, [...days].join(' '));
	});

	test('other objects have no organization, and one spells it organizationId', () => {
		const strays = objects
			.filter(({ metadata }) => metadata.context.organization_id === undefined)
			.filter(({ name }) => !/user_|^gateway/.test(name));
		assert.deepEqual(
			strays.map(({ name, metadata }) => [name, Object.keys(metadata.context)]),
			[
				['ci/container-registry', ['team']],
				['customs/broker-key', ['organizationId']],
				['status-page/token', ['data_type']],
			],
		);
	});

	test('objects have 1 to 12 versions', async () => {
		const counts = new Set<number>();
		for (const { id } of rows) {
			const { body } = await vault.ask<{ data: unknown[] }>('GET', `/vault/v1/kv/${id}/versions`);
			counts.add(body.data.length);
		}
		assert.deepEqual(
			[...counts].sort((a, b) => a - b),
			[1, 2, 3, 4, 5, 6, 7, 8, 12],
		);
	});

	test('it has values of every kind', () => {
		assert.ok(some((value) => /^postgres:\/\/app:\w+@[\w.]+:5432\/\w+$/.test(value)));
		assert.ok(some((value) => value.startsWith('{') && typeof JSON.parse(value) === 'object'));
		assert.ok(some((value) => /^-----BEGIN [A-Z ]+-----\n[\w+/\n]+-----END [A-Z ]+-----\n$/.test(value)));
		assert.ok(some((value) => value.includes('\nSESSION_SECRET="') && value.includes('\n\n')));
		const { validFromDate, validToDate } = new X509Certificate(valueOf('tls/www.oakandanvil.example'));
		assert.equal(Math.round((validToDate.getTime() - validFromDate.getTime()) / 86_400_000), 3650);
		assert.match(valueOf('legacy/odbc.ini'), /^(?:[^\r\n]+\r\n)+$/);
		assert.match(valueOf('Café Menü/Schlüssel'), /ключ № 3 · 鍵/);
		assert.equal(Buffer.byteLength(valueOf('service-area.json')), 100 * 1024);
		assert.equal(typeof JSON.parse(valueOf('service-area.json')), 'object');
	});

	test('ages go from minutes to months, none in the future', () => {
		const ages = rows.map(({ updated_at }) => Date.now() - Date.parse(updated_at));
		assert.ok(Math.min(...ages) >= 0 && Math.min(...ages) < 10 * 60_000);
		assert.ok(Math.max(...ages) > 180 * 86_400_000);
	});

	test('another demo vault has the same ids, names and values', async () => {
		const other = await startLocalVault({ seed: 'demo' });
		try {
			const ask = asker(other);
			for (const { id, name, value } of objects.filter((_, index) => index % 20 === 0)) {
				const { body } = await ask<Whole>('GET', `/vault/v1/kv/${id}`);
				assert.deepEqual([body.name, body.value], [name, value]);
			}
		} finally {
			await other.close();
		}
	});
});
