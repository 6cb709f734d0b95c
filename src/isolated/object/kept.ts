/** By section: what is about to have the focus, as soon as it was drawn for the first time. */
const due = new WeakMap<Element, string | null>();

/**
 * What a person has opened, typed and come to in a section, by the keys of its elements. Returns what brings it back when
 * the section was drawn anew.
 */
export function keptOf(section: Element): () => void {
	const open = new Set([...section.querySelectorAll('details[open]')].map(keyOf));
	const typed = new Map([...section.querySelectorAll('input')].map((input) => [keyOf(input), input.value]));
	const { activeElement } = document;
	const hasFocus = activeElement && section.contains(activeElement);
	const focused = hasFocus ? keyOf(activeElement) : due.get(section);
	return () => {
		for (const found of section.querySelectorAll('details')) found.open = open.has(keyOf(found));
		for (const found of section.querySelectorAll('input')) found.value = typed.get(keyOf(found)) ?? '';
		if (focused !== undefined) void focusKeyed(section, focused);
	};
}

/** Gives the focus to what comes first in an element that a person can press; what is seen of the page stays. */
export async function focusFirst(within: Element): Promise<void> {
	const found = within.querySelector<Drawn>('[data-key]:not(details)');
	await found?.updateComplete;
	if (document.hasFocus()) found?.focus({ preventScroll: true });
}

/**
 * Gives the focus to what has the key in a section, else to what comes first in it. A button takes it only when it was
 * drawn, and a page that has it not would take it from a question or an editor.
 */
export async function focusKeyed(section: Element, key: string | null): Promise<void> {
	const keyed = [...section.querySelectorAll<Drawn>('[data-key]:not(details)')];
	const found = keyed.find((candidate) => keyOf(candidate) === key) ?? keyed[0];
	due.set(section, key);
	await found?.updateComplete;
	if (!found?.isConnected) return;
	due.delete(section);
	if (document.hasFocus()) found.focus();
}

type Drawn = HTMLElement & { readonly updateComplete?: Promise<unknown> };

/** What an element is known by when it was drawn anew. */
export function keyOf(found: Element): string | null {
	return found.getAttribute('data-key');
}
