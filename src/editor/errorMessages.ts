import type { CommandId } from '../commands';
import { formatTime } from '../commands/prompts/age';
import { proxyWords, redirectedWords, untrustedWords } from '../commands/access/reachability';
import { VaultError, type VaultErrorCode, type VaultErrorDetails } from '../vault/errors';
import { isDiskFault, wordsOfDiskFault } from './storage/diskFaults';

/** What a person reads about a failure, and the one button that helps; `again` runs the failed command once more. */
export interface Words {
	readonly sentence: string;
	readonly button?: { readonly title: string; readonly command: CommandId | 'again' } | undefined;
}

const showLog = { title: 'Show Log', command: 'workosVault.showLog' } as const;
const retry = { title: 'Retry', command: 'again' } as const;
const refresh = { title: 'Refresh', command: 'workosVault.refresh' } as const;

const table: Record<VaultErrorCode, (details: VaultErrorDetails) => Words> = {
	notConnected: () => ({
		sentence: 'No vault is connected. Connect to one first.',
		button: { title: 'Connect', command: 'workosVault.switchConnection' },
	}),
	locked: () => ({
		sentence: 'WorkOS Vault is locked. Unlock it to go on.',
		button: { title: 'Unlock', command: 'workosVault.unlock' },
	}),
	presenting: () => ({
		sentence: 'Values are withheld in presentation mode.',
		button: { title: 'Stop Presentation Mode', command: 'workosVault.stopPresentation' },
	}),
	rejected: ({ reason }) => ({
		sentence: reason
			? `The vault did not accept this: ${withFullStop(reason)}`
			: 'The vault did not accept this. The log has the request’s ID for the WorkOS support.',
		button: showLog,
	}),
	unauthorized: () => ({
		sentence: 'The API key is not valid for this vault any more. Replace it to go on.',
		button: { title: 'Replace API Key…', command: 'workosVault.replaceApiKey' },
	}),
	keyMissing: ({ name }) => ({
		sentence: `The API key of ${named(name, 'the connection')} is not on this machine: VS Code keeps keys where they were entered. Enter it here, too.`,
		button: { title: 'Enter API Key', command: 'workosVault.replaceApiKey' },
	}),
	forbidden: () => ({
		sentence: 'This API key may not use Vault. Use a key with access to it.',
		button: { title: 'Open WorkOS Dashboard', command: 'workosVault.openDashboard' },
	}),
	notFound: ({ name, reason }) => ({
		sentence: `${named(name, 'The object')} is not in the vault any more${deletedSince(reason)}. The tree was brought up to date.`,
		button: refresh,
	}),
	nameTaken: ({ name }) => ({
		sentence: `An object named ${name === undefined ? 'like this' : `“${name}”`} exists already. Create one with another name, or open that one.`,
		button: { title: 'Find It', command: 'workosVault.findObject' },
	}),
	conflict: ({ name }) => ({
		sentence: `Somebody published a newer version of ${named(name, 'the object')} in the meantime. Nothing was changed; look at it and try again.`,
		button: { title: 'Compare with Current', command: 'workosVault.compareWithCurrent' },
	}),
	rateLimited: () => ({
		sentence: 'The vault still refuses more requests, after several waits. Try again in a few minutes.',
		button: showLog,
	}),
	unavailable: ({ host, attempts }) => ({
		sentence: `${host ?? 'The vault'} does not answer${times(attempts)}. Try again in a while.`,
		button: retry,
	}),
	offline: ({ host }) => ({
		sentence: `Cannot reach ${host ?? 'the vault'}. Check the network, then try again.`,
		button: retry,
	}),
	untrusted: (details) => ({
		sentence: `${untrustedWords(details)} Nothing was sent.`,
		button: retry,
	}),
	proxyRefused: () => ({ sentence: `${proxyWords} Nothing reached the vault.`, button: retry }),
	redirected: (details) => ({ sentence: redirectedWords(details), button: retry }),
	keyUnavailable: () => ({
		sentence:
			'The customer’s own key could not be used. Check in its key management service that it exists, is enabled, and lets WorkOS use it.',
		button: showLog,
	}),
	keyNotReady: () => ({
		sentence: 'The key of this new key context is still being prepared. Try again in a minute.',
		button: showLog,
	}),
	tooManyKeys: () => ({
		sentence:
			'This environment has no room for another distinct key context. Use one that exists, or ask WorkOS for more.',
		button: showLog,
	}),
	noOldValues: () => ({
		sentence: 'This vault keeps the list of older versions, but does not hand out their values.',
	}),
	notCiphertext: () => ({
		sentence: 'This is not a Vault ciphertext. Select one, or put the cursor into it.',
	}),
	undecryptable: () => ({
		sentence:
			'The ciphertext could not be decrypted: a part of it was changed or is missing, or it was made with associated data or by another vault.',
	}),
	contextChanged: ({ name }) => ({
		sentence: `The vault’s answer for ${named(name, 'the object')} belongs to another key context than the tree shows, so it was not revealed. Refresh and look again.`,
		button: refresh,
	}),
	rowRedrawn: () => ({
		sentence: 'The row was just drawn anew, so nothing was done. Press again.',
	}),
	noObjectInRow: () => ({
		sentence: 'This works on objects, and the row is none. Choose an object’s row, and try again.',
	}),
	severalRows: () => ({
		sentence: 'This works on one row at a time, and several are selected, so nothing was done. Choose one of them.',
	}),
	linkBroken: () => ({
		sentence: 'This is no link of “Copy Link”, so nothing was opened.',
	}),
	linkElsewhere: () => ({
		sentence:
			'No connection here is known to lead to the environment of this link. Connect to it, look at it in the tree, and open the link again.',
		button: { title: 'Switch Connection', command: 'workosVault.switchConnection' },
	}),
	linkUnknown: ({ name }) =>
		name === undefined
			? {
					sentence:
						'The object of this link is not known here: it may be new, or gone. Refresh, and open the link again.',
					button: refresh,
				}
			: {
					sentence: `The object of this link is not known in “${name}”: it may be new, or gone. Switch to that connection, refresh, and open the link again.`,
					button: { title: 'Switch Connection', command: 'workosVault.switchConnection' },
				},
	linkWithheld: () => ({
		sentence: 'Links are not followed in presentation mode.',
		button: { title: 'Stop Presentation Mode', command: 'workosVault.stopPresentation' },
	}),
	unexpected: () => ({
		sentence: 'The vault’s answer was not what its API promises. The log says more.',
		button: showLog,
	}),
};

/** The sentence and the button for a failure. */
export function wordsFor(code: VaultErrorCode, details: VaultErrorDetails): Words {
	return table[code](details);
}

/** A failure of the editor's own side, with the words for it. */
export class TellableError extends Error {
	constructor(readonly words: Words) {
		super(words.sentence);
		this.name = 'TellableError';
	}
}

/** The words for any failure. */
export function describe(error: unknown): Words {
	if (error instanceof TellableError) return error.words;
	if (error instanceof VaultError) return wordsFor(error.code, error.details);
	if (!isDiskFault(error)) return unexpectedWords;
	return {
		sentence: `Something could not be kept on this machine: ${wordsOfDiskFault(error)}. Try again when that has changed.`,
		button: showLog,
	};
}

/** What is said of everything that nobody foresaw. */
export const unexpectedWords: Words = {
	sentence: 'WorkOS Vault ran into a problem that it did not expect. The log says where.',
	button: showLog,
};

function named(name: string | undefined, fallback: string): string {
	return name === undefined ? fallback : `“${name}”`;
}

/** Since when an object is gone, where the vault's sentence gives a time. */
function deletedSince(reason: string | undefined): string {
	const time = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(reason ?? '')?.[0];
	const date = new Date(time ?? Number.NaN);
	return Number.isNaN(date.getTime()) ? '' : `: it was deleted on ${formatTime(date)}`;
}

function times(attempts: number | undefined): string {
	if (attempts === undefined || attempts < 2) return '';
	return `, tried ${attempts} times`;
}

function withFullStop(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
