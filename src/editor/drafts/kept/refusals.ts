import { wordsOfDiskFault } from '../../storage/diskFaults';
import { TellableError } from '../../errorMessages';

/** Another window has the draft. */
export class TakenOver extends TellableError {
	constructor(name: string) {
		super({
			sentence: `Another window has taken over the draft of “${name}”. What you type here is not kept: publish it, or copy it there.`,
		});
	}
}

/** No draft can be kept. */
export function cannotKeep(error: unknown): TellableError {
	const sentence = `Drafts can’t be kept: ${wordsOfDiskFault(error)}. A crash would lose what you write.`;
	return new TellableError({ sentence });
}

/** The last words of a draft are in memory alone. */
export function notKept(name: string, error: unknown): TellableError {
	return new TellableError({
		sentence: `The draft of “${name}” can’t be kept: ${wordsOfDiskFault(error)}. A crash would lose it. It is tried again by itself; until it works, publish it.`,
	});
}

/** What was published or discarded is still on the disk. */
export function notRemoved(name: string, error: unknown): TellableError {
	return new TellableError({
		sentence: `What was kept of the draft of “${name}” can’t be removed from this machine now: ${wordsOfDiskFault(error)}. It is tried again by itself.`,
	});
}
