import assert from 'node:assert/strict';
import {
	wordsOfDay,
	wordsOfEvent,
	wordsOfLastRead,
	wordsOfReach,
} from '../../../../src/commands/objectPage/activityWords';
import { ObjectActivity } from '../../../../src/vault/activity/objectActivity';
import { VaultError } from '../../../../src/vault/errors';
import { FakeVault } from '../../../support/fakeVault';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 29, 12);
const reader = { timeZone: 'Europe/Berlin', now };

suite('The words for what was done with an object', () => {
	const event = (kind: 'read' | 'created' | 'updated' | 'deleted', by: object = {}) =>
		new FakeVault().activity.add(kind, 'token', now - 3 * hour, { by });

	test('say who did what, through what, and when, in the person’s time zone', () => {
		assert.deepEqual(wordsOfEvent(event('read', { name: 'Laptop key' }), false, reader), {
			what: 'Read',
			by: 'Laptop key',
			through: 'through the API',
			age: '3 hours ago',
			time: '29 November 2026 at 10:00:00 CET',
			note: undefined,
		});
		const { what, by, through } = wordsOfEvent(event('updated', { source: 'dashboard' }), false, reader);
		assert.deepEqual([what, by, through], ['Changed', 'Ann', 'in the dashboard']);
		const verbs = (['created', 'updated', 'deleted', 'read'] as const).map(
			(kind) => wordsOfEvent(event(kind), false, reader).what,
		);
		assert.deepEqual(verbs, ['Created', 'Changed', 'Deleted', 'Read']);
	});

	test('say of a read at the time of our own only that', () => {
		const { note } = wordsOfEvent(event('read'), true, reader);
		assert.equal(note, 'at the time of a read from this window');
	});

	test('make up nobody whom the vault does not name', () => {
		const words = wordsOfEvent(event('read', { name: '', source: undefined }), false, reader);
		assert.deepEqual([words.by, words.through], [undefined, 'the vault does not say how']);
	});
});

suite('The words for how far it was looked', () => {
	let vault: FakeVault;
	setup(() => {
		vault = new FakeVault();
	});
	const activityOf = (organizationId?: string) =>
		new ObjectActivity(vault, { name: 'token', organizationId }, () => now);
	const add = (kind: 'created' | 'updated' | 'read', ago: number, name = 'token') =>
		vault.activity.add(kind, name, now - ago, { organizationId: 'org_acme' });
	const addOthers = (count: number, newest: number, every: number) => {
		for (let index = count - 1; index >= 0; index--) add('read', newest + index * every, 'other');
	};
	const words = (activity: ObjectActivity) => wordsOfReach(activity, reader);

	test('before anything was asked', () => {
		assert.deepEqual(words(activityOf()), [
			'Reads were not asked for yet: “Look Further Back” asks for them.',
			'Changes were not asked for yet: “Look Further Back” asks for them.',
		]);
	});

	test('in a busy environment: how many events there were, back to when, and that the rest is not known', async () => {
		addOthers(2000, 0, 15 * minute);
		const activity = activityOf();
		await activity.open();
		assert.deepEqual(words(activity), [
			'No read of this object among the last 100 reads of this environment, back to 28 November. Whether somebody read this object before that is not known.',
			'Changes were not asked for yet: “Look Further Back” asks for them.',
		]);
		await activity.lookFurtherBack();
		await activity.lookFurtherBack();
		assert.match(
			words(activity)[0] ?? '',
			/^No read of this object among the last 1,000 reads .*, back to 19 November\./,
		);
		add('read', 0);
		await activity.renew();
		assert.match(words(activity)[0] ?? '', /^1 read of this object among the last 1,001 reads of this environment/);
	});

	test('say the time where that is today, and the year where it is another', async () => {
		addOthers(100, 0, minute);
		const activity = activityOf();
		await activity.open();
		assert.match(words(activity)[0] ?? '', /back to today, 11:21\./);
		const old = new FakeVault();
		old.activity.add('read', 'other', Date.UTC(2025, 11, 31, 12));
		const ofOld = new ObjectActivity(old, { name: 'token', organizationId: undefined }, () => now);
		await ofOld.open();
		assert.match(words(ofOld)[0] ?? '', /back to 31 December 2025\./);
	});

	test('where it goes back to the creation of the object: then none is none', async () => {
		addOthers(10, 3 * day, hour);
		add('created', 2 * day);
		const activity = activityOf();
		activity.createdAt = new Date(now - 2 * day);
		await activity.open();
		await activity.lookFurtherBack();
		assert.deepEqual(words(activity), [
			'No read of this object among the last 10 reads of this environment, back to when it was created.',
			'1 change of this object among the one change of this environment, back to when it was created.',
		]);
	});

	test('where the vault tells nothing: that is not known, and not nobody', async () => {
		const activity = activityOf();
		await activity.open();
		assert.equal(
			words(activity)[0],
			'The vault tells of no reads in this environment. Whether somebody read this object is not known.',
		);
	});

	test('where the vault keeps no older events', async () => {
		add('read', 2 * day);
		const activity = activityOf();
		activity.createdAt = new Date(now - 90 * day);
		await activity.open();
		assert.equal(
			words(activity)[0],
			'1 read of this object among the one read of this environment, back to 27 November. The vault tells of no earlier ones. Whether somebody read this object before that is not known.',
		);
	});

	test('after a jump: what was looked at apart, and that there is a gap', async () => {
		add('read', 20 * day + hour);
		addOthers(300, 0, minute);
		const activity = activityOf();
		await activity.open();
		await activity.jumpTo(new Date(now - 21 * day), new Date(now - 20 * day));
		assert.match(
			words(activity)[0] ?? '',
			/^No read of this object among the last 100 reads .* Then 1 among the one read of this environment on 9 November; what is in between was not looked at\.$/,
		);
	});

	test('with the events of the organization alone, once they are proven', async () => {
		vault.activity.knowsOrganizations = () => true;
		for (let index = 300; index > 0; index--) vault.activity.add('read', 'other', now - index * hour, {});
		add('read', minute);
		const activity = activityOf('org_acme');
		await activity.lookFurtherBack();
		assert.match(
			words(activity)[0] ?? '',
			/^1 read of this object among the last 100 reads of this environment and the one read of its organization, back to /,
		);
	});

	test('where the organization’s events have none of the object: that says nothing, and is said so', async () => {
		addOthers(1000, 0, minute);
		const activity = activityOf('org_acme');
		await activity.open();
		await activity.lookFurtherBack();
		assert.match(
			words(activity)[0] ?? '',
			/is not known\. Asked for the reads of its organization alone, the vault named none of this object’s\. That says nothing: an event need not name an organization\.$/,
		);
	});

	for (const [code, sentence] of [
		[
			'forbidden',
			'The vault does not let this API key read its events, so who read or changed this object is not known here.',
		],
		['notFound', 'This vault tells no events, so who read or changed this object is not known here.'],
	] as const) {
		test(`where events are refused, in a sentence: ${code}`, async () => {
			vault.failNext('listActivity', new VaultError(code));
			const activity = activityOf();
			await activity.open();
			assert.deepEqual(words(activity), [sentence]);
		});
	}

	test('never say that nobody read it', async () => {
		for (const count of [0, 1, 100, 600]) {
			vault = new FakeVault();
			addOthers(count, 0, minute);
			const activity = activityOf('org_acme');
			await activity.open();
			await activity.lookFurtherBack();
			assert.doesNotMatch(words(activity).join(' '), /nobody|never/i);
		}
	});
});

suite('The words for a day', () => {
	test('are its numbers, as far as they are known', () => {
		const of = (count: number, coverage: 'whole' | 'part' | 'none') => ({ count, coverage });
		assert.deepEqual(wordsOfDay({ day: '2026-11-12', reads: of(3, 'whole'), changes: of(1, 'whole') }), {
			day: 'Thursday, 12 November 2026',
			reads: '3',
			changes: '1',
		});
		const partly = wordsOfDay({ day: '2026-11-12', reads: of(2, 'part'), changes: of(0, 'part') });
		assert.deepEqual([partly.reads, partly.changes], ['at least 2', 'none found, looked at in part']);
		const unknown = wordsOfDay({ day: '2026-11-12', reads: of(0, 'none'), changes: of(0, 'whole') });
		assert.deepEqual([unknown.reads, unknown.changes], ['not looked at', '0']);
	});
});

suite('The words for the last read', () => {
	test('say that it is the last that is known', () => {
		const at = new Date(now - 3 * hour);
		assert.equal(wordsOfLastRead(at, new Date(now)), 'The last read of it that is known here was 3 hours ago.');
		assert.equal(wordsOfLastRead(at, at), 'The last read of it that is known here was just now.');
	});
});
