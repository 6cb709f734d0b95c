/**
 * How a batch file, such as VS Code's command on Windows, is started: Node starts none without a shell, and warns where
 * it is to put the arguments together for one.
 * @returns {[command: string, args: string[], options: object]} for `spawn`
 */
export function throughShell(program, args, environment = process.env) {
	const line = [program, ...args].map((part) => `"${part}"`).join(' ');
	return [environment.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', `"${line}"`], { windowsVerbatimArguments: true }];
}
