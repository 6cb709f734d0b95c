import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { inRoot } from '../../scripts/toolchain/paths.mjs';

/** The key that every request carries. */
export const apiKey = 'sk_test_bench';

const running = new Set();

/** Kills what still runs: for a run that ends before its time. */
export function killServers() {
	for (const child of running) child.kill('SIGKILL');
}

/**
 * The first two cores that this process may use.
 * @returns {[string, string] | undefined} undefined where nothing can be pinned: no Linux, no taskset, one core
 */
export function twoCores() {
	if (process.platform !== 'linux' || spawnSync('taskset', ['--version']).status !== 0) return undefined;
	const status = readFileSync('/proc/self/status', 'utf8');
	const [, list = ''] = /^Cpus_allowed_list:\s*(.*)$/m.exec(status) ?? [];
	const cores = list.split(',').flatMap((range) => {
		const [first, last = first] = range.split('-').map(Number);
		return Array.from({ length: Math.min(2, last - first + 1) }, (_, index) => String(first + index));
	});
	return cores.length < 2 ? undefined : [cores[0], cores[1]];
}

/** A command line that keeps to one core, or to none when `core` is undefined. */
export const pinned = (core, command) => (core === undefined ? command : ['taskset', '-c', core, ...command]);

/** How long a process has computed so far, in milliseconds; NaN where the system does not tell. */
function cpuTimeOf(pid) {
	if (process.platform !== 'linux') return Number.NaN;
	// The name of the program, in parentheses, may hold spaces; user and system time come as hundredths of a second.
	const [, fields] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
	const [user, system] = fields.split(' ').slice(11, 13);
	return (Number(user) + Number(system)) * 10;
}

/**
 * Starts a program that says where it listens, as JSON on its first line, and ends when its stdin does.
 * @param {{ core?: string, args: string[], stdin: string, env?: Record<string, string> }} options
 * @returns {Promise<{ url: string, cpuTime: () => number, stop: () => Promise<void> }>} `cpuTime` answers milliseconds
 */
async function start({ core, args, stdin, env = {} }) {
	const [command, ...rest] = pinned(core, [process.execPath, ...args]);
	const child = spawn(command, rest, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
	running.add(child);
	const ended = once(child, 'close').finally(() => running.delete(child));
	child.stdin.write(`${stdin}\n`);
	const first = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended.then(() => [])]);
	if (first.length === 0) throw new Error('A server ended before it listened.');
	const stop = async () => {
		child.stdin.end();
		child.kill('SIGTERM');
		await ended;
	};
	return { url: JSON.parse(first[0]).url, cpuTime: () => cpuTimeOf(child.pid), stop };
}

/**
 * Starts the built Local Vault.
 * @param {{ core?: string, dataFile: string, rootKey: string, seed?: string, record?: string, options?: string[] }} start
 * `record` is the file for the statements that it runs, `options` are more of its command line
 */
export const startVault = ({ core, dataFile, rootKey, seed, record, options = [] }) =>
	start({
		core,
		args: [
			'--no-warnings',
			...(record ? ['--import', inRoot('test', 'bench', 'localRecord.mjs')] : []),
			inRoot('dist', 'localVault.js'),
			...['--data', dataFile, '--api-key', apiKey, '--root-key-stdin'],
			...(seed ? ['--seed', seed] : []),
			...options,
		],
		stdin: rootKey,
		env: record ? { BENCH_RECORD: record } : {},
	});

/**
 * Starts the Hono server that answers constants.
 * @param {{ core?: string, program: string, answers: Record<string, string> }} options
 */
export const startBare = ({ core, program, answers }) =>
	start({ core, args: [program], stdin: JSON.stringify(answers) });
