// The pictures of docs/images: what each shows, and what a person does to see it.

export const organization = 'Harborlight Payments';
const service = 'checkout, folder';
const object = 'checkout/production.env';

const checkout = `import { WorkOS } from '@workos-inc/node';

const workos = new WorkOS(process.env.WORKOS_API_KEY);

export async function passphrase() {
	return workos.vault.decrypt(merchant.passphrase);
}

/** What the card network knows us by. Only Vault can decrypt it. */
const merchant = {
	name: 'Harborlight Payments',
	passphrase: 'sea_glass_and_driftwood',
	recovery: 'nine_lanterns_at_low_tide',
};
`;

const dotenv = `# What the checkout service needs in staging
MAIL_SENDER=receipts@harborlight.example
PAYMENT_RETRIES=4
QUEUE_URL=amqp://queue.harborlight.example/checkout
SIGNING_SALT=sea#glass
WEBHOOK_URL=https://hooks.harborlight.example/checkout
RELEASE=
`;

export const row = (label) => `.part.sidebar .monaco-list-row[aria-label^=${JSON.stringify(label)}]`;
const choice = (label) => `.quick-input-list .monaco-list-row[aria-label^=${JSON.stringify(label)}]`;
const lineWith = (text) => `.editor-instance .view-line:has-text(${JSON.stringify(text)})`;

/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {(page: import('playwright-core').Page, vault: Vault) => Promise<void>} show
 * @property {(page: import('playwright-core').Page) => Promise<void>} [point] where the mouse is, unless it is out of the way
 * @property {Record<string, string>} [files] in the workspace
 * @property {boolean} [showsMessage] what it shows is a message, so that it is not waited for until all have gone
 *
 * @typedef {{ call(method: string, route: string, body?: object): Promise<any> }} Vault
 */

/** @type {readonly Picture[]} */
export const pictures = [
	{ name: 'explorer', show: showValue },
	{ name: 'grouped', show: groupByProvider },
	{ name: 'object', show: showPage },
	{ name: 'conflict', show: compareConflict, showsMessage: true },
	{ name: 'ciphertexts', show: encryptStrings, point: pointAtCiphertext, files: { 'checkout.ts': checkout } },
	{ name: 'import', show: previewImport, files: { 'staging.env': dotenv } },
];

/** Connects to the vault under a name that its pictures have in the status bar. */
export async function connect(page, { url, apiKey }) {
	await runCommand(page, 'WorkOS Vault: Connect with an API Key…');
	await page.click(choice('Another Address…'));
	await answer(page, url);
	await page.waitForSelector('.quick-input-box input[type=password]');
	await answer(page, apiKey);
	await page.waitForSelector('.quick-input-box input:not([type=password])');
	await answer(page, 'Staging');
	await page.waitForSelector(row(organization));
}

async function showValue(page) {
	await openService(page);
	await page.click(`${row(object)} .monaco-tl-twistie`);
	await page.waitForSelector(row('Version 1'));
	await page.hover(row(object));
	await page.click(`${row(object)} .action-label.codicon-eye`);
	await page.waitForSelector(lineWith('DATABASE_URL'));
}

async function showPage(page) {
	await openOrganization(page);
	await page.click(row('stripe-webhook-secret'));
	const inPage = (selector) =>
		page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame').locator(selector).first();
	await inPage('[data-id=versions] tbody').waitFor();
	await inPage('vscode-button:has-text("Look Further Back")').click();
	await inPage('td:has-text("dashboard"), td:has-text("through the API")').waitFor();
	await inPage('vscode-button:text-is("Reveal")').click();
	await inPage('pre').waitFor();
}

async function groupByProvider(page) {
	await openOrganization(page);
	await runCommand(page, 'WorkOS Vault: Group By…');
	await page.click(choice('provider'));
	for (const label of ['anthropic', 'google', 'openai', 'openai/oauth, folder']) await page.click(row(label));
	const ofOrganization = row('openai/oauth/org_');
	await page.hover(ofOrganization);
	await page.click(`${ofOrganization} .action-label.codicon-eye`);
	await page.waitForSelector(lineWith('client_id'));
}

/** Publishes a draft of which somebody else has published another version, and looks at both. */
async function compareConflict(page, vault) {
	await openService(page);
	await page.hover(row(object));
	await page.click(`${row(object)} .action-label.codicon-edit`);
	await page.click(lineWith('LOG_LEVEL'));
	await page.keyboard.press('End');
	await page.keyboard.type('\nMAIL_RETRIES=3');
	const { id, value } = await vault.call('GET', `/vault/v1/kv/name/${encodeURIComponent(object)}`);
	await vault.call('PUT', `/vault/v1/kv/${id}`, { value: value.replace('LOG_LEVEL=info', 'LOG_LEVEL=debug') });
	await page.keyboard.press('Control+S');
	const message = '.notification-list-item:has-text("Somebody published")';
	await page.click(`${message} .monaco-button:has-text("Compare")`);
	await page.waitForSelector('.monaco-diff-editor .view-line:has-text("LOG_LEVEL=debug")');
	await page.waitForSelector(`${message} .monaco-button:has-text("Overwrite")`);
}

async function encryptStrings(page) {
	await openFile(page, 'checkout.ts');
	for (const text of ['sea_glass_and_driftwood', 'nine_lanterns_at_low_tide']) {
		await page.dblclick(`${lineWith(text)} span span:has-text("${text}")`);
		await runCommand(page, 'WorkOS Vault: Encrypt Selection…');
		await page.click(choice(organization));
		await page.click(choice('Organization'));
		await page.waitForSelector(lineWith(text), { state: 'detached' });
	}
	await page.keyboard.press('Control+S');
	await page.waitForSelector('.tab.active:not(.dirty)');
	await page.keyboard.press('Control+Home');
}

async function pointAtCiphertext(page) {
	// The ciphertext is wrapped: what is told of it then covers but its last row.
	const { x, y, height } = await page.locator(lineWith('};')).boundingBox();
	await page.mouse.move(x + 60, y - 1.5 * height, { steps: 5 });
	await page.waitForSelector('.monaco-hover:visible .hover-contents');
}

async function previewImport(page, vault) {
	const { data } = await vault.call('GET', '/organizations?limit=100');
	const idOf = (name) => data.find((each) => each.name === name).id;
	const create = (name, of) =>
		vault.call('POST', '/vault/v1/kv', { name, value: 'an older one', key_context: { organization_id: idOf(of) } });
	await create('QUEUE_URL', organization);
	await create('WEBHOOK_URL', 'Lumenfield Energy');
	await runCommand(page, 'WorkOS Vault: Refresh');
	await openFile(page, 'staging.env');
	await runCommand(page, 'WorkOS Vault: Import .env…');
	await page.click(choice('Import “staging.env”'));
	await page.click(choice(organization));
	await page.click(choice('Organization,'));
	await page.click(choice('Go On without Them'));
	await page.waitForSelector(choice('MAIL_SENDER'));
}

/** Opens its row. Once it has its count, rows stay where they are. */
async function openOrganization(page) {
	await page.click(row(organization));
	await page.waitForSelector(`${row(organization)}:has-text("18")`);
}

async function openService(page) {
	await openOrganization(page);
	await page.click(row(service));
	await page.waitForSelector(row(object));
}

async function openFile(page, name) {
	await page.keyboard.press('Control+P');
	await page.fill('.quick-input-box input', name);
	await page.click(choice(name));
	await page.waitForSelector('.editor-instance .view-line');
}

async function runCommand(page, title) {
	await page.keyboard.press('F1');
	await page.fill('.quick-input-box input', `>${title}`);
	await page.click(choice(title));
}

async function answer(page, text) {
	await page.fill('.quick-input-box input', text);
	await page.keyboard.press('Enter');
}
