import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The memory that a process holds, in MiB. */
export function residentMiB(pid: number): number {
	return process.platform === 'linux' ? fromStatus(pid, 'VmRSS') : fromPs(pid);
}

/** The most memory that a process has ever held, in MiB; what it holds now where the system does not tell. */
export function peakMiB(pid: number): number {
	return process.platform === 'linux' ? fromStatus(pid, 'VmHWM') : fromPs(pid);
}

function fromStatus(pid: number, name: string): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
}

function fromPs(pid: number): number {
	return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
