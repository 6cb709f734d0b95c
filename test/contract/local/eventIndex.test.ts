import assert from 'node:assert/strict';
import type { SQLInputValue } from 'node:sqlite';
import { Database } from '../../../src/local/store/database';
import { Events, type EventFilter } from '../../../src/local/store/events';
import type { PageRequest } from '../../../src/local/store/page';
import { CHANGES } from './eventCalls';

const READS = 2000;

/** A database that tells of every list how SQLite went about reading `events` for it. */
class ExplainedDatabase extends Database {
	readonly plans: string[] = [];

	override all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
		const steps = super.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values);
		this.plans.push(...steps.map(({ detail }) => detail).filter((detail) => / events\b/.test(detail)));
		return super.all<Row>(sql, ...values);
	}
}

suite('Local Vault: a few changes among many reads', () => {
	let database: ExplainedDatabase;
	let events: Events;
	let ids: string[];

	suiteSetup(() => {
		database = new ExplainedDatabase();
		events = new Events(database, { id: 'key_1', name: 'key' });
		const change = () => events.record('vault.data.deleted', { kv_name: 'n' }, 'org_1');
		database.write(() => {
			change();
			for (let time = 0; time < READS; time++) {
				events.record('vault.data.read', { kv_name: 'n', key_id: 'k' }, 'org_1');
			}
			change();
		});
		ids = list({ limit: 100, order: 'asc' }, { names: CHANGES }).ids;
		assert.equal(ids.length, 2);
	});
	suiteTeardown(() => database.close());

	function list(request: PageRequest, filter: EventFilter): { ids: string[]; plans: string[] } {
		database.plans.length = 0;
		const found = events.list(request, filter).data.map(({ id }) => id);
		return { ids: found, plans: [...database.plans] };
	}

	const page = { limit: 100, order: 'asc' } as const;

	test('those after an event are looked up where no read is', () => {
		const { ids: found, plans } = list({ ...page, after: ids[0] }, { names: CHANGES });
		assert.deepEqual([found, plans], [[ids[1]], ['SEARCH events USING INDEX changes (position>?)']]);
	});

	test('and so are all of them, those before an event, the newest, and those of an organization', () => {
		const names = CHANGES;
		const lists: [PageRequest, EventFilter][] = [
			[page, { names }],
			[{ ...page, before: ids[1] }, { names }],
			[{ ...page, order: 'desc' }, { names }],
			[{ ...page, order: 'desc', after: ids[1] }, { names }],
			[
				{ ...page, after: ids[0] },
				{ names, organization: 'org_1', after: 1, before: Date.now() + 1000 },
			],
		];
		for (const [request, filter] of lists) {
			const { plans } = list(request, filter);
			assert.equal(plans.length, 1);
			assert.match(plans[0] ?? '', /^(SEARCH|SCAN) events USING INDEX changes\b/);
		}
	});

	test('whoever asks for reads too has them looked through', () => {
		const { ids: found, plans } = list({ ...page, after: ids[0] }, { names: [...CHANGES, 'vault.data.read'] });
		assert.deepEqual([found.length, plans], [100, ['SEARCH events USING INTEGER PRIMARY KEY (rowid>?)']]);
	});
});
