import type { ChangeSet } from '@codemirror/state';
import type { Splice } from './messages';

/** A change of CodeMirror's as splices. */
export function splicesOf(changes: ChangeSet): Splice[] {
	const splices: Splice[] = [];
	changes.iterChanges((from, to, _fromAfter, _toAfter, insert) => {
		splices.push({ from, to, insert: insert.toString() });
	});
	return splices;
}
