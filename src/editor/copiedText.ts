/**
 * What a copied text is known again by, without keeping it: its SHA-256. Some systems change the line ends of what is on
 * their clipboard, so these do not count.
 */
export async function fingerprintOf(text: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text.replaceAll(/\r\n?/g, '\n')));
	return Buffer.from(digest).toString('base64');
}
