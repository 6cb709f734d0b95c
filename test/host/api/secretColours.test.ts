import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { secretGrammar, tokensOf } from '../../support/tokens';
import { extension } from '../product';

interface Contributions {
	readonly contributes?: { readonly grammars?: readonly { readonly scopeName: string; readonly path: string }[] };
}

/** The content of a grammar that an extension of this VS Code has. */
function contentOf(scope: string): string | undefined {
	for (const { extensionPath, packageJSON } of vscode.extensions.all) {
		const grammars = (packageJSON as Contributions).contributes?.grammars ?? [];
		const found = grammars.find(({ scopeName }) => scopeName === scope);
		if (found) return readFileSync(path.join(extensionPath, found.path), 'utf8');
	}
	return undefined;
}

/** VS Code gives longer lines no colours: `editor.maxTokenizationLineLength`. */
const longestLine = 20_000;

suite('The colours of a value, with the grammars of VS Code', () => {
	const grammar = secretGrammar(extension().extensionPath, contentOf);

	for (const [kind, text, expected] of [
		['JSON', '{\n  "retries": 3\n}', ['support.type.property-name.json', 'constant.numeric.json']],
		['YAML', 'database:\n  port: 5432', ['entity.name.tag.yaml', 'constant.numeric.integer.decimal.yaml']],
		['INI', '[default]\nregion = eu', ['entity.name.section.group-title.ini', 'keyword.other.definition.ini']],
	] as const) {
		test(`${kind} has those of VS Code`, async () => {
			const names = tokensOf(await grammar, text)
				.flat()
				.map(([, name]) => name);
			for (const name of expected) assert.ok(names.includes(name), `${name} is not among ${names.join(' ')}`);
		});
	}

	for (const start of ['{"', '[1,', '[a]', 'a: ', 'a: "', '- a: {', '---', 'A=', 'https://']) {
		for (const filler of ['[', '{"a":', '- ', '"', ': ', '\\', ' ', '\t', '&a ', '*a', 'a=']) {
			test(`a long line of ${filler} after ${start} holds nobody up`, async () => {
				const line = (start + filler.repeat(longestLine)).slice(0, longestLine);
				const began = performance.now();
				(await grammar).tokenizeLine2(line, null, 500);
				const took = performance.now() - began;
				// One token may be begun before the 500 ms are over.
				assert.ok(took < 2_000, `${took} ms`);
			});
		}
	}
});
