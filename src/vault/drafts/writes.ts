import type { CallOptions, NewObject, ValueUpdate, VaultApi } from '../api';
import { describeCurrent, readCurrent } from './currentVersion';
import { hasCode, VaultError } from '../errors';
import { isSameKeyContext } from '../keyContext';
import { withoutValue, type ObjectMetadata } from '../model';
import { unseenPages } from '../pages';
import { growingPause, pause } from '../pause';

// How often a write is sent when its answer was lost, the first time included.
const maxAttempts = 3;

/** How an update ended: as the new current version, or because somebody else published first. */
export type Publication =
	| { readonly outcome: 'published'; readonly current: ObjectMetadata }
	| { readonly outcome: 'conflict'; readonly theirs: ObjectMetadata };

/**
 * Publishes a value under its version check. When an answer is lost on the way, the vault is asked what became of it
 * before anything is said: unchanged means another attempt under the same check, equal to ours means published. Without
 * a check there is no other attempt: it could overwrite what somebody else published meanwhile.
 * @throws VaultError when the vault can't be reached, refuses, or the object is gone
 */
export async function publishValue(api: VaultApi, update: ValueUpdate, options?: CallOptions): Promise<Publication> {
	for (let attempt = 1, lost: unknown; ; attempt++) {
		let failure: unknown;
		try {
			return { outcome: 'published', current: await api.updateObject(update, options) };
		} catch (error) {
			failure = error;
		}
		const isConflict = hasCode(failure, 'conflict');
		if (isConflict && attempt === 1) {
			return { outcome: 'conflict', theirs: await describeCurrent(api, update.id, options) };
		}
		if (isLost(failure)) lost = failure;
		else if (!isConflict) throw orLost(failure, lost);
		const isChecked = update.versionCheck !== undefined;
		const current = isChecked && (await checkAfter(lost, describeCurrent(api, update.id, options)));
		if (!current || current.versionId !== update.versionCheck) {
			const theirs = await checkAfter(lost, readCurrent(api, update.id, options));
			if (theirs.value === update.value) return { outcome: 'published', current: withoutValue(theirs) };
			if (!isChecked) throw failure;
			return { outcome: 'conflict', theirs: withoutValue(theirs) };
		}
		await pauseBeforeNext(attempt, failure, options);
	}
}

/**
 * Creates an object. After a lost answer, an object of that name with our key context and value is ours.
 * @throws VaultError `nameTaken` when the name belongs to another object
 */
export async function createObject(api: VaultApi, object: NewObject, options?: CallOptions): Promise<ObjectMetadata> {
	for (let attempt = 1, lost: unknown; ; attempt++) {
		let failure: unknown;
		try {
			return await api.createObject(object, options);
		} catch (error) {
			failure = error;
		}
		const isTakenByPerhapsUs = attempt > 1 && hasCode(failure, 'nameTaken');
		if (isLost(failure)) lost = failure;
		else if (!isTakenByPerhapsUs) throw orLost(failure, lost);
		const found = await checkAfter(lost, findByName(api, object.name, options));
		if (found) {
			if (isSameKeyContext(found.keyContext, object.keyContext)) {
				const current = await checkAfter(lost, api.readObject(found.id, options));
				if (current.value === object.value) return withoutValue(current);
			}
			throw new VaultError('nameTaken', { name: object.name });
		}
		await pauseBeforeNext(attempt, failure, options);
	}
}

/**
 * Deletes an object under its version check. Not found after a lost answer means deleted.
 * @throws VaultError `conflict` when there is a newer version, `notFound` when it was gone before; once an answer was lost,
 * that loss in the place of any other refusal: nobody knows what became of the first attempt
 */
export async function deleteObject(
	api: VaultApi,
	id: string,
	versionCheck: string | undefined,
	options?: CallOptions,
): Promise<void> {
	for (let attempt = 1, lost: unknown; ; attempt++) {
		try {
			return await api.deleteObject(id, versionCheck, options);
		} catch (error) {
			if (attempt > 1 && hasCode(error, 'notFound')) return;
			if (!isLost(error)) throw hasCode(error, 'conflict') ? error : orLost(error, lost);
			lost = error;
			await pauseBeforeNext(attempt, error, options);
		}
	}
}

/** The object of exactly this name, found by the vault's search; nothing is decrypted. */
export async function findByName(
	api: VaultApi,
	name: string,
	options?: CallOptions,
): Promise<ObjectMetadata | undefined> {
	const pages = unseenPages((after) => api.listObjects({ limit: 100, search: name, after }, options));
	for await (const page of pages) {
		const row = page.items.find((item) => item.name === name);
		if (row) return unlessGone(api.describeObject(row.id, options));
	}
	return undefined;
}

async function unlessGone<T>(look: Promise<T>): Promise<T | undefined> {
	try {
		return await look;
	} catch (error) {
		if (hasCode(error, 'notFound')) return undefined;
		throw error;
	}
}

/** Looks what became of a write. @throws `lost` where the look is refused: that would say that nothing was written */
async function checkAfter<T>(lost: unknown, look: Promise<T>): Promise<T> {
	try {
		return await look;
	} catch (error) {
		throw orLost(error, lost);
	}
}

/** Once an answer was lost, a refusal of what came after it would say that nothing was written. Nobody knows that. */
function orLost(error: unknown, lost: unknown): unknown {
	const isRefusal = error instanceof VaultError && !error.isAnswerLost && error.code !== 'notFound';
	return isRefusal ? (lost ?? error) : error;
}

async function pauseBeforeNext(attempt: number, failure: unknown, options: CallOptions | undefined): Promise<void> {
	if (attempt === maxAttempts) throw failure;
	await pause(growingPause(attempt - 1), options?.signal);
}

function isLost(error: unknown): boolean {
	return error instanceof VaultError && error.isAnswerLost;
}
