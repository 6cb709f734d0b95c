/** Characters that nobody sees or that turn what stands around them round; line breaks and tabs are seen. */
const hidden = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]--[\n\r\t]]/gv;

/** A text with what nobody sees in it shown as what it is. */
export function withVisible(text: string): string {
	return text.replaceAll(
		hidden,
		(char) => `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
	);
}
