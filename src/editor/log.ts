import * as vscode from 'vscode';
import { VaultError } from '../vault/errors';

/** One request, as the log knows it: never a header, a body or a name. */
interface Request {
	readonly method: string;
	readonly path: string;
	readonly status: number | undefined;
	readonly requestId: string | undefined;
	readonly failure: string | undefined;
	readonly duration: number;
}

/** The log that a person can open. It takes no free text from outside: a value can't get into it. */
export class Log implements vscode.Disposable {
	readonly #channel = vscode.window.createOutputChannel('WorkOS Vault', { log: true });

	request({ method, path, status, requestId, failure, duration }: Request): void {
		const ending = status ?? `no answer${failure === undefined ? '' : ` (${failure})`}`;
		const line = `${method} ${path} ${ending} ${duration} ms${requestId ? ` ${requestId}` : ''}`;
		if (status !== undefined && status < 400) this.#channel.info(line);
		else this.#channel.warn(line);
	}

	/** Writes down what failed: a code, or the kind of an unexpected error and where it arose, without its message. */
	failure(command: string, error: unknown): void {
		if (error instanceof VaultError) {
			const { status, requestId, certificate } = error.details;
			const parts = [error.code, certificate, status, requestId].filter((part) => part !== undefined);
			this.#channel.error(`${command}: ${parts.join(' ')}`);
		} else if (error instanceof Error) {
			// The message comes first in a stack, and may have lines that look like frames.
			const { stack = '', message } = error;
			const start = stack.indexOf(message);
			const frames = start < 0 ? [] : stack.slice(start + message.length).split('\n');
			this.#channel.error(`${command}: ${error.name}\n${frames.filter((line) => /^\s+at /.test(line)).join('\n')}`);
		} else {
			this.#channel.error(`${command}: ${typeof error}`);
		}
	}

	show(): void {
		this.#channel.show(true);
	}

	dispose(): void {
		this.#channel.dispose();
	}
}
