import assert from 'node:assert/strict';
import { Draft, type PublishResult } from '../../src/vault/drafts/draft';
import { readCurrent } from '../../src/vault/drafts/currentVersion';
import type { DraftSnapshot } from '../../src/vault/model';
import { VaultError, type VaultErrorCode } from '../../src/vault/errors';
import { DisturbedVault, type Disturbance } from './disturbedVault';
import { DraftJudge, type Outcome } from './draftJudge';
import { lost } from './fakes';
import type { Method } from './fakeVault';
import { seededRandom } from './seededRandom';

type Asked = Readonly<{ text: string; outcome: Promise<Outcome> }>;

const name = 'token';
const refusals: readonly VaultErrorCode[] = ['rateLimited', 'forbidden', 'keyUnavailable', 'rejected'];

/** A person with one draft, other clients, lost answers and crashes, at random; it fails where something is untrue. */
export class DraftRun {
	readonly #vault = new DisturbedVault();
	readonly #judge = new DraftJudge(this.#vault, (what) => this.#note(what));
	readonly #random: () => number;
	readonly #seen: Map<string, number>;
	/** What happened, for whoever has to find out why it failed. */
	readonly steps: string[] = [];
	#draft: Draft;
	#kept: DraftSnapshot;
	#text: string;
	#count = 0;
	/** Requests of windows that are gone, which arrive when these are called. */
	readonly #arrivals: (() => void)[] = [];

	private constructor(seed: number, seen: Map<string, number>) {
		this.#random = seededRandom(seed);
		this.#seen = seen;
		this.#vault.answersVersionId = this.#sometimes();
		this.#vault.tellsVersionId = this.#sometimes();
		this.#draft = Draft.ofNewObject('connection', name, { team: 'a' });
		this.#kept = this.#draft.snapshot();
		this.#text = '';
	}

	/** A run that counts in `seen` how often what happened. */
	static async start(seed: number, seen: Map<string, number>): Promise<DraftRun> {
		const run = new DraftRun(seed, seen);
		if (run.#random() < 0.7) {
			const { id, versionId } = run.#vault.add(name, { team: 'a' }, 'base');
			run.#draft = Draft.ofObject('connection', await readCurrent(run.#vault, id));
			run.#judge.goOnFrom(versionId);
			run.#text = 'base';
		}
		run.#goOnWith(run.#draft);
		return run;
	}

	/** Some steps at random, and a last publish that nothing disturbs. */
	async run(): Promise<void> {
		for (let step = 0; step < 9; step++) {
			const dice = this.#random();
			if (dice < 0.2) this.#write();
			else if (dice < 0.7) await this.#publish();
			else if (dice < 0.8) this.#others();
			else if (dice < 0.9) await this.#crash();
			else await this.#arrive();
			this.#judge.judgeVersions();
			this.#judge.judgeDraft(this.#draft, this.#text);
		}
		await this.#publishInPeace();
		this.#judge.judgeDraft(this.#draft, this.#text);
	}

	#note(what: string): void {
		this.steps.push(what);
		this.#seen.set(what, (this.#seen.get(what) ?? 0) + 1);
	}

	#chance(share: number): boolean {
		return this.#random() < share;
	}

	/** True always in most runs, and else in a share of the times: never in some. */
	#sometimes(): () => boolean {
		const share = this.#chance(0.65) ? 1 : Math.max(0, this.#random() * 1.5 - 0.5);
		return () => this.#chance(share);
	}

	#oneOf<T>(items: readonly T[]): T | undefined {
		return items[Math.floor(this.#random() * items.length)];
	}

	#goOnWith(draft: Draft): void {
		this.#draft = draft;
		this.#kept = draft.snapshot();
		draft.onDidChange(() => (this.#kept = draft.snapshot()));
	}

	#write(text = this.#chance(0.25) ? this.#anyValue() : `ours ${++this.#count}`): void {
		this.steps.push(`write ${text}`);
		this.#draft.write(text);
		this.#text = text;
	}

	#anyValue(): string {
		return this.#oneOf(this.#vault.written)?.value ?? `ours ${++this.#count}`;
	}

	/** What other clients do: publish a value of theirs, restore any older one, delete, create. */
	readonly #others = (): void => {
		const there = this.#vault.named(name);
		const value = this.#chance(0.3) ? this.#anyValue() : `theirs ${++this.#count}`;
		if (!there) {
			this.#vault.add(name, { team: this.#chance(0.5) ? 'a' : 'b' }, value);
			this.#note('others create');
		} else if (this.#chance(0.15)) {
			this.#vault.erase(there.id);
			this.#judge.isDeleted = true;
			this.#note('others delete');
		} else {
			this.#vault.publish(there.id, value);
			this.#note(value.startsWith('theirs') ? 'others publish' : 'others restore');
		}
	};

	/** What may happen to any call. Only a write takes effect before its answer is lost. */
	#disturbance(method: Method): Disturbance {
		const before = this.#chance(0.15) ? this.#others : undefined;
		if (!this.#chance(0.4)) return { before };
		const isApplied = (method === 'updateObject' || method === 'createObject') && this.#chance(0.6);
		const dice = this.#random();
		// Taken for lost, an update may still arrive: after our look, or never, being checked.
		if (dice < 0.15 && method === 'updateObject') return { failure: lost(), arrival: this.#turns() };
		if (dice < 0.7) return { before, failure: lost(), isApplied };
		if (dice < 0.85) return { before, failure: new DOMException('cancelled', 'AbortError'), isApplied };
		return { before, failure: new VaultError(this.#oneOf(refusals) ?? 'rejected') };
	}

	async #turns(): Promise<void> {
		do await turn();
		while (this.#chance(0.7));
	}

	/** Publishes, judges everything that is said of it, and answers the last of it. */
	async #publishWith(ask: () => Asked[] | Promise<Asked[]>): Promise<Outcome | undefined> {
		this.#judge.begin();
		const asked = await ask();
		const outcomes = await Promise.all(asked.map(({ outcome }) => outcome));
		this.#vault.disturb = () => ({});
		this.#judge.judgeOutcomes(
			this.#draft,
			asked.map(({ text }) => text),
			outcomes,
		);
		return outcomes.at(-1);
	}

	#askFor(text: string): Asked {
		this.#judge.ask(text);
		this.steps.push(`publish ${text}`);
		return { text, outcome: outcomeOf(this.#draft.publish(this.#vault)) };
	}

	/** Asks for one to three publishes, which run or wait for each other. */
	async #ask(): Promise<Asked[]> {
		const asked: Asked[] = [];
		do {
			if (this.#chance(0.6)) this.#write();
			asked.push(this.#askFor(this.#text));
			while (this.#chance(0.5)) await turn();
		} while (asked.length < 3 && this.#chance(0.3));
		return asked;
	}

	async #publish(): Promise<void> {
		this.#vault.disturb = (method) => this.#disturbance(method);
		const last = await this.#publishWith(() => this.#ask());
		if (last && 'outcome' in last && last.outcome === 'conflict')
			await this.#choose(last.theirs.id, last.theirs.versionId);
	}

	/** The person's choice after a conflict. */
	async #choose(id: string, version: string | undefined): Promise<void> {
		const dice = this.#random();
		if (dice < 0.35) {
			this.#note('Overwrite Theirs');
			this.#draft.rebase(version);
			this.#judge.goOnFrom(version);
		} else if (dice < 0.7 && this.#vault.current(id)) {
			this.#note('Take Theirs');
			const theirs = await readCurrent(this.#vault, id);
			this.#write(theirs.value);
			this.#draft.acceptBase(theirs);
			this.#judge.goOnFrom(theirs.versionId);
		}
	}

	/** The window is gone, perhaps in the middle of a publish whose request arrives later, or never. */
	async #crash(): Promise<void> {
		const isOnItsWay = Promise.withResolvers<void>();
		let calls = this.#chance(0.8) ? Math.floor(this.#random() * 4) : undefined;
		if (calls !== undefined) {
			this.#vault.disturb = (method) => {
				if (calls === undefined || calls-- > 0) return this.#disturbance(method);
				calls = undefined;
				const arrival = Promise.withResolvers<void>();
				this.#arrivals.push(arrival.resolve);
				isOnItsWay.resolve();
				return { arrival: arrival.promise };
			};
			const asked = await this.#ask();
			await Promise.race([isOnItsWay.promise, Promise.all(asked.map(({ outcome }) => outcome))]);
			this.#vault.disturb = () => ({});
			const texts = asked.map(({ text }) => text);
			this.#judge.judgeVersions(texts);
			this.#judge.leave(texts);
		}
		const snapshot = this.#chance(0.5) ? this.#kept : this.#draft.snapshot();
		const isOld = snapshot.baseVersion !== undefined && snapshot.unanswered.length === 0 && this.#chance(0.3);
		this.#goOnWith(isOld ? this.#restoreOld(snapshot) : restored(snapshot));
		this.#note('crash');
	}

	/** A draft that was kept without its version, as once was done, goes on from whatever version has its base value. */
	#restoreOld({ baseVersion: _, ...snapshot }: DraftSnapshot): Draft {
		if (snapshot.baseValue !== undefined) this.#judge.leave([snapshot.baseValue]);
		this.#note('kept without its version');
		return restored(snapshot);
	}

	async #arrive(): Promise<void> {
		const arrive = this.#arrivals.shift();
		if (!arrive) return;
		arrive();
		await turn();
		this.#note('late arrival');
	}

	/** What is asked for when nothing disturbs is done, or what somebody else did is in the way. */
	async #publishInPeace(): Promise<void> {
		const outcome = await this.#publishWith(() => [this.#askFor(this.#text)]);
		const current = this.#vault.current(this.#draft.objectId ?? this.#vault.named(name)?.id ?? '');
		if (outcome instanceof Error) assert.match(outcome.message, /^(notFound|nameTaken)$/);
		else if (current?.value !== this.#text)
			assert.ok(current?.isOurs !== true, 'it ended with neither the text nor a conflict');
	}
}

function restored(snapshot: DraftSnapshot): Draft {
	return Draft.restore(JSON.parse(JSON.stringify(snapshot)) as DraftSnapshot);
}

function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

async function outcomeOf(publish: Promise<PublishResult>): Promise<Outcome> {
	try {
		return await publish;
	} catch (error) {
		assert.ok(error instanceof VaultError || error instanceof DOMException, String(error));
		return error;
	}
}
