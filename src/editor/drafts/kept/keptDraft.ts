import { Draft } from '../../../vault/drafts/draft';
import type { DraftSnapshot } from '../../../vault/model';
import { UnknownForm } from '../../storage/diskFaults';

/** Returns the draft that was kept in this form. @throws UnknownForm where another version of this extension kept it */
export function draftOf(kept: string): Draft {
	const snapshot = JSON.parse(kept) as DraftSnapshot;
	const { id, connectionId, name, keyContext, text, unanswered } = snapshot as Partial<DraftSnapshot>;
	const isKnown = [id, connectionId, name, text].every((field) => typeof field === 'string');
	if (!isKnown || typeof keyContext !== 'object' || !Array.isArray(unanswered)) throw new UnknownForm();
	return Draft.restore(snapshot);
}
