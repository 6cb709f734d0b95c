import { formatKeyContext, organizationIdOf } from '../../vault/keyContext';
import type { Match } from './ranking';

/** How much of a matched value, and of all other pairs together, has room in a row, in characters. */
const [longestValue, longestRest] = [100, 200];
/** How much of a long value is shown before what matched in it. */
const lead = 20;

/** A line that says what matched of an object beside its name, and its other pairs as far as there is room. */
export function describeMatch({ object: { id, keyContext }, by }: Match): string {
	const matched = by.map((one) => {
		if (one === 'id') return `the ID ${id}`;
		if (one === 'organization') return 'the organization’s name';
		return formatKeyContext({ [one.name]: excerpt(keyContext[one.name] ?? '', one.at) });
	});
	const shown = new Set(by.map((one) => (typeof one === 'object' ? one.name : undefined)));
	const others = Object.entries(keyContext).filter(([name]) => !shown.has(name));
	const organizationId = organizationIdOf(keyContext);
	// Its name is in the row already, and what comes last may be cut off.
	const rest = [
		...others.filter(([, value]) => value !== organizationId),
		...others.filter(([, value]) => value === organizationId),
	].map(([name, value]) => formatKeyContext({ [name]: value }));
	const parts = [matched.length > 0 ? `Matches ${matched.join(' and ')}` : '', cut(rest.join(', '), 0, longestRest)];
	return parts.filter((part) => part !== '').join(' · ');
}

/** A value as far as there is room, with what stands at a place of it. */
function excerpt(value: string, at: number): string {
	return value.length <= longestValue ? value : cut(value, at < longestValue - lead ? 0 : at - lead, longestValue);
}

/** So many characters of a text, with a mark where some are left out, and none in half. */
function cut(text: string, from: number, length: number): string {
	const part = text.slice(from, from + length).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
	return `${from > 0 ? '…' : ''}${part}${from + length < text.length ? '…' : ''}`;
}
