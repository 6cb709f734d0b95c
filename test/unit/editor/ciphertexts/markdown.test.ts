import assert from 'node:assert/strict';
import { ciphertextMarkdown, linkedCommands } from '../../../../src/editor/ciphertexts/markdown';
import { certainCiphertextAt } from '../../../../src/vault/ciphertext/inText/selection';
import { titleOf } from '../../../support/manifest';
import { dataKeyId, layouts, sealed, vaultBlob } from '../../../support/envelopes';

const place = { uri: 'file:///a%20folder/.env', line: 3, offset: 7 };

const markdownOf = (text: string) => {
	const found = certainCiphertextAt({ lineCount: 1, lineAt: () => `TOKEN="${text}"` }, { line: 0, offset: 20 });
	assert.ok(found);
	return ciphertextMarkdown(found, place);
};

suite('What is told of a ciphertext under the pointer', () => {
	for (const layout of layouts) {
		test(`says which SDKs make the layout ${layout}, the size and the data key`, () => {
			const markdown = markdownOf(sealed('é', { layout, blob: vaultBlob }));
			const sdk = { node: 'Python', nodeLongIv: 'Node before 7.50.1', go: 'Rust', dotnet: '.NET' }[layout];
			assert.ok(markdown.includes(sdk), markdown);
			assert.ok(markdown.includes(dataKeyId));
			assert.match(markdown, /Plaintext: 2 bytes/);
		});
	}

	test('links to commands with the place and nothing of the ciphertext', () => {
		const ciphertext = sealed('text', { blob: vaultBlob });
		const markdown = markdownOf(ciphertext);
		const links = [...markdown.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\?([^)]*)\)/g)];
		assert.deepEqual(
			links.map(([, title, command]) => [title, command]),
			linkedCommands.map((command) => [titleOf(command), command]),
		);
		for (const [, , , args = ''] of links) assert.deepEqual(JSON.parse(decodeURIComponent(args)), [place]);
		assert.ok(!markdown.includes(ciphertext.slice(0, 20)));
	});
});
