import assert from 'node:assert/strict';
import type { Draft, PublishResult } from '../../src/vault/drafts/draft';
import { hasCode, VaultError } from '../../src/vault/errors';
import type { DisturbedVault, Written } from './disturbedVault';

/** How a publish ended. */
export type Outcome = PublishResult | VaultError | DOMException;

/** What a person knows of a draft, and whether all that is written and said is true to it. */
export class DraftJudge {
	/** Whether somebody deleted the object since the last publish began. */
	isDeleted = false;
	/** The version that the person knows of and goes on from. */
	#base: string | undefined;
	/** What was sent since then and may have taken effect. */
	#sent = new Set<string>();
	/** What was sent and never answered: it may arrive while the same is asked for once more. */
	readonly #unanswered = new Set<string>();
	/** What was to be published, in order, and how much of it before each of our versions. */
	readonly #asked: string[] = [];
	readonly #asksBefore = new Map<Written, number>();
	#judged = 0;
	/** What the person went on from when the last publish began, and how many versions there were. */
	#baseBefore: string | undefined;
	#earlier = 0;

	constructor(
		private readonly vault: DisturbedVault,
		private readonly note: (what: string) => void,
	) {}

	/** The person chose to go on from a version. */
	goOnFrom(version: string | undefined): void {
		this.#base = version;
		this.#sent.clear();
	}

	/** A publish begins. */
	begin(): void {
		this.isDeleted = false;
		this.#baseBefore = this.#base;
		this.#earlier = this.vault.written.length;
	}

	/** The person asks to publish a text. */
	ask(text: string): void {
		this.#asked.push(text);
	}

	/** No answer came to `texts`. */
	leave(texts: readonly string[]): void {
		for (const text of texts) {
			this.#sent.add(text);
			this.#unanswered.add(text);
		}
	}

	/** Judges what was written since the last time, while `texts` were asked for. */
	judgeVersions(texts: readonly string[] = []): void {
		const { written } = this.vault;
		for (const text of texts) this.#sent.add(text);
		for (const version of written.slice(this.#judged)) {
			const { object, isOurs, value, before } = version;
			if (!isOurs) continue;
			this.#asksBefore.set(version, this.#asked.length - texts.length);
			const isChosen = before === undefined || before.id === this.#base || this.#sent.has(before.value);
			assert.ok(isChosen, `“${value}” overwrites “${before?.value}”, which nobody chose`);
			if (before?.isOurs && before.value === value) {
				const since = this.#asked.slice(this.#asksBefore.get(before));
				assert.ok(new Set(since).size > 1, `“${value}” was applied twice`);
			}
			// A new object whose answer was lost, and that others deleted before our look, is made once more.
			const isSame = (other: Written) => other.object === object && other.isOurs && other.value === value;
			const times = written.filter(isSame).length;
			const asks = this.#asked.filter((text) => text === value).length;
			assert.ok(times <= asks, `“${value}” was applied more often than asked for`);
			this.#sent = new Set([value]);
		}
		this.#judged = written.length;
	}

	/** Judges what the draft says of itself. */
	judgeDraft(draft: Draft, text: string): void {
		assert.equal(draft.text, text, 'the text changed by itself');
		if (draft.isUnpublished || this.#isGone(draft)) return;
		if (!this.#hasTwin(draft, text)) assert.equal(this.#lastOurs(draft)?.value, text, 'said to be published');
	}

	/** Judges what the person was told after the publishes that were asked for since `begin`. */
	judgeOutcomes(draft: Draft, texts: readonly string[], outcomes: readonly Outcome[]): void {
		this.judgeVersions(texts);
		const wrote = this.vault.written.slice(this.#earlier).filter(({ isOurs }) => isOurs);
		outcomes.forEach((outcome, index) => {
			const text = texts[index] ?? '';
			if (outcome instanceof VaultError) {
				this.note(outcome.code);
				if (outcome.isAnswerLost) this.leave([text]);
				else if (hasCode(outcome, 'notFound')) assert.ok(this.#isGone(draft), 'the object is not gone');
				else if (hasCode(outcome, 'nameTaken')) assert.ok(this.#isInTheWay(), 'the name is not taken');
				else if (outcomes.length === 1) this.#judgeRefusal(outcome, text, wrote);
			} else if (outcome instanceof DOMException) {
				this.note('cancelled');
				this.leave([text]);
			} else {
				this.note(outcome.outcome);
				const known = [this.#lastBefore(draft), this.#lastOurs(draft), ...wrote].map((version) => version?.value);
				if (outcome.outcome === 'unchanged')
					assert.ok(known.includes(text) || this.#hasTwin(draft, text), 'said to be unchanged');
				else this.#judgeAnswer(outcome, text);
			}
		});
	}

	#judgeRefusal({ code }: VaultError, text: string, wrote: readonly Written[]): void {
		// A refusal speaks of this request, not of an earlier one that arrives late.
		if (this.#unanswered.has(text)) return;
		// Written all the same, it may be told so only where somebody else's version hid that.
		const isHidden = (version: Written) =>
			this.vault.written.some(({ before, isOurs }) => before === version && !isOurs);
		assert.ok(wrote.filter(({ value }) => value === text).every(isHidden), `said to be refused (${code})`);
	}

	#judgeAnswer(answer: Exclude<PublishResult, { outcome: 'unchanged' }>, text: string): void {
		const { written } = this.vault;
		if (answer.outcome === 'conflict') {
			const theirs = written.find(({ id }) => id === answer.theirs.versionId);
			assert.equal(theirs?.isOurs, false, `a conflict with our own “${theirs?.value}”`);
			this.#sent.clear();
			return;
		}
		const { id, versionId } = answer.current;
		const published = written.findLast((version) => version.object === id && version.value === text);
		assert.ok(published && written.some(isSaid), 'not published');
		this.goOnFrom(versionId ?? published.id);

		function isSaid(version: Written): boolean {
			return version.object === id && version.value === text && version.id === (versionId ?? version.id);
		}
	}

	/** The last version of the draft's object that is the base or ours. */
	#lastOurs({ objectId }: Draft): Written | undefined {
		const isKnown = ({ id, isOurs }: Written) => isOurs || id === this.#base;
		return this.vault.written.findLast((version) => version.object === objectId && isKnown(version));
	}

	/**
	 * The same when the last publish began. The object may be known only since then: of a new one whose answer got lost, the
	 * first of two publishes finds it.
	 */
	#lastBefore({ objectId }: Draft): Written | undefined {
		const isKnown = ({ id, isOurs }: Written) => isOurs || id === this.#baseBefore;
		return this.vault.written
			.slice(0, this.#earlier)
			.findLast((version) => version.object === objectId && isKnown(version));
	}

	/**
	 * Whether somebody else published a text that was asked for, after what the draft was known to go on from: nobody can tell
	 * it from our own publish whose answer got lost, and the vault held what was meant.
	 */
	#hasTwin(draft: Draft, text: string): boolean {
		const { written } = this.vault;
		const last = this.#lastBefore(draft);
		const isTwin = ({ object, value, isOurs }: Written) => object === draft.objectId && value === text && !isOurs;
		return this.#asked.includes(text) && written.slice(last ? written.indexOf(last) + 1 : 0).some(isTwin);
	}

	#isGone({ objectId }: Draft): boolean {
		return this.isDeleted || objectId === undefined || !this.vault.current(objectId);
	}

	/** True when somebody else had a hand in an object of the name, or took it away just now. */
	#isInTheWay(): boolean {
		return this.isDeleted || this.vault.written.some(({ isOurs }) => !isOurs);
	}
}
