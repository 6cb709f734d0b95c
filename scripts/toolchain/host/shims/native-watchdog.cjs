'use strict';
// Stands in for @vscode/native-watchdog: ends the extension host when the process that started it has been gone for a while.
exports.start = (parent) => {
	let missed = 0;
	setInterval(() => {
		try {
			process.kill(parent, 0);
			missed = 0;
		} catch (error) {
			if (error.code === 'ESRCH' && ++missed === 5) process.kill(process.pid, 'SIGKILL');
		}
	}, 1000).unref();
};
exports.exit = (code) => process.exit(code ?? 0);
