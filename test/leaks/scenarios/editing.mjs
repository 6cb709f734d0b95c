import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { collide, publish, typeInto } from './steps.mjs';

const conflict = 'Somebody published';

/** Drafts in the text editor, and what can come between them and the vault. @type {import('../scenarios.mjs').Scenario[]} */
export const editing = [
	{
		title: 'type for ten seconds without a pause, publish',
		objects: ['edit'],
		async act(run) {
			const { person } = run;
			const before = await run.vault.read('edit');
			await person.edit('edit');
			const word = `-${run.canaries.make('typing')}`;
			let typed = '';
			for (const end = Date.now() + 10_000; Date.now() < end; await delay(20)) {
				const letter = word[typed.length % word.length];
				typed += letter;
				await person.type(letter);
			}
			await publish(run, 'edit');
			assert.equal(await run.vault.read('edit'), before + typed);
			await person.closeEditors();
		},
	},
	{
		title: 'a conflict, compared and then overwritten',
		objects: ['overwrite'],
		async act(run) {
			const { person } = run;
			const mine = await collide(run, 'overwrite');
			await person.pressButton(conflict, 'Compare');
			await person.see('.monaco-diff-editor .view-line');
			await person.pressButton(conflict, 'Overwrite Theirs');
			await person.acknowledge('Published a new version');
			assert.equal(await run.vault.read('overwrite'), mine);
			await person.closeEditors();
		},
	},
	{
		title: 'a conflict in which theirs are taken, and undone',
		objects: ['take theirs'],
		async act(run) {
			const { person, canaries } = run;
			await collide(run, 'take theirs');
			await person.pressButton(conflict, 'Take Theirs');
			await person.acknowledge('holds their version');
			await person.seeText(canaries.all['take theirs, theirs']);
			await person.goIntoDraft('take theirs');
			await person.press('Control+Z');
			await person.seeText(canaries.all['take theirs, mine']);
			await publish(run, 'take theirs');
			await person.closeEditors();
		},
	},
	{
		title: 'a publish that is refused with 503',
		objects: ['unavailable'],
		async act(run) {
			const mine = await typeInto(run, 'unavailable', 'unavailable, mine');
			await run.vault.fail('PUT /vault/v1/kv/{id}', { status: 503, times: 2 });
			await publish(run, 'unavailable');
			assert.equal(await run.vault.read('unavailable'), mine);
			await run.person.closeEditors();
		},
	},
	{
		title: 'a publish whose answer comes as 504, late',
		objects: ['timeout'],
		async act(run) {
			const mine = await typeInto(run, 'timeout', 'timeout, mine');
			await run.vault.fail('PUT /vault/v1/kv/{id}', { status: 504, delay_ms: 3000 });
			await publish(run, 'timeout');
			assert.equal(await run.vault.read('timeout'), mine);
			await run.person.closeEditors();
		},
	},
	{
		title: 'a publish whose connection is cut after it took effect',
		objects: ['cut'],
		async act(run) {
			const mine = await typeInto(run, 'cut', 'cut, mine');
			await run.vault.fail('PUT /vault/v1/kv/{id}', { cut: 'after' });
			await publish(run, 'cut');
			assert.equal(await run.vault.read('cut'), mine);
			await run.person.closeEditors();
		},
	},
	{
		title: 'a publish that is refused with 400, and asked for again',
		objects: ['refused'],
		async act(run) {
			const { person } = run;
			await typeInto(run, 'refused', 'refused, mine');
			await run.vault.fail('PUT /vault/v1/kv/{id}', { status: 400, times: 1 });
			await person.press('Control+S');
			await person.see('.notifications-toasts .notification-list-item');
			await person.clearNotices();
			await publish(run, 'refused');
			await person.closeEditors();
		},
	},
];
