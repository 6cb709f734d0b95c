import { spawn } from 'node:child_process';

/** The children that run now: they end when this process is told to end. */
const running = new Map();
let ending = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		if (process.listenerCount(signal) > 1) return; // somebody else ends this process in a way of their own
		if (ending) process.exit(130);
		ending = true;
		for (const [child, stop] of running) child.kill(stop ?? signal);
		if (running.size === 0) process.exit(130);
	});
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, print?: (text: string) => void, stop?: NodeJS.Signals }} [options]
 * `print` gets what it prints as it comes; `stop` ends it when this process is told to end, in place of the same signal
 * @returns {Promise<{ code: number, output: string }>} its exit code (130 for a signal) and all
 * that it printed
 */
export function run(command, args, { cwd, env, print, stop } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			env: env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
			windowsHide: true,
		});
		running.set(child, stop);
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text) => {
				output += text;
				print?.(text);
			});
		}
		child.on('error', (error) => {
			running.delete(child);
			reject(error);
		});
		child.on('close', (code, signal) => {
			running.delete(child);
			if (ending) process.exit(130);
			resolve({ code: signal ? 130 : (code ?? 1), output });
		});
	});
}

/** Prints what a program prints, as it comes. */
export const toTerminal = (text) => void process.stdout.write(text);

/** The last lines of what a program printed. */
export const tail = (output, lines = 20) => output.trimEnd().split('\n').slice(-lines).join('\n');
