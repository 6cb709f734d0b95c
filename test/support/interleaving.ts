import assert from 'node:assert/strict';
import type { VaultApi } from '../../src/vault/api';
import { Draft } from '../../src/vault/drafts/draft';
import { readCurrent } from '../../src/vault/drafts/currentVersion';
import { hasCode, VaultError } from '../../src/vault/errors';
import type { DraftSnapshot, ObjectMetadata, VaultObject } from '../../src/vault/model';
import { createObject, deleteObject, findByName, publishValue } from '../../src/vault/drafts/writes';
import { Chronicle } from './chronicle';
import { leavingOutVersions } from './leavingOut';
import { seededRandom } from './seededRandom';

/** What is counted over all interleavings. */
export const counted = [
	'acknowledged',
	'conflicts',
	'lost answers',
	'refusals',
	'creates',
	'deletes',
	'faults',
	'crashes',
	'two windows',
	'versions left out',
] as const;

/** How often each of it happened. */
export type Counts = Record<(typeof counted)[number], number>;

/** Who takes part: two other clients, one client for each window with the draft, and one that only looks. */
export interface Parties {
	readonly others: readonly VaultApi[];
	readonly windows: readonly VaultApi[];
	readonly onlooker: VaultApi;
	readonly addFault: (fault: object) => Promise<void>;
	readonly removeFaults: () => Promise<void>;
}

interface Window {
	readonly vault: VaultApi;
	readonly label: string;
	draft: Draft;
}

const keyContext = { organization_id: 'org_fire' };
const routes = [
	'PUT /vault/v1/kv/{id}',
	'PUT /vault/v1/kv/{id}',
	'PUT /vault/v1/kv/{id}',
	'POST /vault/v1/kv',
	'DELETE /vault/v1/kv/{id}',
	'GET /vault/v1/kv',
	'GET /vault/v1/kv/{id}',
	'GET /vault/v1/kv/{id}/metadata',
	'GET /vault/v1/kv/{id}/versions',
];
const cut = [{ cut: 'after' }, { cut: 'after' }, { cut: 'before' }];
const failures = [
	...cut,
	{ status: 503 },
	{ status: 503, times: 3 },
	{ cut: 'before', times: 3 },
	{ status: 500, delay_ms: 3 },
	{ delay_ms: 8 },
	{ cut: 'after', delay_ms: 5 },
];
/** How many of the answers leave out the version that they are of, in a run. */
const sharesLeftOut = [0, 0, 0, 0, 0, 0.5, 1];
const rareFailures = [{ status: 403 }, { status: 429, retry_after: 1 }, { delay_ms: 150 }];

/** One interleaving: everybody publishes to one object at once, on whatever they see of it. */
export class Interleaving {
	readonly #random: () => number;
	readonly #name: string;
	readonly #chronicle = new Chronicle();
	readonly #parties: Parties;
	#isQuiet = false;

	constructor(
		seed: number,
		parties: Parties,
		private readonly counts: Counts,
	) {
		this.#random = seededRandom(seed);
		this.#name = `fire/${seed}`;
		const share = this.#oneOf(sharesLeftOut);
		const leavingOut = (vault: VaultApi) => (share === 0 ? vault : this.#leavingOut(vault, share));
		const { others, windows, onlooker } = parties;
		const answering = { others: others.map(leavingOut), windows: windows.map(leavingOut) };
		this.#parties = { ...parties, ...answering, onlooker: leavingOut(onlooker) };
	}

	/** What happened, line by line. */
	get steps(): readonly string[] {
		return this.#chronicle.steps;
	}

	/** Runs it, and fails where an update was lost, one was applied twice, or somebody was told what is not so. */
	async run(): Promise<void> {
		const { onlooker, others, windows } = this.#parties;
		const [first, second] = windows;
		assert.ok(first && second);
		let draft = Draft.ofNewObject('connection', this.#name, keyContext);
		if (this.#chance(0.75)) {
			const { id } = await onlooker.createObject({ name: this.#name, value: 'base', keyContext });
			draft = Draft.ofObject('connection', await readCurrent(onlooker, id));
		}
		const open: Window[] = [{ vault: first, label: 'window 1', draft }];
		if (this.#chance(0.3)) {
			this.counts['two windows']++;
			if (this.#chance(0.5)) draft.write(this.#chronicle.marked(draft.text, 'window'));
			open.push({ vault: second, label: 'window 2', draft: restored(draft.snapshot()) });
		}
		for (let count = Math.floor(this.#random() * 6); count > 0; count--) await this.#addFault();
		await Promise.all([
			...others.map((vault, index) => this.#client(vault, `client ${index + 1}`)),
			...open.map((window) => this.#person(window)),
		]);
		await this.#parties.removeFaults();
		this.#isQuiet = true;
		// Through a client that waits longer than the windows'.
		for (const window of open) await this.#publish({ ...window, vault: onlooker });
		await this.#chronicle.judge(onlooker);
	}

	#chance(share: number): boolean {
		return this.#random() < share;
	}

	#oneOf<T>(items: readonly T[]): T {
		return items[Math.floor(this.#random() * items.length)] as T;
	}

	#leavingOut(vault: VaultApi, share: number): VaultApi {
		return leavingOutVersions(vault, () => {
			const isLeftOut = this.#chance(share);
			if (isLeftOut) this.counts['versions left out']++;
			return isLeftOut;
		});
	}

	async #addFault(): Promise<void> {
		this.counts.faults++;
		const route = this.#oneOf(routes);
		const fault = { route, ...this.#oneOf(this.#chance(0.9) ? failures : rareFailures) };
		this.#chronicle.steps.push(JSON.stringify(fault));
		await this.#parties.addFault(fault);
	}

	/** Another client: reads, then publishes, deletes or creates. */
	async #client(vault: VaultApi, label: string): Promise<void> {
		for (let turn = 0; turn < 2; turn++) {
			await this.#told(label, '', async () => {
				const seen = await this.#look(vault);
				if (!seen) await this.#create(vault, label);
				else if (this.#chance(0.08)) await this.#delete(vault, seen);
				else await this.#update(vault, label, seen);
			});
		}
	}

	async #look(vault: VaultApi): Promise<VaultObject | undefined> {
		try {
			const seen = await findByName(vault, this.#name);
			return seen && (await readCurrent(vault, seen.id));
		} catch (error) {
			if (hasCode(error, 'notFound')) return undefined;
			throw error;
		}
	}

	async #create(vault: VaultApi, label: string): Promise<void> {
		const value = this.#chronicle.marked('', label);
		this.#chronicle.sends(label, value);
		const { id, versionId } = await createObject(vault, { name: this.#name, value, keyContext });
		this.counts.creates++;
		this.#chronicle.claim({ what: 'published', object: id, version: versionId, value, by: label });
	}

	async #delete(vault: VaultApi, seen: VaultObject): Promise<void> {
		this.#chronicle.deletes(seen);
		await deleteObject(vault, seen.id, seen.versionId);
		this.counts.deletes++;
	}

	async #update(vault: VaultApi, label: string, { id, value: seen, versionId }: VaultObject): Promise<void> {
		const value = this.#chronicle.marked(seen, label);
		this.#chronicle.sends(label, value);
		const result = await publishValue(vault, { id, value, versionCheck: versionId });
		const isPublished = result.outcome === 'published';
		const { versionId: version } = isPublished ? result.current : result.theirs;
		this.counts[isPublished ? 'acknowledged' : 'conflicts']++;
		this.#chronicle.claim({ what: result.outcome, object: id, version, value, by: label });
	}

	/** A person with the draft in a window: writes, publishes, cancels, chooses, loses the window. */
	async #person(window: Window): Promise<void> {
		for (let turn = 0; turn < 3; turn++) {
			if (this.#chance(0.8)) window.draft.write(this.#chronicle.marked(window.draft.text, window.label));
			const controller = new AbortController();
			const publishing = this.#publish(window, controller.signal);
			if (this.#chance(0.12)) {
				await new Promise((resolve) => setTimeout(resolve, this.#random() * 4));
				const snapshot = window.draft.snapshot();
				controller.abort(new DOMException('cancelled', 'AbortError'));
				await publishing;
				if (this.#chance(0.5)) {
					this.counts.crashes++;
					this.#chronicle.steps.push(`${window.label} is restored with ${JSON.stringify(snapshot)}`);
					window.draft = restored(snapshot);
				}
			}
			const theirs = await publishing;
			if (theirs) await this.#choose(window, theirs);
		}
	}

	/** Publishes the draft and takes down what the person is told. Answers what is in the way. */
	async #publish({ vault, label, draft }: Window, signal?: AbortSignal): Promise<ObjectMetadata | undefined> {
		const { text } = draft;
		this.#chronicle.sends(label, text);
		const isNew = draft.objectId === undefined;
		return this.#told(label, text, async () => {
			const result = await draft.publish(vault, { signal });
			assert.equal(draft.text, text, 'the text changed by itself');
			if (result.outcome === 'unchanged') return undefined;
			const isPublished = result.outcome === 'published';
			const { id, versionId: version } = isPublished ? result.current : result.theirs;
			this.counts[isPublished ? 'acknowledged' : 'conflicts']++;
			if (isPublished && isNew) this.counts.creates++;
			this.#chronicle.claim({ what: result.outcome, object: id, version, value: text, by: label });
			return isPublished ? undefined : result.theirs;
		});
	}

	async #choose({ vault, label, draft }: Window, theirs: ObjectMetadata): Promise<void> {
		assert.ok(theirs.versionId !== undefined, 'nobody knows which version is in the way');
		if (this.#chance(0.3)) {
			this.#chronicle.chooses(label, theirs.id, theirs.versionId);
			draft.rebase(theirs.versionId);
		} else if (this.#chance(0.8)) {
			await this.#told(label, '', async () => {
				const current = await readCurrent(vault, theirs.id);
				this.#chronicle.steps.push(`${label} takes ${current.value}`);
				draft.write(current.value);
				draft.acceptBase(current);
			});
		}
	}

	/** Takes down how a call failed. */
	async #told<T>(by: string, value: string, act: () => Promise<T>): Promise<T | undefined> {
		try {
			return await act();
		} catch (error) {
			this.#chronicle.steps.push(`${by}: ${String(error)} ${value}`);
			if (error instanceof DOMException) return undefined;
			if (!(error instanceof VaultError)) throw error;
			if (this.#isQuiet) assert.ok(hasCode(error, 'notFound', 'nameTaken'), `with no fault left: ${error.code}`);
			if (error.isAnswerLost) this.counts['lost answers']++;
			else this.counts[hasCode(error, 'conflict', 'nameTaken') ? 'conflicts' : 'refusals']++;
			if (value !== '' && hasCode(error, 'forbidden', 'rateLimited', 'rejected')) {
				this.#chronicle.claim({ what: 'refused', value, by });
			}
			return undefined;
		}
	}
}

function restored(snapshot: DraftSnapshot): Draft {
	return Draft.restore(JSON.parse(JSON.stringify(snapshot)) as DraftSnapshot);
}
