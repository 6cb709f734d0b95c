import assert from 'node:assert/strict';
import { changeSince } from '../../../../src/editor/documents/outdated';
import { Draft } from '../../../../src/vault/drafts/draft';
import { withoutValue, type KnownObject, type VaultObject } from '../../../../src/vault/model';
import { FakeVault } from '../../../support/fakeVault';

suite('What an open document says of a change meanwhile', () => {
	let shown: VaultObject;
	setup(async () => {
		const vault = new FakeVault();
		const { id } = vault.add('token', { team: 'a' }, 'the value');
		shown = await vault.readObject(id);
	});

	const changedAfter = (ms: number, by: string | undefined = 'Ann'): KnownObject => ({
		...withoutValue(shown),
		updatedAt: new Date(shown.updatedAt.getTime() + ms),
		updatedBy: by,
	});
	const revealed = () => ({ objectId: shown.id, updatedAt: shown.updatedAt });
	const draft = () => Draft.ofObject('connection', shown);

	test('nothing, while the object is at the version that it shows', () => {
		assert.equal(changeSince(revealed(), changedAfter(0)), undefined);
		assert.equal(changeSince(draft(), changedAfter(0)), undefined);
	});

	test('nothing of the same change that is told with a delay', () => {
		assert.equal(changeSince(revealed(), changedAfter(1000)), undefined);
		assert.ok(changeSince(revealed(), changedAfter(1001)));
	});

	test('nothing of what this window published, unless saving a draft asks about it, or others published on top', () => {
		const ours = changedAfter(5000);
		assert.equal(changeSince(revealed(), ours, ours.updatedAt), undefined);
		assert.ok(changeSince(draft(), ours, ours.updatedAt));
		assert.ok(changeSince(revealed(), changedAfter(9000), ours.updatedAt));
	});

	test('nothing of an object that is not known', () => {
		assert.equal(changeSince(revealed(), undefined), undefined);
	});

	test('a revealed value says who published, and how to see it', () => {
		const sentence = changeSince(revealed(), changedAfter(5000))?.sentence;
		assert.match(sentence ?? '', /^Ann published a newer version on .+ at .+\. “Reveal Value” shows it\.$/);
	});

	test('gives the time alone where it is of today', () => {
		const object = changedAfter(5000);
		const sentence = changeSince(revealed(), object, undefined, object.updatedAt)?.sentence;
		assert.match(sentence ?? '', /^Ann published a newer version at [\d:]+\s[AP]M \S+\. /);
	});

	test('a draft says who published, and what saving will do', () => {
		const sentence = changeSince(draft(), changedAfter(5000))?.sentence;
		assert.match(sentence ?? '', /^Ann published .+ Saving .+: compare, overwrite, or take theirs\.$/);
	});

	test('shows what is in the name of who published and not seen', () => {
		const sentence = changeSince(revealed(), changedAfter(5000, 'Ann\u202e'))?.sentence;
		assert.match(sentence ?? '', /^Ann⟨U\+202E⟩ published/);
	});

	test('somebody published, where only a list told of it', () => {
		const object = { ...changedAfter(5000), updatedBy: undefined };
		assert.match(changeSince(revealed(), object)?.sentence ?? '', /^Somebody published/);
	});

	test('a draft of before there were times says nothing', () => {
		const kept = Draft.restore({ ...draft().snapshot(), baseAt: undefined });
		assert.equal(changeSince(kept, changedAfter(5000)), undefined);
	});

	test('a draft that was kept and restored says it still', () => {
		const kept = Draft.restore(JSON.parse(JSON.stringify(draft().snapshot())) as ReturnType<Draft['snapshot']>);
		assert.ok(changeSince(kept, changedAfter(5000)));
	});

	test('a draft that goes on from the newer version says nothing of it', () => {
		const newer = changedAfter(5000);
		const rebased = draft();
		rebased.rebase('theirs', newer.updatedAt);
		assert.equal(changeSince(rebased, newer), undefined);
		const accepted = draft();
		accepted.acceptBase({ ...shown, updatedAt: newer.updatedAt });
		assert.equal(changeSince(accepted, newer), undefined);
	});

	test('a draft that was published says nothing of its own version', async () => {
		const vault = new FakeVault();
		const { id } = vault.add('token', { team: 'a' }, 'one');
		const before = await vault.readObject(id);
		const published = Draft.ofObject('connection', {
			...before,
			updatedAt: new Date(before.updatedAt.getTime() - 5000),
		});
		assert.ok(changeSince(published, withoutValue(before)));
		published.write('two');
		await published.publish(vault);
		assert.equal(changeSince(published, withoutValue(await vault.readObject(id))), undefined);
	});
});
