import { MissingKey } from './storedKey';
import { codeOf } from './whileBusy';

const words: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'your share of the disk is full',
	EROFS: 'the disk is read-only',
	EACCES: 'another program has the file open, or you may not write there',
	EPERM: 'another program has the file open, or you may not write there',
	EBUSY: 'another program has the file open',
	EMFILE: 'too many files are open',
	ENFILE: 'too many files are open',
	EIO: 'the disk reports an error',
	ESTALE: 'the file server has lost track of the file',
	ETIMEDOUT: 'the file server does not answer',
	ENOENT: 'a file or its folder is gone, or can’t be seen just now',
	ENOTDIR: 'something else is in the place of its folder',
	EEXIST: 'something else is in the place of its folder',
	EISDIR: 'a folder is in its place',
};

/** Whether a failure is the disk's, or that of a key that is missing. */
export function isDiskFault(error: unknown): boolean {
	return error instanceof MissingKey || words[codeOf(error) ?? ''] !== undefined;
}

/** What is kept has a form that this version does not know. */
export class UnknownForm extends Error {}

/** Why something could not be written, as the end of a sentence, without its full stop. */
export function wordsOfDiskFault(error: unknown): string {
	if (error instanceof MissingKey) return 'the key of what is kept there is missing from its secret storage';
	if (error instanceof UnknownForm) return 'another version of this extension wrote what is kept there';
	const code = codeOf(error);
	if (code === undefined) return 'the disk or the secret storage of this machine refused it';
	return words[code] ?? `the system says ${code}`;
}
