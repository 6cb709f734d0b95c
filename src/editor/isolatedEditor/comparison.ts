import type { RevealedValue } from '../../commands/ports/documents';
import { undrawnBetween } from '../../vault/drafts/comparison';
import { visible } from '../visibleText';

/** A value that is compared with another one. */
export type Compared = Pick<RevealedValue, 'title' | 'value'>;

/** What a comparison of two values says of them. */
export interface ComparisonWords {
	/** What its tab says. */
	readonly title: string;
	/** What stands above each value. */
	readonly left: string;
	readonly right: string;
	/** What is so of both, that nothing drawn tells; undefined where there is nothing to tell. */
	readonly remark: string | undefined;
}

/** Words for a comparison of two values. What differs and is not drawn is told in words. */
export function wordsOfComparison(one: Compared, other: Compared, isBlankHidden = false): ComparisonWords {
	const undrawn = undrawnBetween(one.value, other.value);
	const left = withTold(one.title, undrawn.left);
	const right = withTold(other.title, undrawn.right);
	const remarks = [
		...(undrawn.only === undefined ? [] : [undrawn.only]),
		...(isBlankHidden ? ['blanks at the ends of lines are not compared'] : []),
	];
	const remark = remarks.length === 0 ? undefined : remarks.join(', ');
	const names = `${left} ↔ ${right}${isBlankHidden ? ' (diffEditor.ignoreTrimWhitespace)' : ''}`;
	// A tab may be too narrow for all of its title: what is not to be seen otherwise comes first.
	return { title: remark === undefined ? names : `${capitalized(remark)}: ${names}`, left, right, remark };
}

function capitalized(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}

function withTold(title: string, told: readonly string[]): string {
	return told.length === 0 ? visible(title) : `${visible(title)} (${told.join(', ')})`;
}
