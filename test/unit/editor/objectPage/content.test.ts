import assert from 'node:assert/strict';
import { ObjectPage } from '../../../../src/commands/objectPage/objectPage';
import { activityContentOf } from '../../../../src/editor/objectPage/activityContent';
import { contentOf } from '../../../../src/editor/objectPage/content';
import { makeApp } from '../../../support/fakes';

const openPage = async (...values: string[]) => {
	const { vault, outline, catalog, connections } = makeApp();
	vault.addOrganizations('Acme');
	const object = vault.add('db', { organization_id: 'org_acme' }, ...values);
	await outline.children();
	await catalog.scan();
	const { session } = connections;
	assert.ok(session);
	const page = new ObjectPage(session, object.id);
	const content = (timeZone = 'UTC') => {
		const known = catalog.get(object.id);
		assert.ok(known);
		const reader = { timeZone, now: known.updatedAt.getTime() };
		const activity = activityContentOf(page.activityOf(known), [], undefined, reader);
		return contentOf(page, known, session.connection, [], false, activity, reader);
	};
	const detail = (label: string, timeZone?: string) =>
		content(timeZone).details.find((found) => found.label === label)?.text;
	return { vault, page, object, content, detail };
};

suite('What an object’s page says', () => {
	test('by whom the object was created, as soon as an event told it', async () => {
		const { vault, page, object, detail } = await openPage('one');
		vault.tellsEvents = true;
		vault.activity.add('created', object.name, object.updatedAt.getTime(), { by: { name: 'Ben\u202e' } });
		await page.askIfOutdated();
		assert.doesNotMatch(detail('Created') ?? '', / by /);
		await page.lookFurtherBack();
		assert.match(detail('Created') ?? '', /^now by Ben⟨U\+202E⟩ \(/);
	});

	test('times in the person’s zone, wherever the extension runs', async () => {
		const { page, content, detail } = await openPage('one');
		await page.askIfOutdated();
		for (const [zone, shown] of Object.entries({ 'Pacific/Kiritimati': 'GMT+14', 'Asia/Kolkata': 'GMT+5:30' })) {
			const { versions } = content(zone);
			const times = versions.state === 'shown' ? versions.value.lines.map(({ time }) => time) : [];
			assert.equal(times.length, 1);
			for (const text of [...times, detail('Created', zone), detail('Changed', zone)]) {
				assert.ok(text?.includes(shown), text);
			}
		}
	});

	test('why older versions can’t be opened, once the vault was found not to hand them out', async () => {
		const { vault, page, content } = await openPage('one', 'two');
		await page.askIfOutdated();
		const withheld = () => {
			const { versions } = content();
			return versions.state === 'shown' ? versions.value.withheld : versions.state;
		};
		assert.equal(withheld(), '');
		vault.hasOldValues = false;
		assert.match(withheld(), /does not hand out their values\.$/);
	});
});
