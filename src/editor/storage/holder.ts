import os from 'node:os';
import { codeOf } from './whileBusy';

/** Says in a file which process, on which machine, holds something: a home can be shared over a network. */
export const holder = `${process.pid} ${os.hostname()}`;

/** Whether the process that a text names at its beginning has surely ended. Nothing is known of another machine's. */
export function hasEnded(text: string): boolean {
	const [pid, machine = os.hostname()] = text.split(' ');
	return machine === os.hostname() && Number(pid) > 0 && !isRunning(Number(pid));
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
