import { readdirSync, readFileSync } from 'node:fs';

/** All processes below this one whose command line has a text in it. */
export function processes(text) {
	const all = new Map();
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		try {
			const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
			const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
			all.set(Number(name), { parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') });
		} catch {
			continue; // ended meanwhile
		}
	}
	const isOurs = (pid) => pid === process.pid || (all.has(pid) && isOurs(all.get(pid).parent));
	return [...all].filter(([pid, { command }]) => command.includes(text) && isOurs(pid)).map(([pid]) => pid);
}

/** Ends processes at once, without a chance to tidy up. */
export function kill(pids) {
	for (const pid of pids) {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			continue; // ended with another one
		}
	}
}
