import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * What axe-core finds in elements and in what they hold: which element breaks which rule, and which rules it looked for.
 * @param {import('playwright-core').Locator} elements of one page or of one webview
 * @param {Record<string, string>} strangers by rules, selectors of elements whose breaking it is passed over
 */
export async function findBarriers(elements, strangers) {
	const first = await elements.first().elementHandle();
	const frame = await first.ownerFrame();
	if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(await readFile(axe, 'utf8'));
	return elements.evaluateAll(async (include, strangers) => {
		const { violations, incomplete, passes } = await globalThis.axe.run(
			{ include },
			{ iframes: false, elementRef: true },
		);
		const isStranger = (rule, { element }) => strangers[rule] !== undefined && element.matches(strangers[rule]);
		const found = violations.flatMap(({ id, nodes }) =>
			nodes
				.filter((node) => !isStranger(id, node))
				.map(({ target, html, any }) => ({
					rule: id,
					selector: target.join(' '),
					html: html.slice(0, 300),
					reason: any.map(({ message }) => message).join('; '),
				})),
		);
		return { found, looked: [...violations, ...incomplete, ...passes].map(({ id }) => id) };
	}, strangers);
}
