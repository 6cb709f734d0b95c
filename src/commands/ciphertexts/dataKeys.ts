import { formatKeyContext } from '../../vault/keyContext';
import type { KeyContext } from '../../vault/model';
import { askRecipient } from '../prompts/keyContext';
import type { App } from '../ports';
import { cancelled } from '../ports/ui';
import { ensureShowable } from '../access/privacy';
import { showableSession } from '../access/session';

/** Creates a data key for a key context, and shows it with its encrypted keys, which the vault doesn't keep. */
export async function createDataKey(app: App): Promise<void> {
	const { api } = showableSession(app);
	const title = 'Create Data Key';
	const recipient = await askRecipient(app, title);
	if (!recipient) return;
	const pair = await app.ui.progress('Creating a data key', (signal) =>
		api.createDataKey(recipient.keyContext, { signal }),
	);
	if (pair === cancelled) return;
	app.recentOrganizations.use(recipient.organization);
	const { id, dataKey, encryptedKeys, keyContext: context } = pair;
	return show(app, { id, context, data_key: dataKey, encrypted_keys: encryptedKeys });
}

/** Shows the data key that encrypted keys hold: those that are selected, or else those that a person enters. */
export async function decryptDataKey(app: App): Promise<void> {
	const { api } = showableSession(app);
	const [selected, ...others] = app.textEditor.selections()?.texts ?? [];
	const isUsable = selected !== undefined && others.length === 0 && encryptedKeysProblem(selected) === undefined;
	const encryptedKeys = isUsable ? selected : await askEncryptedKeys(app);
	if (encryptedKeys === undefined) return;
	const key = await app.ui.progress('Decrypting a data key', (signal) =>
		api.decryptDataKey(encryptedKeys.trim(), { signal }),
	);
	if (key !== cancelled) return show(app, { id: key.id, data_key: key.dataKey });
}

function askEncryptedKeys(app: App): Promise<string | undefined> {
	return app.ui.input({
		title: 'Decrypt Data Key',
		prompt: 'Those that came with the data key, in base64',
		placeholder: 'The encrypted keys',
		isMasked: true,
		validate: encryptedKeysProblem,
	});
}

function encryptedKeysProblem(text: string): string | undefined {
	const isBase64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text.trim());
	return isBase64 && text.trim() !== ''
		? undefined
		: 'Encrypted keys are base64: letters, digits, + and /. Copy them again.';
}

/** Shows an answer as JSON, with the names that the vault's API has, and offers to copy what it consists of. */
async function show(app: App, answer: Readonly<Record<string, string | KeyContext>>): Promise<void> {
	const value = `${JSON.stringify(answer, undefined, 2)}\n`;
	// Nobody could tell how to show it again: neither the vault nor we keep it, or its encrypted keys.
	await app.documents.reveal({ title: 'Data key', value, source: 'dataKey' });
	return offerCopies(app, new Map(Object.entries(answer)));
}

/** Only `fields` keeps the key while the message stands there: a lock or a sign-out empties it. */
async function offerCopies(app: App, fields: Map<string, string | KeyContext>): Promise<void> {
	// By their names alone: a message has no room for more beside each other.
	const buttons = [...fields.keys()];
	const subscription = app.connections.onDidChangeSession(() => fields.clear());
	try {
		for (let message = 'The data key is shown. The vault does not keep it.'; ;) {
			const field = (await app.ui.ask(`${message} What do you want to copy?`, ...buttons)) ?? '';
			const content = fields.get(field);
			if (content === undefined) return;
			ensureShowable(app);
			const text = typeof content === 'string' ? content : formatKeyContext(content);
			if (field === 'data_key') {
				message = `Copied data_key. The clipboard is cleared in ${await app.clipboard.copySecret(text)} seconds.`;
			} else {
				await app.clipboard.copy(text);
				message = `Copied ${field}.`;
			}
		}
	} finally {
		subscription.dispose();
	}
}
