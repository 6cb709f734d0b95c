import path from 'node:path';
import { fileURLToPath } from 'node:url';

const withValue = new Set([
	'extensionDevelopmentPath',
	'extensionTestsPath',
	'user-data-dir',
	'extensions-dir',
	'folder-uri',
]);

const toPath = (text) => (text.startsWith('file:') ? fileURLToPath(text) : path.resolve(text));

/**
 * Takes apart the command line of VS Code's desktop as far as a test host needs it; other flags are passed over.
 * @param {string[]} args
 */
export function parseCommandLine(args) {
	const flags = new Map();
	const developed = [];
	const targets = [];
	const words = [...args];
	for (let word = words.shift(); word !== undefined; word = words.shift()) {
		const flag = /^--([^=]+)(?:=(.*))?$/s.exec(word);
		if (!flag) targets.push(word);
		else {
			const [, name, attached] = flag;
			const value = attached ?? (withValue.has(name) ? words.shift() : '');
			if (name === 'extensionDevelopmentPath') developed.push(toPath(value));
			else flags.set(name, value);
		}
	}
	const pathOf = (name) => (flags.get(name) ? toPath(flags.get(name)) : undefined);
	return {
		developed,
		tests: pathOf('extensionTestsPath'),
		userData: pathOf('user-data-dir'),
		extensions: pathOf('extensions-dir'),
		target: pathOf('folder-uri') ?? (targets[0] && toPath(targets[0])),
		withoutExtensions: flags.has('disable-extensions'),
		asksVersion: flags.has('version'),
	};
}
