import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar, type IOnigLib } from 'vscode-textmate';

const scopeName = 'source.workos-vault-secret';

/** A piece of a text with the innermost name that the grammar has for it; without one where it has none. */
export type Token = readonly [text: string, name?: string];

/**
 * Returns the grammar of revealed values and drafts, as VS Code runs it.
 * @param root the extension's folder
 * @param contentOf the content of the grammar of another language, or undefined where there is none
 * @param onStep is called whenever expressions are tried at a place in a line
 */
export async function secretGrammar(
	root: string,
	contentOf: (scope: string) => string | undefined,
	onStep: () => void = () => undefined,
): Promise<IGrammar> {
	const registry = new Registry({
		onigLib: engineIn(root, onStep),
		loadGrammar: (scope) => {
			const content =
				scope === scopeName
					? readFileSync(path.join(root, 'media', 'secret.tmLanguage.json'), 'utf8')
					: contentOf(scope);
			return Promise.resolve(content === undefined ? null : parseRawGrammar(content, `${scope}.json`));
		},
	});
	const grammar = await registry.loadGrammar(scopeName);
	if (!grammar) throw new TypeError('There is no grammar');
	return grammar;
}

async function engineIn(root: string, onStep: () => void): Promise<IOnigLib> {
	await loadWASM(readFileSync(path.join(root, 'node_modules', 'vscode-oniguruma', 'release', 'onig.wasm')));
	return {
		createOnigScanner: (patterns) => {
			const scanner: ReturnType<IOnigLib['createOnigScanner']> = new OnigScanner(patterns);
			return {
				findNextMatchSync: (text, from, options) => {
					onStep();
					return scanner.findNextMatchSync(text, from, options);
				},
				dispose: () => scanner.dispose?.(),
			};
		},
		createOnigString: (text) => new OnigString(text),
	};
}

/** The tokens of each line of a text; those beside each other with the same name are one. */
export function tokensOf(grammar: IGrammar, text: string): Token[][] {
	let state = INITIAL;
	return text.split('\n').map((line) => {
		const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
		state = ruleStack;
		const merged: Token[] = [];
		for (const { startIndex, endIndex, scopes } of tokens) {
			const piece = line.slice(startIndex, endIndex);
			const name = scopes.length > 1 ? scopes.at(-1) : undefined;
			const before = merged.at(-1);
			const isSame = before !== undefined && before[1] === name;
			const text = isSame ? before[0] + piece : piece;
			merged.splice(isSame ? -1 : merged.length, 1, name === undefined ? [text] : [text, name]);
		}
		return merged;
	});
}
