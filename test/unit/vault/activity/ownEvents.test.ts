import assert from 'node:assert/strict';
import type { ActivityKind } from '../../../../src/vault/activity/activityEvent';
import { ownEvents } from '../../../../src/vault/activity/ownEvents';
import { ActivityLog } from '../../../support/activityLog';

const minute = 60_000;

suite('The events of an object, among those of its name', () => {
	const picked = (kinds: readonly ActivityKind[], createdAt?: number) => {
		const log = new ActivityLog();
		for (const [index, kind] of kinds.entries()) log.add(kind, 'token', index * minute);
		const own = ownEvents(log.events, createdAt === undefined ? undefined : new Date(createdAt * minute));
		return own.map(({ kind, at }) => `${kind} ${at.getTime() / minute}`);
	};

	test('are all, the newest first', () => {
		assert.deepEqual(picked(['created', 'read', 'updated']), ['updated 2', 'read 1', 'created 0']);
	});

	test('begin with its creation: what is older is of another object that had its name', () => {
		assert.deepEqual(picked(['created', 'read', 'deleted', 'created', 'read'], 3), ['read 4', 'created 3']);
		assert.deepEqual(picked(['created', 'read', 'deleted', 'created', 'read']), ['read 4', 'created 3']);
	});

	test('begin after the deletion of another one, where nobody told when it was created', () => {
		assert.deepEqual(picked(['read', 'deleted', 'read', 'updated']), ['updated 3', 'read 2']);
	});

	test('begin when it was created, where only its versions tell that', () => {
		assert.deepEqual(picked(['read', 'read', 'read', 'read'], 2), ['read 3', 'read 2']);
	});

	test('end with its deletion, whoever has the name now', () => {
		assert.deepEqual(picked(['created', 'read', 'deleted', 'created', 'read'], 0), [
			'deleted 2',
			'read 1',
			'created 0',
		]);
		assert.deepEqual(picked(['created', 'read', 'deleted']), ['deleted 2', 'read 1', 'created 0']);
	});

	test('are told apart by their order where an object took the name of another within a second', () => {
		const log = new ActivityLog();
		log.add('created', 'token', 0);
		log.add('deleted', 'token', minute);
		const created = log.add('created', 'token', minute + 500);
		const read = log.add('read', 'token', minute + 500);
		assert.deepEqual(
			ownEvents(log.events, new Date(minute + 400)).map(({ id }) => id),
			[read.id, created.id],
		);
	});
});
