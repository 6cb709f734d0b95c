/**
 * What `npm test` leaves out on a machine, and the sentences by which it says so before it begins.
 * @param {{ platform: NodeJS.Platform, canServeWorkbench: boolean }} machine
 */
export function leftOut({ platform, canServeWorkbench }) {
	// Both are about modes of files, signals, `ps` and bash.
	const contractAndCli = platform === 'win32';
	return {
		contractAndCli,
		sentences: [
			...(contractAndCli
				? ['The contract tests and those of the WorkOS CLI need Linux or macOS: they are left out. WSL has them.']
				: []),
			...(canServeWorkbench
				? []
				: ['The host suites need Linux x64 here; npm run test:desktop runs those that VS Code desktop can run.']),
		],
	};
}
