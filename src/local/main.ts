import { createInterface } from 'node:readline';
import { usage, WrongArguments, readArguments } from './commandLine';
import { CannotStart } from './store/refusal';
import { rootKeyFromBase64 } from './rootKey';

const exitCodes = { failed: 1, wrongArguments: 2, noSqlite: 3 } as const;

async function main(): Promise<void> {
	const { readsRootKey, asksHelp, ...options } = readArguments(process.argv.slice(2));
	if (asksHelp) {
		process.stdout.write(`${usage}\n`);
		return;
	}
	let end: () => void = () => process.exit();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end());
	const rootKey = readsRootKey ? await rootKeyFromStdin(() => end()) : rootKeyFromEnvironment();

	hideSqliteWarning();
	// Loaded only now: where node:sqlite is missing, that has to be said in a sentence.
	const { startLocalVault } = await import('./server');
	const vault = await startLocalVault({ ...options, rootKey, isAlone: true });
	end = () => void vault.close().then(() => process.exit());
	process.stdout.write(`${JSON.stringify({ url: vault.url, apiKey: vault.apiKey, pid: process.pid })}\n`);
}

// Whoever started us holds our stdin open; when he is gone, however he ended, we end too.
async function rootKeyFromStdin(onClose: () => void): Promise<Buffer> {
	const lines = createInterface({ input: process.stdin });
	const line = await new Promise<string>((resolve, reject) => {
		lines.once('line', (text) => {
			lines.once('close', onClose);
			resolve(text);
		});
		lines.once('close', () => reject(new CannotStart('No root key came on stdin.')));
	});
	return rootKeyFromBase64(line, 'stdin');
}

function rootKeyFromEnvironment(): Buffer | undefined {
	const text = process.env.LOCAL_VAULT_ROOT_KEY;
	return text === undefined ? undefined : rootKeyFromBase64(text, 'LOCAL_VAULT_ROOT_KEY');
}

function hideSqliteWarning(): void {
	const printers = process.listeners('warning');
	process.removeAllListeners('warning');
	process.on('warning', (warning) => {
		if (warning.name === 'ExperimentalWarning' && warning.message.includes('SQLite')) return;
		for (const print of printers) print.call(process, warning);
	});
}

function explain(error: unknown): { readonly sentence: string; readonly exitCode: number } {
	if (error instanceof WrongArguments) {
		return { sentence: `${error.message}\n${usage}`, exitCode: exitCodes.wrongArguments };
	}
	if (error instanceof CannotStart) return { sentence: error.message, exitCode: exitCodes.failed };
	if (error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_BUILTIN_MODULE') {
		return {
			sentence: `Local Vault needs node:sqlite (Node 22.13 or newer); this is Node ${process.versions.node}.`,
			exitCode: exitCodes.noSqlite,
		};
	}
	return {
		sentence: `Local Vault could not start: ${error instanceof Error ? error.message : String(error)}`,
		exitCode: exitCodes.failed,
	};
}

main().catch((error: unknown) => {
	const { sentence, exitCode } = explain(error);
	process.stderr.write(`${sentence}\n`);
	process.exit(exitCode);
});
