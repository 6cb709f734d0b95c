import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import { button, element } from './elements';
import { actIcons } from './icons';
import { focusFirst, focusKeyed, keptOf, keyOf } from './kept';
import type { FromObjectPage, ObjectContent, ShownValue, ToObjectPage, WayOut } from './messages';
import {
	activitySection,
	detailsSection,
	headSection,
	hiddenSection,
	useSection,
	valueSection,
	versionsSection,
	type Press,
} from './sections';

declare function acquireVsCodeApi(): { postMessage(message: FromObjectPage): void };

const usedAtMostEvery = 1_000;
const wayOutTitles: Record<WayOut, string> = { unlock: 'Unlock', connect: 'Switch Connection…', refresh: 'Refresh' };

/** The page of one object: shows what it is told to, and tells what a person presses. Keeps nothing. */
class Page {
	readonly #host = acquireVsCodeApi();
	readonly #main = document.querySelector('main') ?? document.body;
	/** What each section shows, so that one that says the same is left as it is. */
	readonly #drawn = new Map<string, string>();

	readonly #spoken = element('p', { role: 'status', class: 'spoken' });
	#lastUse = 0;
	#isAsking = false;
	/** What a person came to last. */
	#lastFocused: { readonly element: HTMLElement; readonly section: Element | null } | undefined;
	/** True while a person holds the mouse down. */
	#isPressing = false;
	/** What came to be shown meanwhile. */
	#late: ToObjectPage | undefined;

	constructor() {
		document.body.append(this.#spoken);
		for (const use of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
			addEventListener(use, () => this.#sendUse(), { capture: true, passive: true });
		}
		addEventListener('pointerdown', () => (this.#isPressing = true), { capture: true });
		// The click comes after the mouse went up.
		for (const end of ['pointerup', 'pointercancel', 'blur'])
			addEventListener(end, () => setTimeout(() => this.#release()));
		addEventListener('focusin', ({ target }) => {
			if (target instanceof HTMLElement) this.#lastFocused = { element: target, section: target.closest('section') };
		});
		addEventListener('focus', () => this.#takeFocus());
		addEventListener('message', ({ data }: MessageEvent<ToObjectPage>) => this.#handle(data));
		this.#post({ type: 'ready', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
	}

	/** A button that is drawn anew while it is pressed would lose the click; what has to go goes at once. */
	#handle(message: ToObjectPage): void {
		if (message.type === 'show' && this.#isPressing) {
			this.#late = message;
			return;
		}
		if (message.type === 'show' || message.type === 'blank') this.#late = undefined;
		const isEmpty = !this.#main.hasChildNodes();
		this.#draw(message);
		// Who came with Enter on the row was here before anything was drawn.
		if (isEmpty && document.hasFocus()) this.#takeFocus();
	}

	#release(): void {
		this.#isPressing = false;
		const late = this.#late;
		if (late) this.#handle(late);
	}

	/** Has what a person came to last take the focus that came to the page, else what comes first. */
	#takeFocus(): void {
		if (document.activeElement !== document.body) return;
		// A question that was left takes the focus with it.
		const { element, section } = this.#lastFocused ?? {};
		if (element?.isConnected) element.focus();
		else if (element && section?.isConnected) void focusKeyed(section, keyOf(element));
		else void focusFirst(this.#main);
	}

	#draw(message: ToObjectPage): void {
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
			...(wayOut ? [this.#press(wayOutTitles[wayOut], { act: wayOut }, { isPrimary: true })] : []),
		]);
	}

	#show(content: ObjectContent): void {
		if (this.#drawn.has('blank')) {
			this.#main.replaceChildren();
			this.#drawn.clear();
		}
		document.title = content.name;
		const { versions, activity, use, details, detailsFailure, hints, isRestored, ...head } = content;
		this.#section('head', { ...head, isRestored }, () => headSection(content, this.#press));
		if (!this.#drawn.has('value')) this.#section('value', '', () => hiddenSection('Hidden.', this.#press));
		this.#section('activity', activity, () => activitySection(content, this.#press));
		if (activity.isAsking !== this.#isAsking) this.#say(activity.isAsking ? 'Looking…' : activity.reach.join(' '));
		this.#isAsking = activity.isAsking;
		this.#section('versions', { versions, head: head.name }, () => versionsSection(content, this.#press));
		this.#section('use', use, () => useSection(content, this.#press));
		this.#section('details', { details, detailsFailure, hints }, () => detailsSection(content, this.#press));
	}

	#showValue(value: ShownValue): void {
		// It is never remembered as what is drawn: the value is kept in the document only.
		this.#section('value', crypto.randomUUID(), () => valueSection(value, this.#press));
		this.#say(value.kind === undefined ? 'Revealed' : `Revealed: ${value.kind}`);
	}

	#hideValue(sentence: string): void {
		this.#section('value', sentence, () => hiddenSection(sentence, this.#press));
		this.#say(sentence);
	}

	/** Draws a section anew where it says something else. What a person has opened, typed and come to in it stays. */
	#section(id: string, says: unknown, draw: () => readonly Node[]): void {
		const text = JSON.stringify(says);
		if (this.#drawn.get(id) === text) return;
		this.#drawn.set(id, text);
		const found = this.#main.querySelector(`section[data-id="${id}"]`);
		const section = found ?? element('section', { 'data-id': id });
		const keep = keptOf(section);
		section.replaceChildren(...draw());
		if (!found) this.#main.append(section);
		const heading = section.querySelector('h1, h2');
		if (heading) section.setAttribute('aria-labelledby', (heading.id = `${id}-heading`));
		keep();
	}

	/** Has a screen reader say it: what is drawn anew together with its text is not heard. */
	#say(text: string): void {
		this.#spoken.textContent = text;
	}

	/** A button that tells what was pressed. */
	readonly #press: Press = (text, act, more = {}) => {
		const { isPrimary = false, title, label, key = JSON.stringify(act) ?? text } = more;
		const iconName = more.icon ?? (typeof act === 'function' ? undefined : actIcons[act.act]);
		return button(text, { isPrimary, title, label, key, iconName }, () => {
			const pressed = typeof act === 'function' ? act() : act;
			if (pressed) this.#post({ type: 'act', ...pressed });
		});
	};

	#post(message: FromObjectPage): void {
		this.#host.postMessage(message);
	}

	#sendUse(): void {
		const now = Date.now();
		if (now - this.#lastUse < usedAtMostEvery) return;
		this.#lastUse = now;
		this.#post({ type: 'used' });
	}
}

new Page();
