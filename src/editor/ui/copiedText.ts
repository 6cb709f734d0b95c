/**
 * What a copied text is known again by, without keeping it: its SHA-256. Some systems change the line ends of what is on
 * their clipboard, so these do not count.
 */
export async function fingerprintOf(text: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text.replaceAll(/\r\n?/g, '\n')));
	return Buffer.from(digest).toString('base64');
}

/** The system's clipboard, and what of it this window reaches. */
export interface SystemClipboard {
	readText(): PromiseLike<string>;
	writeText(text: string): PromiseLike<void>;
	/** A browser hands its clipboard out to a window with the focus only. */
	readonly needsFocus: boolean;
	readonly isFocused: boolean;
}

/**
 * Clears a copied text where the clipboard still holds it. Returns whether that is settled, has to be tried again when the
 * window has the focus, or can't be done.
 */
export async function clearCopied(
	fingerprint: string,
	clipboard: SystemClipboard,
): Promise<'settled' | 'later' | 'impossible'> {
	const { needsFocus, isFocused } = clipboard;
	if (needsFocus && !isFocused) return 'later';
	try {
		const current = await clipboard.readText();
		if ((await fingerprintOf(current)) === fingerprint) await clipboard.writeText('');
		return 'settled';
	} catch {
		return isFocused ? 'impossible' : 'later';
	}
}
