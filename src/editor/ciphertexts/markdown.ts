import type { DocumentPosition } from '../../commands/ports/textEditor';
import type { CertainCiphertext } from '../../vault/ciphertext/inText/selection';
import type { Layout } from '../../vault/ciphertext/envelope';
import { commandTitles } from '../commandTitles';

/** Which SDKs make, and read, each layout. */
const sdks: Record<Layout, string> = {
	node: 'Node 7.50.1 and newer, Python, Ruby, PHP, Kotlin, Go 4 to 6',
	nodeLongIv: 'Node before 7.50.1, Go before July 2025',
	go: 'Go 7 and newer, Rust',
	dotnet: '.NET',
};

/** What the links of `ciphertextMarkdown` may run. */
export const linkedCommands = ['workosVault.lookUpKeyContext', 'workosVault.decryptSelection'] as const;

/** What is told of a ciphertext under the pointer. Its links know where it stands, and never what it is. */
export function ciphertextMarkdown({ layout, size, dataKeyId }: CertainCiphertext, position: DocumentPosition): string {
	const link = (command: (typeof linkedCommands)[number]) =>
		`[${commandTitles[command]}](command:${command}?${encodeURIComponent(JSON.stringify([position]))})`;
	return [
		'**WorkOS Vault ciphertext**',
		[
			`SDKs: ${sdks[layout]}`,
			`Plaintext: ${size === 1 ? '1 byte' : `${size.toLocaleString('en')} bytes`}`,
			`Data key: \`${dataKeyId}\``,
		].join('  \n'),
		linkedCommands.map(link).join(' | '),
	].join('\n\n');
}
