import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { preProcessFile } from 'typescript';

/** Which files import which, by their paths. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** What the files of a folder import of one another: values and types, at once and later. */
export function importsIn(folder: string): Imports {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.join(folder, file));
	const known = new Set(files);
	const resolved = (file: string, name: string) => {
		const target = path.join(path.dirname(file), name);
		const found = [`${target}.ts`, path.join(target, 'index.ts')].find((one) => known.has(one));
		if (found === undefined) throw new Error(`${file} imports ${name}, and there is no such file.`);
		return found;
	};
	return new Map(
		files.map((file) => [file, importedIn(readFileSync(file, 'utf8')).map((name) => resolved(file, name))]),
	);
}

/** The files that a text imports by a relative path, as TypeScript reads it. */
export function importedIn(text: string): string[] {
	return preProcessFile(text)
		.importedFiles.map(({ fileName }) => fileName)
		.filter((name) => name.startsWith('.'));
}

/** A script and all that it imports, also by way of others, by their paths. */
export function reachedFrom(script: string): string[] {
	const reached = new Set([script]);
	// What is added while the set is gone through is gone through, too.
	for (const file of reached) {
		for (const name of importedIn(readFileSync(file, 'utf8'))) reached.add(path.join(path.dirname(file), name));
	}
	return [...reached];
}

/** Circles of files, each from a file to itself; at least one where there are any. */
export function circlesIn(imports: Imports): string[][] {
	const circles: string[][] = [];
	const visited = new Set<string>();
	const visit = (file: string, above: readonly string[]) => {
		const at = above.indexOf(file);
		if (at >= 0) circles.push([...above.slice(at), file]);
		if (visited.has(file)) return;
		visited.add(file);
		for (const imported of imports.get(file) ?? []) visit(imported, [...above, file]);
	};
	for (const file of imports.keys()) visit(file, []);
	return circles;
}
