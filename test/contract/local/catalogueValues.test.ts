import assert from 'node:assert/strict';
import { memberText } from '../../../src/local/skillApi/jsonText';
import { seededRandom } from '../../support/seededRandom';
import { catalogueCalls } from './catalogueCalls';
import { suiteVault } from './running';

const nested = (depth: number) => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;

const kept: [what: string, data: string][] = [
	['numbers', '{"n":[12345678901234567890,1.0,-0,0.10,1e400,1E+2]}'],
	['white space', '{\n\t"a" : [ 1 , { } ] ,"b":"c d"\r\n}'],
	['the order of names', '{"b":1,"2":2,"a":3,"1":4,"10":5}'],
	['names that JavaScript treats specially', '{"__proto__":{"x":1},"constructor":2}'],
	['names that are there twice', '{"a":{"b":1,"c":[1,2]},"d":3,"a":{"b":4,"b":5},"\\u0061":6}'],
	['escapes, half a surrogate pair too', '{"\\u0061\\/":"\\u00e9\\ud83d\\udd11\\n\\u0000\\"\\\\","\\ud800":"\\udfff"}'],
	['what looks like the end in a string', '{"a":"}","b":"\\\\","c":"\\"}"}'],
	['nothing', '{ }'],
	['50,000 levels', nested(25_000)],
];

suite("Local Vault: the catalogue's values", () => {
	const vault = suiteVault();
	const { ask } = catalogueCalls(vault);
	const readRaw = async (path: string) => {
		const headers = { Authorization: `Bearer ${vault.apiKey}` };
		return (await fetch(`${vault.url}/vault/object${path}`, { headers })).text();
	};

	for (const [index, [what, value]] of kept.entries()) {
		test(`${what}: the text of data is kept, and answered as it is kept`, async () => {
			const created = await ask('POST', '/create', `{"name":"kept ${index}","data": ${value} }`);
			assert.equal(created.status, 201, JSON.stringify(created.body));
			const { id } = created.body;
			for (const path of [
				`/get?id=${String(id)}`,
				`/get-by-name?name=kept%20${index}`,
				`/version?id=${String(id)}&version=1`,
			]) {
				const text = await readRaw(path);
				assert.ok(text.endsWith(`"value":${JSON.stringify(value)},"data":${value}}`), path);
				assert.equal((JSON.parse(text) as { value: string }).value, value);
			}
			const updated = await ask('PUT', '/update', `{"data": ${value} ,"id":${JSON.stringify(id)}}`);
			assert.equal(updated.status, 200);
			assert.ok((await readRaw(`/get?id=${String(id)}`)).endsWith(`,"data":${value}}`));
		});
	}

	test('the last of two data members is kept, whatever stands in other members', async () => {
		const body =
			'{"data":"text","more":{"data":{"wrong":1}},"d\\u0061ta":{"right":1},"name":"two data","x":["data",{}]}';
		assert.equal((await ask('POST', '/create', body)).status, 201);
		assert.equal((await ask('GET', '/get-by-name?name=two%20data')).body.value, '{"right":1}');
	});

	test('data of 1 MiB is kept', async () => {
		const data = { a: 'x'.repeat(1024 * 1024 - 8) };
		const created = await ask('POST', '/create', { name: 'large', data });
		assert.equal(created.status, 201);
		const { body } = await ask<{ data: object }>('GET', `/get?id=${String(created.body.id)}`);
		assert.deepEqual(body.data, data);
	});

	test('any data is kept as it was sent, wherever it stands', () => {
		const random = seededRandom(3);
		const among = (choices: readonly string[]) => choices[Math.floor(random() * choices.length)] ?? '';
		const space = () => among(['', '', ' ', '\n\t']);
		const scalars = [
			'1.50',
			'-0',
			'1e400',
			'null',
			'true',
			'""',
			'"é, {]\\\\\\""',
			'"\\u0041}\\n"',
			'98765432109876543210',
		];
		const some = (write: () => string) =>
			Array.from({ length: Math.floor(random() * 4) }, () => space() + write() + space()).join(',');
		const anything = (depth: number): string => {
			if (depth === 0 || random() < 0.5) return among(scalars);
			if (random() < 0.5) return `[${some(() => anything(depth - 1))}]`;
			const name = () => among(['"data"', '"\\u0064ata"', '"b"', '"2"', '"__proto__"', '"d{"']);
			return `{${some(() => name() + space() + ':' + space() + anything(depth - 1))}}`;
		};
		for (let round = 0; round < 3000; round++) {
			const data = anything(5);
			const body = `{"x":${anything(2)},"data":${anything(2)}, "data" :${space()}${data}${space()},"y":[${anything(2)}]}`;
			assert.doesNotThrow(() => JSON.parse(body), body);
			assert.equal(memberText(body, 'data'), data, `round ${round}`);
		}
	});
});
