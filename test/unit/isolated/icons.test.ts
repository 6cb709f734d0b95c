import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { actIcons, icons } from '../../../src/isolated/object/icons';

interface Manifest {
	readonly contributes: { readonly commands: readonly { readonly command: string; readonly icon?: string }[] };
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

suite('The icons of an object’s page', () => {
	test('are shapes and nothing else: no style, no font, no program, no address', () => {
		const elements = new Set(['svg', 'path']);
		const attributes = new Set(['xmlns', 'width', 'height', 'viewBox', 'fill', 'd', 'fill-rule', 'clip-rule']);
		for (const [name, svg] of Object.entries(icons)) {
			const tags = [...svg.matchAll(/<\/?([^\s/>]+)([^>]*?)\/?>/g)];
			assert.equal(tags.map(([tag]) => tag).join(''), svg.trim(), `${name} has more than elements`);
			for (const [, element = '', more = ''] of tags) {
				assert.ok(elements.has(element), `${name} has a ${element}`);
				const found = [...more.matchAll(/([^\s="]+)="[^"]*"/g)].map(([, attribute = '']) => attribute);
				assert.equal(more.replaceAll(/\s*[^\s="]+="[^"]*"/g, ''), '', name);
				for (const attribute of found) assert.ok(attributes.has(attribute), `${name} has a ${attribute}`);
			}
		}
	});

	test('are all drawn on the same square, in the colour of the words beside them', () => {
		for (const [name, svg] of Object.entries(icons)) {
			assert.match(svg, /^<svg [^>]*viewBox="0 0 16 16"/, name);
			assert.deepEqual(new Set(svg.match(/fill="[^"]*"/g)), new Set(['fill="currentColor"']), name);
		}
	});

	test('are those of the commands that do the same', () => {
		const same = {
			reveal: 'revealValue',
			hide: 'hideValues',
			edit: 'editValue',
			copyValue: 'copyValue',
			delete: 'deleteObject',
			refresh: 'refresh',
		} as const;
		for (const [act, command] of Object.entries(same) as [keyof typeof same, string][]) {
			const { icon } = contributes.commands.find((entry) => entry.command === `workosVault.${command}`) ?? {};
			const ours = actIcons[act]?.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
			assert.equal(`$(${ours})`, icon, act);
		}
	});
});
