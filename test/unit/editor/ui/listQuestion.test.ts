import assert from 'node:assert/strict';
import { listQuestion } from '../../../../src/editor/ui/listQuestion';

suite('The question of a list', () => {
	for (const version of ['1.108.0', '1.108.2-insider', '1.139.1', '2.0.0']) {
		test(`has its note below the box in VS Code ${version}`, () => {
			assert.deepEqual(listQuestion(version, 'Which?', 'A note.'), { placeHolder: 'Which?', prompt: 'A note.' });
		});
	}

	for (const version of ['1.105.0', '1.107.1', '1.99.3']) {
		test(`has its note behind it in VS Code ${version}, which knows no other place`, () => {
			assert.deepEqual(listQuestion(version, 'Which?', 'A note.'), { placeHolder: 'Which? A note.' });
		});
	}

	test('stands alone without a note', () => {
		assert.deepEqual(listQuestion('1.139.1', 'Which?', undefined), { placeHolder: 'Which?' });
		assert.deepEqual(listQuestion('1.105.0', 'Which?', undefined), { placeHolder: 'Which?' });
	});

	test('has no link in its note', () => {
		const { prompt } = listQuestion('1.139.1', 'Which?', '“[x](command:workbench.action.quickOpen)” has a “:”.');
		assert.doesNotMatch(prompt ?? '', /\]\(/);
	});
});
