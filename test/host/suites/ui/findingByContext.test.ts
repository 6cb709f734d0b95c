import assert from 'node:assert/strict';
import { acme, connect, globex, leave, startVault, type TestVault } from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const user = 'user_01H8XQ2MZP4VN7RTC3KDWE5123';
const other = 'user_01H8XQ2MZP4VN7RTC3KDWE5999';
const of = (organization: { id: string }, provider: string) => ({
	organization_id: organization.id,
	app: 'chat',
	kind: 'oauth',
	provider,
});
const seed = {
	organizations: [acme, globex],
	objects: [
		{ name: 'byok-gateway-slack', value: '1', context: { userId: user } },
		{ name: 'tokens/7', value: '2', context: { user_id: user, data_type: 'token' } },
		{ name: 'tokens/8', value: '3', context: { user_id: other, data_type: 'token' } },
		{ name: 'llm/1', value: '4', context: of(acme, 'openai') },
		{ name: 'llm/2', value: '5', context: of(globex, 'openai') },
		{ name: 'llm/3', value: '6', context: of(acme, 'anthropic') },
		{ name: 'my-openai-fallback', value: '7', context: { team: 'a' } },
		{
			name: 'odd',
			value: '8',
			context: {
				link: '[click](command:workbench.action.quit) $(flame)',
				עיר: 'חיפה',
				long: `${'x'.repeat(490)} needle`,
			},
		},
	],
};

const rows = '.quick-input-list .monaco-list-row';
const selected = (label: string) => `${row(label)}.selected`;

/** What each row says under its name. */
const details = () => ui.texts(`${rows} .quick-input-list-label-meta`);

/** Opens the list and types into it. */
async function find(text: string, names: readonly string[]): Promise<void> {
	await quickInput.runCommand('WorkOS Vault: Find Object…');
	await type(text, names);
}

async function type(text: string, names: readonly string[]): Promise<void> {
	await quickInput.fill(text);
	await eventually(async () => assert.deepEqual(await quickInput.items(), names));
}

suite('Finding objects by what a person knows', () => {
	let vault: TestVault;
	suiteSetup(async () => {
		vault = await startVault(seed);
		await connect(vault, 'Known');
		// Until all are looked up.
		await find('tokens/8', ['tokens/8']);
		await ui.press('Escape');
		await quickInput.waitUntilClosed();
	});
	suiteTeardown(() => leave(vault));

	test('a user’s ID finds every object of that user, and each row says so, to a screen reader too', async () => {
		await find(user, ['byok-gateway-slack', 'tokens/7']);
		assert.deepEqual(await details(), [`Matches userId=${user}`, `Matches user_id=${user} · data_type=token`]);
		const labels = await ui.attributes(rows, 'aria-label');
		assert.match(labels[0] ?? '', new RegExp(`^byok-gateway-slack, No organization · .+, Matches userId=${user}$`));
		await ui.screenshot('find-1-user');
		await ui.press('Escape');
	});

	test('a provider finds all of it, a name that has it inside comes after, and a second word narrows', async () => {
		await find('openai', ['llm/1', 'llm/2', 'my-openai-fallback']);
		await type('provider=openai', ['llm/1', 'llm/2']);
		await ui.screenshot('find-2-provider');
		await type('provider=openai globex', ['llm/2']);
		assert.match(
			(await details())[0] ?? '',
			/^Matches provider=openai and the organization’s name · app=chat, kind=oauth, organization_id=/,
		);
		await ui.screenshot('find-3-both');
		await ui.press('Enter');
		await ui.waitFor(selected('llm/2'));
	});

	test('Enter that is pressed before the rows are there means the first of them', async () => {
		await find('openai', ['llm/1', 'llm/2', 'my-openai-fallback']);
		await quickInput.fill('provider=anthropic');
		await ui.press('Enter');
		await ui.waitFor(selected('llm/3'));
	});

	test('an odd key context is shown as it is, and a long value where it matched', async () => {
		await find('needle', ['odd']);
		const [detail = ''] = await details();
		assert.match(detail, /^Matches long=…x+ needle · /);
		assert.match(detail, /\[click\].*\$.*\(flame\)/);
		assert.equal(await ui.count(`${rows} a[href], ${rows} .codicon-flame`), 0);
		await ui.screenshot('find-4-odd');
		await type('עיר=חי', ['odd']);
		await ui.press('Escape');
	});
});
