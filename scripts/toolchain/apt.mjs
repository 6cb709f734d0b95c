import { run, tail } from './child.mjs';
import { PlainError, step } from './progress.mjs';
import { onPath } from './programs.mjs';

/**
 * Installs packages with apt.
 * @param {string[]} packages
 * @param {string} title what to say while it is done
 * @param {string} instead a sentence: what a person has to install where apt can't be used without asking
 * @throws PlainError with that sentence, or with the end of what apt printed and that sentence
 */
export async function aptInstall(packages, title, instead) {
	const prefix = process.platform === 'linux' && onPath('apt-get') ? await asRoot() : undefined;
	if (!prefix) throw new PlainError(instead);
	await step(title, async () => {
		await aptGet(prefix, ['update', '-qq'], instead);
		await aptGet(prefix, ['install', '-y', '-qq', '--no-install-recommends', ...packages], instead);
	});
}

/**
 * Makes sure of small programs; apt installs those that are missing, each from the package of its own name.
 * @param {string[]} names
 * @throws PlainError where a person has to install them
 */
export async function ensurePrograms(...names) {
	const missing = names.filter((name) => !onPath(name));
	if (missing.length === 0) return;
	const list = missing.join(' and ');
	await aptInstall(
		missing,
		`Installing ${list} with apt (about 3 MB, once)`,
		`The tests need ${list}: install ${missing.length > 1 ? 'them' : 'it'} and run it again.`,
	);
}

async function asRoot() {
	if (process.getuid?.() === 0) return [];
	return onPath('sudo') && (await run('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n'] : undefined;
}

async function aptGet(prefix, args, instead) {
	const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
	const { code, output } = await run(command, rest);
	if (code !== 0) throw new PlainError(`apt-get ${args[0]} failed. Its last words:\n\n${tail(output)}\n\n${instead}`);
}
