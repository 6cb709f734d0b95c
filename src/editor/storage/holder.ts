import os from 'node:os';
import { codeOf } from './whileBusy';

/** Says in a file which process, on which machine, holds something: a home can be shared over a network. */
export const holder = `${process.pid} ${os.hostname()}`;

/** Whether the process that a text names at its beginning has surely ended. Nothing is known of another machine's. */
export function hasEnded(text: string): boolean {
	const [pid, machine = os.hostname()] = text.split(' ');
	return machine === os.hostname() && Number(pid) > 0 && !isRunning(Number(pid));
}

/**
 * For how long a holder gave no other sign while this process looked. Times of files are compared with no clock: that of a
 * server which has the disk goes otherwise, and a machine's can be set.
 */
export class Silence {
	readonly #heard = new Map<string, { readonly sign: string; readonly sinceMs: number }>();

	/** Returns for how many ms the sign has been this one, from the first look that found it. */
	of(name: string, sign: string): number {
		const now = performance.now();
		const last = this.#heard.get(name);
		if (last?.sign === sign) return now - last.sinceMs;
		this.#heard.set(name, { sign, sinceMs: now });
		return 0;
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// It is there but somebody else's.
		return codeOf(error) === 'EPERM';
	}
}
