/**
 * The forms in which a secret could be written down: as it is, UTF-16 of both byte orders, hexadecimal, and base64 of
 * both alphabets wherever in a longer text it starts.
 */
export function spellingsOf(secret: string | Uint8Array): readonly Buffer[] {
	const bytes = Buffer.from(secret);
	const wide =
		typeof secret === 'string' ? [Buffer.from(secret, 'utf16le'), Buffer.from(secret, 'utf16le').swap16()] : [];
	const hex = bytes.toString('hex');
	return [bytes, ...wide, Buffer.from(hex), Buffer.from(hex.toUpperCase()), ...base64Of(bytes)];
}

/** Whether some bytes hold a secret in any spelling. */
export function holds(bytes: Buffer, secret: string | Uint8Array): boolean {
	return spellingsOf(secret).some((spelling) => bytes.includes(spelling));
}

// Three bytes are four characters: what stands before the secret shifts all of them, and both ends mix with others.
function base64Of(bytes: Buffer): Buffer[] {
	return [0, 1, 2].flatMap((shift) => {
		const whole = (shift + bytes.length) % 3;
		const shifted = Buffer.concat([Buffer.alloc(shift), bytes, Buffer.alloc(whole === 0 ? 0 : 3 - whole)]);
		return (['base64', 'base64url'] as const).map((alphabet) =>
			Buffer.from(shifted.toString(alphabet).slice(shift === 0 ? 0 : shift + 1, whole === 0 ? undefined : -4)),
		);
	});
}
