import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const pause = 25;

/**
 * Looks at all files below some folders again and again, and remembers each canary that it sees: also in a file that is
 * gone a moment later.
 */
export class Watch {
	/** @type {{ label: string, form: string, layer: string, file: string }[]} */
	findings = [];
	/** The files that were read, each as often as it had changed. */
	reads = 0;
	#known = new Map();
	#timer;

	constructor(folders, canaries) {
		this.#timer = setInterval(() => {
			for (const folder of folders) this.#lookInto(folder, canaries);
		}, pause);
	}

	stop() {
		clearInterval(this.#timer);
	}

	#lookInto(folder, canaries) {
		for (const entry of listed(folder)) {
			const file = path.join(folder, entry.name);
			if (entry.isDirectory()) this.#lookInto(file, canaries);
			else if (entry.isFile()) this.#lookAt(file, canaries);
		}
	}

	#lookAt(file, canaries) {
		let data;
		try {
			const { ino, size, mtimeMs } = statSync(file);
			const state = `${ino} ${size} ${mtimeMs}`;
			if (this.#known.get(file) === state) return;
			data = readFileSync(file);
			this.#known.set(file, state);
		} catch {
			return; // gone again before it could be read
		}
		this.reads++;
		for (const { label, form } of canaries.find(data)) {
			const isNew = !this.findings.some((known) => known.label === label && known.file === file);
			if (isNew) this.findings.push({ label, form, layer: 'seen for a moment', file });
		}
	}
}

function listed(folder) {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch {
		return []; // not there yet, or gone
	}
}
