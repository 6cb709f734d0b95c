'use strict';
// Runs inside the extension host. It runs the project's own entry and writes what the tests print to a file, at once and
// in order; the launcher follows that file. (VS Code's own way for it mixes the tests' words with the workbench's log.)
const fs = require('node:fs');
const util = require('node:util');

// The extension host's console has setters that do nothing: its methods can be defined, not assigned.
function replace(object, name, value) {
	const before = Object.getOwnPropertyDescriptor(object, name);
	Object.defineProperty(object, name, { value, configurable: true, writable: true });
	return () => {
		if (before) Object.defineProperty(object, name, before);
		else delete object[name];
	};
}

exports.run = async () => {
	const file = fs.openSync(process.env.VSCODEHOST_OUT, 'a');
	const write = (...words) => fs.writeSync(file, `${util.format(...words)}\n`);
	// process.stdout.write hands each whole line to console.log here, so that it needs nothing of its own.
	const restore = ['log', 'info', 'debug', 'warn', 'error'].map((name) => replace(console, name, write));
	try {
		await require(process.env.VSCODEHOST_TESTS).run();
	} catch (error) {
		write(error?.stack ?? String(error));
		throw error;
	} finally {
		for (const undo of restore) undo();
		fs.closeSync(file);
	}
};
