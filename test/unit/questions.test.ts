import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

// VS Code takes the placeholder of a box for its name: a screen reader says it whenever the box is entered.
suite('The questions', () => {
	const sources = readdirSync('src/commands', { recursive: true, encoding: 'utf8' }).filter((name) =>
		/\.ts$/.test(name),
	);
	const placeholders = sources.flatMap((name) =>
		[...readFileSync(`src/commands/${name}`, 'utf8').matchAll(/placeholder: (['`])(.+)\1,/g)].map(
			([, , text = '']) => text,
		),
	);

	test('name their fields, and none by an example', () => {
		assert.ok(placeholders.length > 8);
		for (const text of placeholders) assert.match(text, /^(The|A|Type) [a-z]+ ?/, text);
	});
});
