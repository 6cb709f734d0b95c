import type { Draft } from '../../vault/drafts/draft';
import { isLater } from '../../vault/catalog/changeTimes';
import type { KnownObject } from '../../vault/model';
import { visible } from '../visibleText';

/** What an open document has: an object's value as it was at a time, or a draft. */
export type Content = { readonly objectId: string; readonly updatedAt: Date } | Draft;

/** A change of an object that a document does not show. */
export interface Change {
	readonly object: KnownObject;
	/** What the document says of it. Never a value. */
	readonly sentence: string;
}

/**
 * What a document has to say before it is relied on or saved; undefined while it shows the object's last known version.
 * @param publishedAt when this window published the object last: no news to who published it, though saving a draft asks
 */
export function changeSince(
	content: Content,
	object: KnownObject | undefined,
	publishedAt?: Date,
	now = new Date(),
): Change | undefined {
	const shownAt = isDraft(content) ? content.baseAt : content.updatedAt;
	if (!object || !shownAt || !isLater(object.updatedAt, shownAt)) return undefined;
	if (publishedAt && !isDraft(content) && !isLater(object.updatedAt, publishedAt)) return undefined;
	const news = `${visible(object.updatedBy ?? 'Somebody')} published a newer version ${timeOf(object.updatedAt, now)}.`;
	return { object, sentence: `${news} ${isDraft(content) ? whatSavingDoes : whatShowsIt}` };
}

const whatShowsIt = '“Reveal Value” shows it.';
const whatSavingDoes = 'Saving a change will ask: compare, overwrite, or take theirs.';

export function isDraft(content: Content): content is Draft {
	return 'baseAt' in content;
}

/** A time with its zone, and no age: it stays true however long the sentence stands there. */
function timeOf(date: Date, now: Date): string {
	const time = `at ${date.toLocaleTimeString('en', { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' })}`;
	if (date.toDateString() === now.toDateString()) return time;
	return `on ${date.toLocaleDateString('en', { dateStyle: 'medium' })} ${time}`;
}
