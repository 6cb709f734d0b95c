import { icons, type IconName } from './icons';
import type { Part } from './messages';

/** A new element with attributes and children; a text is a text, whatever is in it. */
export function element(
	tag: string,
	attributes: Readonly<Record<string, string>>,
	...children: readonly (Node | string)[]
): HTMLElement {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
	made.append(...children);
	return made;
}

/** A drawn icon. It stands beside words that say the same, so screen readers pass over it. */
export function icon(name: IconName): Element {
	const { documentElement } = new DOMParser().parseFromString(icons[name], 'image/svg+xml');
	const made = document.importNode<Element>(documentElement, true);
	made.setAttribute('class', 'icon');
	made.setAttribute('aria-hidden', 'true');
	return made;
}

/** A few words with an icon before them, in one line. */
export function withIcon(name: IconName, words: string): HTMLElement {
	return element('span', { class: 'with-icon' }, icon(name), words);
}

/** A button; `key` is the same whenever it does the same. */
export function button(
	text: string,
	{
		isPrimary,
		title,
		label,
		key,
		iconName,
	}: {
		isPrimary: boolean;
		title?: string | undefined;
		label?: string | undefined;
		key: string;
		iconName: IconName | undefined;
	},
	press: () => void,
): HTMLElement {
	const made = element(
		'vscode-button',
		{
			...(!isPrimary && { secondary: '' }),
			...(title !== undefined && { title }),
			...(label !== undefined && { 'aria-label': label }),
			'data-key': key,
		},
		text,
	);
	if (iconName !== undefined) {
		const before = icon(iconName);
		before.setAttribute('slot', 'content-before');
		made.prepend(before);
	}
	made.addEventListener('click', press);
	return made;
}

/** What a part of the page shows by now; `look` makes a button of a title that has the vault asked. */
export function part<T>(
	answer: Part<T>,
	look: (title: string) => Node,
	draw: (value: T) => readonly Node[],
): readonly Node[] {
	switch (answer.state) {
		case 'unasked':
			return [element('p', {}, 'Not asked for yet. '), look('Look Now')];
		case 'loading':
			return [element('p', {}, 'Loading…')];
		case 'failed':
			return [element('p', {}, answer.sentence), look('Retry')];
		case 'shown':
			return draw(answer.value);
	}
}
