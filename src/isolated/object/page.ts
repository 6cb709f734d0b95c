import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import { button, element, part } from './elements';
import { parseTree } from './jsonText';
import { treeOf } from './jsonTree';
import type {
	Detail,
	FromObjectPage,
	ObjectAct,
	ObjectContent,
	ShownValue,
	ToObjectPage,
	VersionLine,
	WayOut,
} from './messages';
import { withVisible } from './visibleText';

declare function acquireVsCodeApi(): { postMessage(message: FromObjectPage): void };

const usedAtMostEvery = 1_000;
/** A longer value is shown by its beginning. */
const maxLength = 100_000;
const wayOutTitles: Record<WayOut, string> = { unlock: 'Unlock', connect: 'Switch Connection…', refresh: 'Refresh' };

/** The page of one object: shows what it is told to, and tells what a person presses. Keeps nothing. */
class Page {
	readonly #host = acquireVsCodeApi();
	readonly #main = document.querySelector('main') ?? document.body;
	/** What each section shows, so that one that says the same is left as it is. */
	readonly #drawn = new Map<string, string>();

	#lastUse = 0;

	constructor() {
		for (const use of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
			addEventListener(use, () => this.#tellOfUse(), { capture: true, passive: true });
		}
		addEventListener('message', ({ data }: MessageEvent<ToObjectPage>) => this.#take(data));
		this.#post({ type: 'ready' });
	}

	#take(message: ToObjectPage): void {
		switch (message.type) {
			case 'show':
				return this.#show(message.content);
			case 'value':
				return this.#showValue(message.value);
			case 'hide':
				return this.#hideValue(message.sentence);
			case 'blank':
				return this.#blank(message);
		}
	}

	#blank(message: ToObjectPage & { type: 'blank' }): void {
		this.#main.replaceChildren();
		this.#drawn.clear();
		document.title = 'WorkOS Vault';
		const { sentence, wayOut } = message;
		this.#section('blank', message, () => [
			element('p', {}, sentence),
			...(wayOut ? [this.#button(wayOutTitles[wayOut], { act: wayOut }, { isPrimary: true })] : []),
		]);
	}

	#show(content: ObjectContent): void {
		if (this.#drawn.has('blank')) {
			this.#main.replaceChildren();
			this.#drawn.clear();
		}
		document.title = content.name;
		const { versions, use, details, detailsFailure, hints, isRestored, ...head } = content;
		this.#section('head', { ...head, isRestored }, () => this.#head(content));
		if (!this.#drawn.has('value')) this.#hideValue('Hidden.');
		this.#section('versions', { versions, head: head.name }, () => this.#versions(content));
		this.#section('use', use, () => this.#use(content));
		this.#section('details', { details, detailsFailure, hints }, () => this.#details(content));
	}

	#showValue({ text, kind, facts }: ShownValue): void {
		const tree = parseTree(text);
		const left = text.length - maxLength;
		const shown = tree
			? treeOf(tree, (field) => this.#post({ type: 'act', act: 'copyField', text: field }))
			: element('pre', { tabindex: '0' }, withVisible(text.slice(0, maxLength)));
		// What is drawn is told from what was drawn before by being drawn: the value is kept in the document only.
		this.#section('value', crypto.randomUUID(), () => [
			element('h2', {}, 'Value'),
			element('p', { role: 'status' }, kind ?? (tree ? 'JSON' : text === '' ? 'An empty text' : 'Revealed')),
			...(facts.length > 0 ? [listOf(facts)] : []),
			shown,
			...(!tree && left > 0
				? [element('p', {}, `${left.toLocaleString('en-US')} more characters: open it in an editor.`)]
				: []),
			element(
				'div',
				{ class: 'actions' },
				this.#button('Hide', { act: 'hide' }, { key: 'value' }),
				this.#button('Open in Editor', { act: 'openValue' }),
			),
		]);
	}

	#hideValue(sentence: string): void {
		this.#section('value', sentence, () => [
			element('h2', {}, 'Value'),
			element('p', { role: 'status' }, sentence),
			element(
				'div',
				{ class: 'actions' },
				this.#button('Reveal', { act: 'reveal' }, { key: 'value' }),
				this.#button('Open in Editor', { act: 'openValue' }),
			),
		]);
	}

	/** Draws a section anew where it says something else; what had the focus in it has it again. */
	#section(id: string, says: unknown, draw: () => readonly Node[]): void {
		const text = JSON.stringify(says);
		if (this.#drawn.get(id) === text) return;
		this.#drawn.set(id, text);
		const found = this.#main.querySelector(`section[data-id="${id}"]`);
		const section = found ?? element('section', { 'data-id': id });
		const focused = section.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : null;
		section.replaceChildren(...draw());
		if (!found) this.#main.append(section);
		const heading = section.querySelector('h1, h2');
		if (heading) section.setAttribute('aria-labelledby', (heading.id = `${id}-heading`));
		if (focused != null) {
			const again = [...section.querySelectorAll<HTMLElement>('[data-key]')].find(
				(candidate) => candidate.getAttribute('data-key') === focused,
			);
			(again ?? section.querySelector<HTMLElement>('[data-key]'))?.focus();
		}
	}

	#head({ name, organization, connection, isProduction, changedByOthers, chips, isRestored }: ObjectContent): Node[] {
		return [
			element('h1', {}, name),
			element(
				'p',
				{ class: 'where' },
				element('span', {}, organization),
				element('span', {}, connection),
				...(isProduction ? [element('vscode-badge', {}, 'Production')] : []),
			),
			...(changedByOthers ? [element('p', { class: 'changed' }, changedByOthers)] : []),
			element(
				'ul',
				{ class: 'chips', 'aria-label': 'Key context' },
				...chips.map(({ name, value }, index) => {
					const pair = `${name} = ${value}`;
					const label = `Show in the tree what has ${pair}`;
					const press = this.#button(inOneLine(pair), { act: 'filter', index }, { title: pair, label });
					return element('li', {}, press);
				}),
			),
			element(
				'div',
				{ class: 'actions', role: 'toolbar', 'aria-label': 'Actions' },
				this.#button('Reveal Value', { act: 'reveal' }, { isPrimary: true }),
				this.#button('Edit Value', { act: 'edit' }),
				this.#button('Copy Value', { act: 'copyValue' }),
				this.#button('Copy Name', { act: 'copyName' }),
				this.#button('Copy Link', { act: 'copyLink' }),
				this.#button('Delete…', { act: 'delete' }),
			),
			...(isRestored
				? [
						element(
							'p',
							{ class: 'restored' },
							'Restored: it shows what is known on this machine, and asked nobody. ',
							this.#button('Look Now', { act: 'look' }),
						),
					]
				: []),
		];
	}

	#versions({ versions }: ObjectContent): Node[] {
		const look = (title: string) => this.#button(title, { act: 'look' }, { key: 'look-versions' });
		return [
			element('h2', {}, 'Versions'),
			...part(versions, look, ({ lines, left }) => [
				element(
					'table',
					{},
					element(
						'thead',
						{},
						element(
							'tr',
							{},
							...['Version', 'Published', 'Size', 'Actions'].map((title) => element('th', { scope: 'col' }, title)),
						),
					),
					element('tbody', {}, ...lines.map((line) => this.#version(line))),
				),
				...(left > 0 ? [element('p', {}, `${left} older ones are in the tree, under the object’s row.`)] : []),
			]),
		];
	}

	#version({ id, number, age, time, size, isCurrent, sameAs }: VersionLine): Node {
		const name = `Version ${number}`;
		const act = (title: string, what: 'revealVersion' | 'compare' | 'restore') =>
			this.#button(title, { act: what, versionId: id }, { label: `${title} ${name}` });
		const remarks = [
			...(isCurrent ? ['current'] : []),
			...(sameAs === undefined ? [] : [`same value as version ${sameAs}`]),
		];
		return element(
			'tr',
			{},
			element('th', { scope: 'row' }, [number, ...remarks].join(' · ')),
			element('td', { title: time }, age),
			element('td', {}, size),
			element(
				'td',
				{ class: 'actions' },
				...(isCurrent
					? []
					: [act('Reveal', 'revealVersion'), act('Compare with Current', 'compare'), act('Restore', 'restore')]),
			),
		);
	}

	#use({ use }: ObjectContent): Node[] {
		return [
			element('h2', {}, 'Use It'),
			element(
				'dl',
				{ class: 'use' },
				...use.flatMap(({ language, text }, index) => [
					element('dt', {}, language),
					element(
						'dd',
						{},
						element('code', { tabindex: '0' }, text),
						this.#button('Copy', { act: 'copyLine', index }, { label: `Copy for ${language}` }),
					),
				]),
			),
		];
	}

	#details({ details, detailsFailure, hints }: ObjectContent): Node[] {
		return [
			element('h2', {}, 'Details'),
			listOf(details),
			...(hints.length > 0
				? [element('ul', { class: 'hints', 'aria-label': 'Hints' }, ...hints.map((hint) => element('li', {}, hint)))]
				: []),
			...(detailsFailure
				? [
						element('p', { role: 'status' }, detailsFailure, ' '),
						this.#button('Retry', { act: 'look' }, { key: 'look-details' }),
					]
				: []),
		];
	}

	#button(
		text: string,
		act: ObjectAct,
		more: {
			readonly isPrimary?: boolean;
			readonly title?: string;
			readonly label?: string;
			readonly key?: string;
		} = {},
	): HTMLElement {
		const { isPrimary = false, title, label, key = JSON.stringify(act) } = more;
		return button(text, { isPrimary, title, label, key }, () => this.#post({ type: 'act', ...act }));
	}

	#post(message: FromObjectPage): void {
		this.#host.postMessage(message);
	}

	#tellOfUse(): void {
		const now = Date.now();
		if (now - this.#lastUse < usedAtMostEvery) return;
		this.#lastUse = now;
		this.#post({ type: 'used' });
	}
}

function listOf(details: readonly Detail[]): HTMLElement {
	return element(
		'dl',
		{},
		...details.flatMap(({ label, text }) => [element('dt', {}, label), element('dd', {}, text)]),
	);
}

/** A text that is cut in its middle where it is too long for a line: its ends tell most. */
function inOneLine(text: string): string {
	const characters = Array.from(text);
	return characters.length <= 60 ? text : [...characters.slice(0, 36), '…', ...characters.slice(-20)].join('');
}

new Page();
