import type { OutlineState } from '../vault/catalog/organizations';

/**
 * The keys that the manifest's `when` clauses read, each as `workosVault.` and its name, and what each can be: one of some
 * words, the answer to a question, or a list of addresses.
 */
export const contextKeyValues = {
	/** What the view shows; welcome content stands for most of them. */
	state: [
		'disconnected',
		'loading',
		'ready',
		'empty',
		'unauthorized',
		'forbidden',
		'offline',
		'locked',
	] satisfies readonly (OutlineState | 'disconnected' | 'locked')[],
	/** Whether a vault is open in the view, also one that refuses the key or can't be reached, but none that has yet to answer. */
	isVaultOpen: 'question',
	/** Whether there is a connection to switch to. */
	connections: ['kept', 'none'],
	isTree: 'question',
	isScanning: 'question',
	changes: ['free', 'allowed', 'readOnly'],
	lock: ['locked', 'unlocked'],
	presentation: ['on', 'off'],
	isolatedDraft: 'question',
	/** Whether the isolated editor in front has a button to reveal its value again. */
	offersAgain: 'question',
	/** What the tab in front is of, wherever the focus is. */
	inFront: ['value', 'draft', 'other'],
	/** Documents that show a value which is not the current one any more. */
	outdatedValues: 'addresses',
	/** Documents whose value was hidden and can be revealed again. */
	hiddenValues: 'addresses',
	/** Drafts that are compared with a value which was hidden and can be revealed again. */
	besideHidden: 'addresses',
	/** Texts that surely have no ciphertext. */
	textsWithoutCiphertext: 'addresses',
	/** Whether what is selected is surely no ciphertext. */
	selection: ['noCiphertext', 'unknown'],
	/** Drafts that can be typed in. */
	writableDrafts: 'addresses',
} as const satisfies Record<string, 'question' | 'addresses' | readonly string[]>;

type Values = typeof contextKeyValues;

/** What each key can be. Before activation none is set. */
export type ContextKeys = {
	readonly [K in keyof Values]: Values[K] extends 'question'
		? boolean
		: Values[K] extends readonly (infer Word)[]
			? Word
			: readonly string[];
};
