import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../../scripts/toolchain/child.mjs';
import { inRoot } from '../../../scripts/toolchain/paths.mjs';

const copied = ['package.json', 'esbuild.mjs', 'tsconfig.json', 'src', 'media'];

/** A file's text with an edit made in it. @throws where the edit does not match exactly once */
export function edited(text, { file, find, replace }) {
	const parts = text.split(find);
	if (parts.length !== 2) throw new Error(`${file} has “${find}” ${parts.length - 1} times, not once.`);
	return parts.join(replace);
}

/**
 * Builds the extension from a copy of its sources with some edits.
 * @param {{ file: string, find: string, replace: string }[]} edits
 * @param {string} folder where the copy is made
 * @throws where an edit does not match exactly once, or the build fails
 */
export async function buildWeakened(edits, folder) {
	mkdirSync(folder, { recursive: true });
	for (const name of copied) cpSync(inRoot(name), path.join(folder, name), { recursive: true });
	symlinkSync(inRoot('node_modules'), path.join(folder, 'node_modules'));
	for (const edit of edits) {
		const file = path.join(folder, edit.file);
		writeFileSync(file, edited(readFileSync(file, 'utf8'), edit));
	}
	const { code, output } = await run(process.execPath, ['esbuild.mjs'], { cwd: folder });
	if (code !== 0) throw new Error(output);
}
