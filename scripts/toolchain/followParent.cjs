'use strict';
// Preloaded into a program that must not outlive the one that started it, however that one ends: its process group ends
// with it, and its temporary folder goes.
const fs = require('node:fs');

const parent = Number(process.env.FOLLOWED_PID);
const temporary = process.env.FOLLOWED_TEMPORARY;

function endAll() {
	try {
		if (temporary) fs.rmSync(temporary, { recursive: true, force: true });
	} catch {
		// Something still writes there: a folder in the system's temporary folder stays.
	}
	try {
		process.kill(-process.pid, 'SIGKILL');
	} catch {
		process.kill(process.pid, 'SIGKILL'); // not the group's leader
	}
}

if (parent) {
	setInterval(() => {
		try {
			process.kill(parent, 0);
		} catch {
			endAll();
		}
	}, 500).unref();
}
