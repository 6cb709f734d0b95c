import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startBrowser } from '../../../scripts/launcher/windows.mjs';
import { startWorkbench } from '../../../scripts/start/workbench.mjs';
import { ensureChromium } from '../../../scripts/toolchain/chromium.mjs';
import { inRoot } from '../../../scripts/toolchain/paths.mjs';
import { Canaries } from './canaries.mjs';
import { longestStall } from './clock.mjs';
import { patienceForStart, Person } from './person.mjs';
import { kill, processes } from './processes.mjs';
import { until } from './until.mjs';
import { organization, startVault } from './vault.mjs';
import { Watch } from './watch.mjs';

// Every server and browser that is started listens for the end of this process.
process.setMaxListeners(100);

const extensionId = 'workos-vault-explorer.workos-vault-explorer';
/** The disk's clock may be so much behind, in ms. */
const clockStep = 10;

const settings = {
	'workosVault.clipboard.clearAfter': 5,
	// Each tab is looked at by its label, and none goes away by itself.
	'workbench.editor.enablePreview': false,
};

/** A VS Code of its own, whose every file is below one folder, and a vault beside it. */
export class Run {
	canaries = new Canaries();
	/** What was seen on the clipboard where nothing of ours should be. */
	clipboard = [];
	#workbench;
	#browser;

	/**
	 * @param {string} name
	 * @param {{ extension?: string, developed?: string[], env?: NodeJS.ProcessEnv, settings?: object }} [options] the
	 * extension's folder, and others that are developed beside it
	 */
	constructor(name, { extension = inRoot(), developed = [], env = {}, settings: more = {} } = {}) {
		const folder = path.join(process.env.LEAKS_FOLDER, name);
		this.folders = {
			profile: path.join(folder, 'profile'),
			userData: path.join(folder, 'profile', 'user-data'),
			browser: path.join(folder, 'browser'),
			workspace: path.join(folder, 'workspace'),
			temporary: path.join(folder, 't'),
			vault: path.join(folder, 'vault'),
			output: path.join(folder, 'output'),
			/** What the person keeps there is theirs, and is not looked at. */
			own: path.join(process.env.LEAKS_FOLDER, `${name}-own`),
		};
		this.name = name;
		this.clock = path.join(process.env.LEAKS_FOLDER, `${name}-clock`);
		this.options = { extension, developed, env, settings: more };
	}

	/** A run of its own that is as this one was made. */
	another(name) {
		return new Run(name, this.options);
	}

	/** Starts the vault, with objects whose values are canaries of their names, and a window that is connected to it. */
	async begin(objects = []) {
		for (const folder of Object.values(this.folders)) mkdirSync(folder, { recursive: true });
		writeFileSync(path.join(this.folders.workspace, 'notes.md'), '# Notes\n');
		this.apiKey = `sk_test_${this.canaries.make('API key')}`;
		const { extension } = this.options;
		const program = path.join(extension, 'dist', 'localVault.js');
		this.vault = await startVault({ program, folder: this.folders.vault, apiKey: this.apiKey });
		const { userData, temporary, workspace, vault } = this.folders;
		this.watch = new Watch([path.join(userData, 'User'), temporary, workspace, vault], this.canaries);
		for (const name of objects) await this.vault.create(name, this.canaries.make(name));
		await this.start();
		const { apiKey } = this;
		await this.person.connect({ url: this.vault.url, apiKey, objects });
	}

	/** Starts VS Code on the profile as it is. */
	async start() {
		const { profile, workspace, temporary } = this.folders;
		// The server and the browser take it over.
		process.env.TMPDIR = temporary;
		const { extension, developed, env } = this.options;
		this.#workbench = await startWorkbench({
			folder: profile,
			workspace,
			developed: [extension, ...developed, inRoot('test', 'leaks', 'clock')],
			env: { ...env, LEAK_CLOCK: this.clock },
			settings: { ...settings, ...this.options.settings },
			onEnd: () => {},
		});
		await this.openWindow();
	}

	/** Opens the browser on the server that runs, and waits until extensions do. */
	async openWindow() {
		const { browser, output } = this.folders;
		const { hostFolder, origin, address } = this.#workbench;
		this.#browser = await startBrowser({
			hostFolder,
			chromium: await ensureChromium(),
			profile: browser,
			origin,
			isStill: true,
			log: (text) => appendFileSync(path.join(output, 'console.log'), `${text}\n`),
			onEnd: () => {},
		});
		await this.#browser.open(address);
		this.person = new Person(this.#browser.window(), organization.name);
		await this.#longestStall(Date.now(), Date.now(), patienceForStart);
	}

	/** The processes of VS Code's extension host. */
	get extensionHosts() {
		return processes('--type=extensionHost');
	}

	/** Types into a draft, and waits until what was typed is kept. */
	async typeAndKeep(typed) {
		await this.person.type(typed.slice(0, -1), 20);
		const before = Date.now() - clockStep;
		await this.person.type(typed.slice(-1));
		const drafts = path.join(this.folders.userData, 'User', 'globalStorage', extensionId, 'drafts');
		const sealed = () => (existsSync(drafts) ? readdirSync(drafts).filter((file) => file.endsWith('.sealed')) : []);
		const times = () =>
			sealed().map((file) => statSync(path.join(drafts, file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
		// What was written may lack the last key: that comes a moment later, and nothing after it.
		const isKept = () => {
			const writtenAt = Math.max(0, ...times());
			return writtenAt >= before && Date.now() - writtenAt > 1000;
		};
		await until(isKept, 'The draft is not kept');
	}

	/** Holds the extension host up for some time, while `work` is done. */
	async stall(milliseconds, work) {
		const pids = this.extensionHosts;
		if (pids.length === 0) throw new Error('There is no extension host.');
		for (const pid of pids) process.kill(pid, 'SIGSTOP');
		try {
			await work();
			await new Promise((resolve) => setTimeout(resolve, milliseconds));
		} finally {
			for (const pid of pids) process.kill(pid, 'SIGCONT');
		}
	}

	/**
	 * Does something, and answers how long the extension host stood still meanwhile, at most, in ms.
	 * @throws where the clock in the extension host says nothing of that time
	 */
	async stallDuring(work) {
		const begin = Date.now();
		await work();
		return this.#longestStall(begin, Date.now());
	}

	async #longestStall(begin, end, patience) {
		let stall;
		const isMeasured = () => {
			const lines = existsSync(this.clock) ? readFileSync(this.clock, 'utf8') : '';
			stall = longestStall(lines, begin, end);
			return stall !== undefined;
		};
		await until(isMeasured, 'The extension host was not measured', patience);
		return stall;
	}

	/** Ends the extension host with SIGKILL. */
	async killExtensionHost() {
		kill(this.extensionHosts);
		await until(() => this.extensionHosts.length === 0, 'The extension host is still there');
	}

	/** Looks at the clipboard, where nothing of ours may be now. */
	async lookAtClipboard() {
		const text = await this.person.readClipboard();
		for (const { label, form } of this.canaries.find(Buffer.from(text))) {
			this.clipboard.push({ label, form, layer: 'text', file: 'clipboard' });
		}
	}

	/** Ends the browser with SIGKILL. */
	killBrowser() {
		kill(processes(this.folders.browser));
	}

	/** Ends everything but the vault with SIGKILL. */
	async killAll() {
		kill([...processes(this.folders.browser), ...processes(this.folders.userData), ...this.extensionHosts]);
		await this.#workbench.stop();
	}

	/** Ends VS Code as a person does, who leaves the page. */
	async stop() {
		await this.person.leave();
		await this.#browser.context.close();
		await this.#workbench.stop();
	}

	/** Ends everything. */
	async end() {
		try {
			await this.lookAtClipboard();
			await this.stop();
		} finally {
			this.watch.stop();
			await this.vault.stop();
		}
	}
}
