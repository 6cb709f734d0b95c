import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { createFinder } from './finder.mjs';
import { layers } from './layers.mjs';

/**
 * Looks for canaries in the names and the contents of all files below folders.
 * @param {{ roots: string[], canaries: Record<string, string>, without?: string[] }} options `without`: folders that are left out
 * @returns {{ files: number, bytes: number, findings: { label: string, form: string, layer: string, file: string }[] }}
 * @throws where a file can't be read
 */
export function scan({ roots, canaries, without = [] }) {
	const find = createFinder(canaries);
	const findings = new Map();
	let files = 0;
	let bytes = 0;

	const look = (file, layer, data) => {
		for (const { label, form } of find(data)) {
			const key = [label, form, file].join('\0');
			if (!findings.has(key)) findings.set(key, { label, form, layer, file });
		}
	};
	const walk = (file) => {
		if (without.includes(file)) return;
		look(file, 'name', Buffer.from(path.basename(file)));
		const stat = lstatSync(file, { throwIfNoEntry: false });
		if (stat?.isDirectory()) for (const name of readdirSync(file)) walk(path.join(file, name));
		else if (stat?.isSymbolicLink()) look(file, 'link', Buffer.from(readlinkSync(file)));
		else if (stat?.isFile()) {
			const content = readFileSync(file);
			files++;
			bytes += content.length;
			for (const { layer, data } of layers(file, content)) look(file, layer, data);
		}
	};
	for (const root of roots) walk(root);
	return { files, bytes, findings: [...findings.values()] };
}
