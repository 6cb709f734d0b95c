'use strict';
// Stands in for @vscode/spdlog, a native module without a prebuilt file: the same calls, appending to the log's file.
const fs = require('node:fs');
const path = require('node:path');

const words = { trace: 'trace', debug: 'debug', info: 'info', warn: 'warning', error: 'error', critical: 'critical' };

class FileLogger {
	#file;
	#level = 2;
	#isRaw = false;

	constructor(_kind, _name, file) {
		this.#file = file;
		fs.mkdirSync(path.dirname(file), { recursive: true });
	}
	getLevel() {
		return this.#level;
	}
	setLevel(level) {
		this.#level = level;
	}
	setPattern() {
		this.#isRaw = false;
	}
	clearFormatters() {
		this.#isRaw = true;
	}
	flush() {}
	drop() {}
	append(level, word, message) {
		if (level < this.#level) return;
		const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
		try {
			fs.appendFileSync(this.#file, this.#isRaw ? String(message) : `${time} [${word}] ${message}\n`);
		} catch {
			// The folder goes away before the last line is written when the host ends.
		}
	}
}

for (const [level, [method, word]] of Object.entries(words).entries()) {
	FileLogger.prototype[method] = function (message) {
		this.append(level, word, message);
	};
}

// Each name by itself: VS Code imports them by name into an ES module, and finds them only so.
exports.version = 11200;
exports.Logger = FileLogger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (name, file) => new FileLogger('rotating', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new FileLogger('rotating_async', name, file);
