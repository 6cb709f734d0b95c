import assert from 'node:assert/strict';
import type { VaultApi } from '../../src/vault/api';
import { hasCode } from '../../src/vault/errors';
import type { VaultObject } from '../../src/vault/model';

/** What somebody was told of a value: of which object and version, where one was named. */
export interface Claim {
	readonly what: 'published' | 'conflict' | 'refused';
	readonly object?: string;
	readonly version?: string | undefined;
	readonly value: string;
	readonly by: string;
}

interface Version {
	readonly id: string;
	readonly value: string;
}

/**
 * What several writers of one object sent, chose and were told. Each value is what its writer saw with a mark of its own
 * at the end. So a version that does not begin with the one before it has overwritten an update, and a mark that comes
 * twice was applied twice.
 */
export class Chronicle {
	/** What happened, for whoever has to find out why it failed. */
	readonly steps: string[] = [];
	readonly #claims: Claim[] = [];
	/** The versions that a person chose to overwrite, and the objects that have such. */
	readonly #chosen = new Set<string>();
	readonly #doomed: VaultObject[] = [];
	readonly #objects = new Set<string>();
	/** Who sent a value, each time. */
	readonly #writers = new Map<string, string[]>();
	#marks = 0;

	/** The value with a mark that no other has. */
	marked(value: string, by: string): string {
		return `${value} [${by} ${++this.#marks}]`;
	}

	sends(by: string, value: string): void {
		this.steps.push(`${by} sends ${value}`);
		this.#writers.set(value, [...(this.#writers.get(value) ?? []), by]);
	}

	claim(claim: Claim): void {
		this.steps.push(`${claim.by}: ${claim.what} ${claim.value}, version ${claim.version}`);
		this.#claims.push(claim);
		if (claim.object !== undefined) this.#objects.add(claim.object);
	}

	/** A person overwrites a version of somebody else, having been asked. */
	chooses(by: string, object: string, version: string): void {
		this.steps.push(`${by} overwrites ${version}`);
		this.#chosen.add(object).add(version);
	}

	/** Somebody is about to delete what he saw. */
	deletes(seen: VaultObject): void {
		this.steps.push(`somebody deletes ${seen.value}`);
		this.#doomed.push(seen);
		this.#objects.add(seen.id);
	}

	/** Compares what everybody was told with the versions that the vault has. @throws AssertionError where they differ */
	async judge(vault: VaultApi): Promise<void> {
		for (const id of this.#objects) {
			const versions = await versionsOf(vault, id);
			this.steps.push(`versions of ${id}: ${JSON.stringify(versions)}`);
			if (!versions) this.#judgeDeleted(id);
			versions?.forEach((version, index) => this.#judgeVersion(version, versions[index - 1]));
			for (const claim of this.#claims) if (versions) this.#judgeClaim(claim, id, versions);
		}
	}

	/** A deleted object has no versions to look at; who deleted it had seen everything that was published. */
	#judgeDeleted(id: string): void {
		const published = this.#claims.filter(({ what, object }) => what === 'published' && object === id);
		const hasSeenAll = (seen: VaultObject) => published.every(({ value }) => seen.value.startsWith(value));
		const last = this.#doomed.filter((seen) => seen.id === id);
		assert.ok(last.length > 0, 'an object is gone that nobody deleted');
		assert.ok(this.#chosen.has(id) || last.some(hasSeenAll), 'lost: a version that was deleted unseen');
	}

	#judgeVersion({ value }: Version, before: Version | undefined): void {
		const marks = value.match(/\[.*?\]/g) ?? [];
		assert.equal(new Set(marks).size, marks.length, `applied twice: “${value}”`);
		if (!before || this.#chosen.has(before.id)) return;
		assert.ok(value.startsWith(before.value), `lost: “${before.value}” under “${value}”`);
		assert.notEqual(value, before.value, `applied twice: “${value}”`);
	}

	#judgeClaim({ what, object, version, value, by }: Claim, id: string, versions: readonly Version[]): void {
		const isSaid = (kept: Version) => (version === undefined ? kept.value === value : kept.id === version);
		const named = versions.find(isSaid);
		const writers = this.#writers.get(named?.value ?? value) ?? [];
		if (what === 'published' && object === id) {
			assert.equal(named?.value, value, `${by} was told that it published`);
		} else if (what === 'conflict' && named) {
			const isOwn = writers.length > 0 && writers.every((writer) => writer === by);
			assert.ok(!isOwn, `${by} was told of a conflict with itself: “${named.value}”`);
		} else if (what === 'refused' && writers.length === 1) {
			// Written all the same, it may be told so only where somebody else's version hid that.
			assert.notEqual(versions.at(-1)?.value, value, `${by} was told that it was refused`);
		}
	}
}

/** The versions of an object, oldest first, or undefined when it was deleted. */
async function versionsOf(vault: VaultApi, id: string): Promise<Version[] | undefined> {
	try {
		const list = (await vault.listVersions(id)).toReversed();
		const values = await Promise.all(list.map((_, index) => vault.readVersion(id, index + 1)));
		return list.map((version, index) => ({ id: version.id, value: values[index] ?? '' }));
	} catch (error) {
		assert.ok(hasCode(error, 'notFound'), String(error));
		return undefined;
	}
}
