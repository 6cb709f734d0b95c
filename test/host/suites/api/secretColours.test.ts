import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { secretGrammar, tokensOf } from '../../../support/tokens';
import { extension } from '../../driver/product';

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

suite('The colours of a value, with the grammars of VS Code', () => {
	let steps = 0;
	const grammar = secretGrammar(extension().extensionPath, contentOf, () => steps++);

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
			test(`a line of ${filler} after ${start} takes steps in proportion to its length`, async () => {
				const stepsIn = async (length: number) => {
					steps = 0;
					const { stoppedEarly } = (await grammar).tokenizeLine2(
						(start + filler.repeat(length)).slice(0, length),
						null,
						0,
					);
					assert.equal(stoppedEarly, false);
					return steps;
				};
				const [short, long] = [await stepsIn(1_000), await stepsIn(2_000)];
				assert.ok(long <= 2.1 * short + 10, `${short} steps in a line, ${long} in one twice as long`);
			});
		}
	}
});
