import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dangerIn, draftSettings, type EffectiveSetting } from '../../src/editor/draftSettings';

/** Another value than ours, of any setting. */
function otherThan(value: unknown): unknown {
	if (typeof value === 'boolean') return !value;
	if (typeof value === 'number') return value * 10;
	return typeof value === 'string' ? 'other' : { other: 'on' };
}

suite('VS Code’s settings for drafts', () => {
	const ours = (name: string): EffectiveSetting => ({ value: draftSettings[name]?.[0], setFor: {} });
	const guarded = Object.entries(draftSettings).filter(([, [, effect]]) => effect !== 'calm');

	test('are what the manifest has for the language of secrets', () => {
		const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
			contributes: { configurationDefaults: Record<string, Record<string, unknown>> };
		};
		const values = Object.entries(draftSettings).map(([name, [value]]) => [name, value]);
		assert.deepEqual(contributes.configurationDefaults['[workos-vault-secret]'], Object.fromEntries(values));
	});

	test('lock nothing as they are', () => assert.equal(dangerIn(ours), undefined));

	const words = {
		disk: /would write what you type to the disk$/,
		bytes: /would change what you type$/,
		text: /would hand on what you type$/,
	};
	for (const [name, [value, effect]] of guarded) {
		test(`${name} locks a draft where a folder has another value for secrets, and is named with the place`, () => {
			const other = otherThan(value);
			const danger = dangerIn((read) =>
				read === name ? { value: other, setFor: { 'the workspace’s settings': other } } : ours(read),
			);
			assert.match(danger ?? '', words[effect as keyof typeof words]);
			assert.ok(danger?.startsWith(`with “${name}” set for secrets in the workspace’s settings, `), danger);
		});
	}

	test('a person’s own code actions on saving, for all languages, lock nothing', () => {
		const own = { 'source.fixAll.eslint': 'explicit' };
		assert.equal(
			dangerIn((name) =>
				name.endsWith('OnSave') && !name.includes('format') ? { value: own, setFor: {} } : ours(name),
			),
			undefined,
		);
	});

	test('a short auto-save of somebody’s choice locks nothing, one that comes after the backup does', () => {
		const withDelay = (delay: number) =>
			dangerIn((name) =>
				name === 'files.autoSaveDelay' ? { value: delay, setFor: { 'your settings': delay } } : ours(name),
			);
		assert.equal(withDelay(250), undefined);
		assert.match(withDelay(251) ?? '', /“files.autoSaveDelay” set for secrets in your settings/);
	});

	test('what only draws or offers something locks nothing', () => {
		const calm = Object.keys(draftSettings).filter((name) => draftSettings[name]?.[1] === 'calm');
		assert.ok(calm.length > 3);
		assert.equal(
			dangerIn((name) => (calm.includes(name) ? { value: true, setFor: { 'your settings': true } } : ours(name))),
			undefined,
		);
	});
});
