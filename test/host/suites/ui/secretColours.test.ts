import assert from 'node:assert/strict';
import { acme, closeEditors, editValue, reveal, suiteVault } from '../../driver/product';
import { eventually, ui } from '../../driver/ui';

const values = {
	address: 'postgres://app:pw@db.internal:5432/app?ssl=on',
	certificate: '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n',
	credentials: '[default]\nregion = eu-central-1\n',
	deployment: 'database:\n  port: 5432\n  tls: true\n',
	settings: '{\n  "retries": 3,\n  "name": "a"\n}\n',
	variables: '# of the team\nexport HOST="db.internal"\nPORT=5432\n',
	word: 'hunter2',
} as const;

const context = { organization_id: acme.id };
const objects = Object.entries(values).map(([name, value]) => ({ name, value, context }));

suite('Colours of values and drafts', () => {
	suiteVault('Colours', { organizations: [acme], objects });
	teardown(closeEditors);

	/** The colours that are drawn in the editor, by the classes that VS Code has for them. */
	async function colours(): Promise<Set<string>> {
		const classes = await ui.attributes('.editor-instance .view-line span[class^="mtk"]', 'class');
		return new Set(classes.flatMap((names) => names?.match(/^mtk\d+/) ?? []));
	}

	for (const [name, value] of Object.entries(values)) {
		const expected = name === 'word' ? 'none' : 'some';
		test(`a revealed ${name} has ${expected}`, async () => {
			await reveal(name, value);
			await eventually(async () => {
				const { size } = await colours();
				assert.ok(name === 'word' ? size === 1 : size > 1, `${size}`);
			});
			await ui.screenshot(`colours-${name}`);
		});
	}

	test('a draft gets them as it is typed', async () => {
		await editValue('word', values.word);
		await ui.press('Control+A');
		await ui.type('HOST=db.internal');
		await eventually(async () => assert.ok((await colours()).size > 2));
		await ui.screenshot('colours-draft');
		await closeEditors();
		await ui.pressNotification('is not published', 'Discard');
	});
});
