import { literalLanguage } from './languages';

/** What stands outside of strings and is neither code nor a value, and what keeps a quote there from beginning one. */
export interface Comments {
	/** What begins one up to the end of its line; `#` only behind a blank. */
	readonly line: readonly string[];
	/** True where one stands between two marks, over lines. */
	readonly isBlock?: boolean;
	/** What begins a text of lines that ends with a word of its own, which one of its groups captures. */
	readonly heredoc?: RegExp;
	/** True where the word that ends one stands alone in its line, behind tabs at the most. */
	readonly isHeredocEndAlone?: boolean;
	/** True where a backslash outside of strings keeps a quote from beginning one. */
	readonly escape?: boolean;
}

const ofC: Comments = { line: ['//'], isBlock: true };
const comments: Readonly<Record<string, Comments>> = {
	javascript: ofC,
	javascriptreact: ofC,
	go: ofC,
	csharp: ofC,
	php: { line: ['//', '#'], isBlock: true, heredoc: /<<<[ \t]*["']?([A-Za-z_]\w*)/y },
	python: { line: ['#'] },
	ruby: { line: ['#'], heredoc: /<<(?:[~-]["'`]?([A-Za-z_]\w*)|["'`]?([A-Z_]\w*))/y },
	shellscript: {
		line: ['#'],
		// A number without quotes is one that is shifted.
		heredoc: /<<-?[ \t]*(?:["'\\]([^\s"'\\;|&<>()]+)|([^\s"'\\;|&<>()\d][^\s"'\\;|&<>()]*))/y,
		isHeredocEndAlone: true,
		escape: true,
	},
	yaml: { line: ['#'] },
	dotenv: { line: ['#'] },
};

/** The comments of a language. */
export function commentsOf(language: string): Comments {
	return comments[language] ?? { line: [] };
}

/** True for a language in which what stands in the lines above tells whether a place is in a string. */
export function hasStringsOverLines(languageId: string): boolean {
	return Object.hasOwn(comments, literalLanguage(languageId));
}
