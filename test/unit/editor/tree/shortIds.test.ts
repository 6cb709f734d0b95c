import assert from 'node:assert/strict';
import { withShortIds } from '../../../../src/editor/tree/shortIds';

suite('Ids in the names of rows', () => {
	for (const [name, short] of [
		['anthropic/oauth/org_01K5ZJ0Q8Y3V6M2N4P7R9S1T3W/300', 'anthropic/oauth/org_01K…9S1T3W/300'],
		['byok-gateway-user_01HX9Y3V6M2N4P7R9S1T3W5X7Z-slack', 'byok-gateway-user_01H…3W5X7Z-slack'],
		['app/3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'app/3f2…2c3301'],
		['org_acme', 'org_acme'],
		['database-url', 'database-url'],
		['AKIA_NOT_AN_ID', 'AKIA_NOT_AN_ID'],
	] as const) {
		test(`${name} is shown as ${short}`, () => assert.equal(withShortIds(name), short));
	}

	test('two that were made one after another are told apart', () => {
		const [one, other] = ['org_01K5ZJ0Q8Y3V6M2N4P7R9S1T3W', 'org_01K5ZJ0Q8Y3V6M2N4P7R9S1T3X'].map(withShortIds);
		assert.notEqual(one, other);
	});

	test('a long name without an id comes back as it is', () => {
		const name = 'org_'.repeat(50_000) + 'a_'.repeat(50_000);
		assert.equal(withShortIds(name), name);
	});
});
