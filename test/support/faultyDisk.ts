import fs from 'node:fs';
import promises from 'node:fs/promises';

const asynchronous = ['open', 'readFile', 'readdir', 'rm', 'stat', 'utimes', 'writeFile'] as const;
const synchronous = ['renameSync', 'rmSync', 'writeFileSync', 'readFileSync'] as const;

export type Operation = (typeof asynchronous)[number] | (typeof synchronous)[number];

/** Returns the code that a call fails with; undefined where it works. */
export type Fault = (operation: Operation, path: string) => string | undefined;

type Patched = Record<string, (...args: unknown[]) => unknown>;

/** Has calls of Node's file system fail. Returns what ends that. */
export function breakDisk(fault: Fault): () => void {
	const undo = [
		...asynchronous.map((operation) => replace(promises as unknown as Patched, operation, fault, true)),
		...synchronous.map((operation) => replace(fs as unknown as Patched, operation, fault, false)),
	];
	return () => undo.forEach((restore) => restore());
}

/** A fault of certain calls, so many times. */
export function failing(code: string, operations: readonly Operation[], path: RegExp, times = Infinity): Fault {
	let left = times;
	return (operation, file) => (operations.includes(operation) && path.test(file) && left-- > 0 ? code : undefined);
}

function replace(module: Patched, operation: Operation, fault: Fault, isAsynchronous: boolean): () => void {
	const original = module[operation];
	if (!original) throw new Error(`no ${operation}`);
	module[operation] = (...args: unknown[]) => {
		const code = fault(operation, String(args[0]));
		if (code === undefined) return original.apply(module, args);
		const error = Object.assign(new Error(`${code}: ${operation}`), { code });
		if (isAsynchronous) return Promise.reject(error);
		throw error;
	};
	return () => void (module[operation] = original);
}
