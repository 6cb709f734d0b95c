import assert from 'node:assert/strict';
import { Draft } from '../../src/vault/drafts/draft';
import { FailingMachine, Window } from './failingMachine';
import { seededRandom } from './seededRandom';

const steps = 25;

/**
 * Two windows that lock, sign in and out and write drafts, others that come and go, over a disk that fails at random, a
 * clock that is set, and a secret storage that answers nothing for a moment; and what must be so in the end.
 */
export class WindowsRun {
	readonly log: string[] = [];
	readonly #random: () => number;
	readonly #machine: FailingMachine;
	readonly #windows: Window[] = [];
	/** The keys that connections may have, by id: a key whose replacement failed may be the new one, where it was not seen. */
	readonly #signedIn = new Map<string, readonly string[]>();
	/** What must be kept beside the windows' own drafts, and all that was ever written. */
	readonly #setAside: string[] = [];
	readonly #written = new Set<string>();
	/** Undefined where a file that was removed may have been put back by one who knew of less. */
	#isLockOnDisk: boolean | undefined = false;

	constructor(
		private readonly seed: number,
		private readonly counts: Map<string, number>,
	) {
		this.#random = seededRandom(seed);
		this.#machine = new FailingMachine(this.#random);
	}

	async run(): Promise<void> {
		// Every other time, the system tells of no change.
		const end = this.#machine.begin(this.seed % 2 === 0);
		try {
			this.#machine.shake();
			for (let count = 0; count < 2; count++) this.#windows.push(new Window(this.#machine));
			for (const window of this.#windows) await window.open();
			for (let step = 0; step < steps; step++) {
				this.#machine.shake();
				const [one, other] = [this.#machine.pick(this.#windows), this.#machine.pick(this.#windows)];
				// Locks, sign-ins and drafts are each one after the other, beside the other two.
				await Promise.all([this.#lock(one), this.#signIn(other), ...this.#windows.map((each) => this.#write(each))]);
				if (this.#random() < 0.2) await this.#look(this.#machine.pick(this.#windows));
				if (this.#random() < 0.1) await this.#cutOff();
				if (this.#random() < 0.1) await this.#passBy();
				if (this.#random() < 0.1) await this.#overtake();
				if (this.#random() < 0.05) await this.#removeLock();
			}
		} finally {
			end();
		}
		for (const window of [...this.#windows, ...this.#windows]) await this.#look(window);
		await this.#judge();
	}

	dispose(): void {
		for (const window of this.#windows) window.dispose();
		this.#machine.dispose();
	}

	async #lock(window: Window): Promise<void> {
		if (this.#random() < 0.5) return;
		if (this.#random() < 0.3) return this.#lockInHaste(window);
		const isLocked = this.#random() < 0.5;
		const isDone = await this.#attempt(`lock ${isLocked}`, window, () => window.privacy.set({ isLocked }));
		if (isDone) [this.#isLockOnDisk, window.isLockOwed] = [isLocked, false];
		else if (isLocked) window.isLockOwed = true;
		// What the disk never took is taken back without it.
		if (isDone && !isLocked) assert.equal(window.privacy.state.isLocked, false, 'unlocked');
		if (isLocked) assert.equal(window.privacy.state.isLocked, true, 'a lock holds in its window');
	}

	/** Unlocks, and locks before that is done. */
	async #lockInHaste(window: Window): Promise<void> {
		const unlocking = this.#attempt('lock false', window, () => window.privacy.set({ isLocked: false }));
		const locking = this.#attempt('lock true', window, () => window.privacy.set({ isLocked: true }));
		if (await unlocking) [this.#isLockOnDisk, window.isLockOwed] = [false, false];
		if (await locking) [this.#isLockOnDisk, window.isLockOwed] = [true, false];
		else window.isLockOwed = true;
		assert.equal(window.privacy.state.isLocked, true, 'the lock that came last holds');
	}

	async #signIn(window: Window): Promise<void> {
		const id = this.#machine.pick(['a', 'b', 'c']);
		const connection = { id, name: id, endpoint: 'https://vault.example.com', isProduction: false };
		const key = `sk_test_${Math.floor(this.#random() * 1e9)}`;
		if (!this.#signedIn.has(id)) {
			if (await this.#attempt(`sign in ${id}`, window, () => window.list.add(connection, key)))
				this.#signedIn.set(id, [key]);
			return;
		}
		if (this.#random() < 0.5) {
			const isAway = this.#machine.isKeyAway;
			const isDone = await this.#attempt(`replace ${id}`, window, () => window.list.replaceKey(connection, key));
			if (isDone) this.#signedIn.set(id, [key]);
			else if (isAway) this.#signedIn.set(id, [...(this.#signedIn.get(id) ?? []), key]);
			return;
		}
		// A person whose sign-out failed tries again: the key is gone already.
		while (!(await this.#attempt(`sign out ${id}`, window, () => window.list.remove(connection)))) this.#machine.heal();
		this.#signedIn.delete(id);
	}

	async #write(window: Window, what = 'text'): Promise<boolean> {
		const text = `${what} ${Math.floor(this.#random() * 1e9)}`;
		window.draft.write(text);
		this.#written.add(text);
		return this.#attempt('write', window, () => window.drafts.keep(window.draft));
	}

	/** A window opens, looks round, and is closed: it unlocks nobody, and takes nothing of the others. */
	async #passBy(): Promise<void> {
		this.#machine.shake();
		const guest = new Window(this.#machine);
		try {
			await guest.open();
			this.#count('passed by');
			if (this.#isLockOnDisk) assert.equal(guest.privacy.state.isLocked, true, 'a new window is locked');
			if (this.#random() < 0.5) await this.#attempt('present', guest, () => guest.privacy.set({ isPresenting: true }));
			if (this.#isLockOnDisk) assert.equal(guest.privacy.state.isLocked, true, 'it stays locked');
			assert.deepEqual(await guest.list.strayKeys().catch(() => []), [], 'stray keys');
			if (this.#random() < 0.5) await this.#attempt('prepare', guest, () => guest.drafts.prepare());
			const { drafts } = await guest.drafts.adopt(() => false);
			for (const { draft } of this.#windows)
				assert.ok(!drafts.some(({ id }) => id === draft.id), 'a draft of a living window');
		} finally {
			guest.dispose();
		}
	}

	/** A window is cut off, another one takes its draft over, writes to it and ends; then the first goes on. */
	async #overtake(): Promise<void> {
		const former = this.#machine.pick(this.#windows);
		const { draft } = former;
		// What is to be lost, if anything, is what comes after this.
		await this.#machine.surely(() => former.drafts.keep(draft));
		const giveBack = this.#machine.forgetLife(draft);
		this.#machine.shake();
		const passer = new Window(this.#machine);
		const [taken] = (await passer.drafts.adopt((id) => id !== draft.id)).drafts;
		if (taken) {
			passer.draft = taken;
			await this.#machine.surely(async () => assert.ok(await this.#write(passer, 'newer')));
			this.#setAside.push(taken.text);
			this.#count('overtaken');
		}
		this.#machine.forgetLife(draft);
		passer.dispose();
		giveBack();
		for (let turn = 0; turn < 3; turn++) {
			this.#machine.shake();
			await this.#write(former, 'older');
		}
	}

	/** Somebody removes the file that says who is locked; a window that may know of less is the first to put it back. */
	async #removeLock(): Promise<void> {
		this.#machine.remove('privacy.json');
		this.#isLockOnDisk = this.#isLockOnDisk === true ? true : undefined;
		this.log.push('the lock is removed');
		const first = this.#machine.pick(this.#windows);
		for (const window of [first, ...this.#windows]) await this.#machine.surely(() => window.privacy.check());
		for (const window of this.#windows) if (window.isLockOwed) [this.#isLockOnDisk, window.isLockOwed] = [true, false];
	}

	/** A window is taken for ended by the other one, which takes its draft over; the first begins another draft. */
	async #cutOff(): Promise<void> {
		const former = this.#machine.pick(this.#windows);
		const heir = this.#windows.find((window) => window !== former);
		assert.ok(heir);
		const { draft } = former;
		for (const each of this.#windows) await this.#machine.surely(() => each.drafts.keep(each.draft));
		const kept = draft.text;
		const giveBack = this.#machine.forgetLife(draft);
		// While the first one goes on writing, which it may or may not be in time for.
		const late = `late ${Math.floor(this.#random() * 1e9)}`;
		this.#written.add(late);
		draft.write(late);
		const adopting = heir.drafts.adopt((id) => id === heir.draft.id);
		for (let turns = Math.floor(this.#random() * 60); turns > 0; turns--)
			await new Promise((resolve) => setImmediate(resolve));
		const isInTime = await this.#attempt('write late', former, () => former.drafts.keep(draft));
		const { drafts } = await adopting;
		this.#count(isInTime ? 'cut off, but in time' : 'cut off');
		const adopted = drafts.find(({ id }) => id === draft.id);
		if (adopted) {
			assert.ok(adopted.text === late || (adopted.text === kept && !isInTime), 'the last kept text');
			await this.#machine.surely(() => heir.drafts.forget(heir.draft));
			heir.draft = adopted;
			heir.draft.write('taken over');
			this.#written.add('taken over');
			await this.#machine.surely(() => heir.drafts.keep(heir.draft));
			await assert.rejects(former.drafts.keep(draft), /Another window has taken over/);
		} else {
			// It was in time, and owns it still.
			await this.#machine.surely(() => former.drafts.forget(draft));
		}
		giveBack();
		former.draft = Draft.ofNewObject('one', 'token', {});
	}

	async #look(window: Window): Promise<void> {
		const isWritten = await this.#attempt('look', window, async () => {
			await window.privacy.check();
		});
		if (isWritten && window.isLockOwed) [this.#isLockOnDisk, window.isLockOwed] = [true, false];
		await this.#attempt('reload', window, () => window.list.reload());
	}

	/** After the disk was mended, and each window has looked at it twice. */
	async #judge(): Promise<void> {
		for (const window of this.#windows) {
			const { isLocked } = window.privacy.state;
			assert.equal(isLocked, this.#isLockOnDisk ?? isLocked, 'the lock');
			assert.deepEqual(window.list.all.map(({ id }) => id).sort(), [...this.#signedIn.keys()].sort(), 'the list');
			assert.ok(!(await window.drafts.flush()).has(window.draft.id), 'a draft that is refused');
		}
		const stored = [...this.#machine.keys].filter(([name]) => name.startsWith('workosVault.apiKey.'));
		assert.equal(stored.length, this.#signedIn.size, 'a key that no connection has');
		for (const [id, keys] of this.#signedIn)
			assert.ok(keys.includes(this.#machine.keys.get(`workosVault.apiKey.${id}`) ?? ''), `the key of ${id}`);
		for (const window of this.#windows) {
			this.#machine.forgetLife(window.draft);
			window.dispose();
		}
		const last = new Window(this.#machine);
		this.#windows.push(last);
		await last.open();
		const { drafts, unreadable } = await last.drafts.adopt(() => false);
		for (const { draft } of this.#windows.slice(0, 2)) {
			const kept = drafts.find(({ id }) => id === draft.id);
			if (draft.text !== '') assert.equal(kept?.text, draft.text, 'a draft');
		}
		const texts = drafts.map(({ text }) => text);
		for (const text of this.#setAside) assert.ok(texts.includes(text), `what another window wrote: ${text}`);
		for (const text of texts) assert.ok(this.#written.has(text), `never written: ${text}`);
		assert.equal(unreadable, 0);
		assert.deepEqual(this.#machine.temporaries(), [], 'left behind');
	}

	async #attempt(what: string, window: Window, work: () => Promise<unknown>): Promise<boolean> {
		const who = this.#windows.indexOf(window) + 1;
		try {
			await work();
			this.log.push(`${who} ${what}`);
			this.#count('done');
			return true;
		} catch (error) {
			this.log.push(`${who} ${what}: ${String(error)}`);
			this.#count('refused');
			return false;
		}
	}

	#count(what: string): void {
		this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
	}
}
