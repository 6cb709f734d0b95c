import type { KnownObject } from '../../vault/model';
import { localEndpoint, type Connection } from '../ports';
import { fill, type Templates } from '../textEditor/templates';

/** A line that reads an object's value: code, or a command for a terminal. */
export interface ReadingLine {
	/** The languages that read it so, or the program. */
	readonly label: string;
	readonly text: string;
}

const labels: Readonly<Record<string, string>> = {
	csharp: 'C#',
	go: 'Go',
	javascript: 'JavaScript',
	javascriptreact: 'JSX',
	php: 'PHP',
	typescript: 'TypeScript',
	typescriptreact: 'TSX',
};

/**
 * The lines that read an object, each with all languages that read it so: those of the languages in use first, then those of
 * other templates, then the `workos` CLI (`vault get-by-name`) and curl (`GET /vault/v1/kv/{id}`). A language that can't
 * write the object's name has none.
 */
export function readersOf(
	{ id, name }: KnownObject,
	{ endpoint }: Connection,
	templates: Templates,
	inUse: ReadonlySet<string>,
): readonly ReadingLine[] {
	const languageIds = templates.languages().toSorted((a, b) => Number(inUse.has(b)) - Number(inUse.has(a)));
	const byText = new Map<string, string[]>();
	for (const languageId of languageIds) {
		const text = lineIn(languageId, templates.reference(languageId), name);
		if (text === undefined) continue;
		byText.set(text, [...(byText.get(text) ?? []), languageId]);
	}
	const code = [...byText].map(([text, ids]) => ({ label: ids.map(labelOf).join(', '), text }));
	// Behind a hyphen, the command line would look for an option.
	const cli = name.startsWith('-') ? undefined : lineIn('shellscript', 'workos vault get-by-name ${name}', name);
	const host = endpoint === localEndpoint ? '$LOCAL_VAULT_URL' : endpoint;
	const curl = `curl -H "Authorization: Bearer $WORKOS_API_KEY" "${host}/vault/v1/kv/${encodeURIComponent(id)}"`;
	const terminal = [...(cli === undefined ? [] : [{ label: 'WorkOS CLI', text: cli }]), { label: 'curl', text: curl }];
	return [...code, ...terminal];
}

function lineIn(languageId: string, template: string, name: string): string | undefined {
	return fill(template, 'name', name, { languageId, quote: '', before: '' })?.text;
}

function labelOf(languageId: string): string {
	return labels[languageId] ?? languageId.charAt(0).toUpperCase() + languageId.slice(1);
}
